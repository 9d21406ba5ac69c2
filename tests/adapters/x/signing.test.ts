import { expect } from 'chai';
import { signature } from '../../../src/adapters/x/oauth.js';
import { settings } from '../../../src/adapters/x/config.js';
import { answerChallenge } from '../../../src/adapters/x/verify.js';

describe('signing for X', () => {
  it('agrees with the example of RFC 5849, section 1.2', () => {
    const parameters: [string, string][] = [
      ['oauth_consumer_key', 'dpf43f3p2l4k3l03'], ['oauth_token', 'nnch734d00sl2jdk'], ['oauth_signature_method', 'HMAC-SHA1'], ['oauth_timestamp', '137131202'], ['oauth_nonce', 'chapoH'],
    ];
    const signed = signature({ method: 'GET', url: 'http://photos.example.net/photos?file=vacation.jpg&size=original', parameters }, { apiSecret: 'kd94hf93k423kf44', accessTokenSecret: 'pfkkdhi9sl3r4s00' });
    expect(signed).to.equal('MdpQcU8iPSUjWoN/UDMsK2sui9I=');
  });

  it('answers challenges that look like X’s, and signs nothing that could be an event', () => {
    expect(answerChallenge('MGM3MjdlNjYtY2hhbGxlbmdl', 'secret')).to.match(/^\{"response_token":"sha256=[A-Za-z0-9+/]{43}="\}$/);
    for (const token of [undefined, '', 'short', '{"data":{"event_type":"post.create"}}', 'a b c d e f g h', 'x'.repeat(300), 'MGM3MjdlNjY=\n', 'ä'.repeat(20)]) expect(answerChallenge(token, 'secret'), String(token)).to.equal(undefined);
  });

  it('finds the account in the access token, and asks for it where it is not there', () => {
    const secrets = { apiKey: 'k', apiSecret: 's', accessTokenSecret: 't' };
    expect(settings.parse({ ...secrets, accessToken: '15-abc' })).to.include({ accountId: '15', baseUrl: 'https://api.x.com', directMessages: false });
    expect(settings.parse({ ...secrets, accessToken: '15-abc', accountId: '16' }).accountId).to.equal('16');
    expect(settings.safeParse({ ...secrets, accessToken: 'abc' }).success).to.equal(false);
  });
});
