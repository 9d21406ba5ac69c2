import { expect } from 'chai';
import { fetchMedia, isMediaUrl } from '../../../src/adapters/meta/files.js';

describe('media at Meta', () => {
  const baseUrl = 'https://graph.facebook.com';

  it('is asked for on Meta’s own hosts only, and over TLS', () => {
    for (const url of ['https://scontent.xx.fbcdn.net/a.jpg', 'https://lookaside.fbsbx.com/x?asset_id=1', 'https://scontent.cdninstagram.com/v/1.mp4', 'https://graph.facebook.com/v24.0/1']) expect(isMediaUrl(url, baseUrl), url).to.equal(true);
    for (const url of ['http://graph.facebook.com/v24.0/1', 'http://scontent.xx.fbcdn.net/a.jpg', 'https://fbcdn.net.evil.example/a', 'https://evilfbcdn.net/a', 'http://169.254.169.254/latest', 'file:///etc/passwd', 'no address', '']) expect(isMediaUrl(url, baseUrl), url).to.equal(false);
  });

  it('an address elsewhere is given up without a request', async () => {
    const asked: string[] = [];
    const found = await fetchMedia((url) => {
      asked.push(url);
      return Promise.reject(new Error('asked'));
    }, 'https://media.example/x', { baseUrl, maxBytes: 10, token: 'secret' });
    expect(found).to.have.property('gone');
    expect(asked).to.deep.equal([]);
  });

  it('an address that has ended is gone, a fault is for later', async () => {
    const answering = (status: number) => () => Promise.resolve({ status, headers: {}, body: Buffer.alloc(0) });
    expect(await fetchMedia(answering(403), 'https://a.fbcdn.net/x', { baseUrl, maxBytes: 10 })).to.have.property('gone');
    const late = await fetchMedia(answering(503), 'https://a.fbcdn.net/x', { baseUrl, maxBytes: 10 }).catch((error: unknown) => error);
    expect(late).to.be.an.instanceOf(Error);
  });
});
