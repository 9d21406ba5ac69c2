import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse, type Params } from '../../../src/adapters/sms/parse.js';
import type { InboundEvent } from '../../../src/inbox/model/event.js';

function read(name: string, ours?: string): InboundEvent[] {
  const params = JSON.parse(readFileSync(new URL(`../../fixtures/sms/${name}.json`, import.meta.url), 'utf8')) as Params;
  return parse(params, { channelId: 'sms', receivedAt: 1, verifiedBy: 'signature', ...(ours === undefined ? {} : { ours }) }) ?? [];
}

describe('What a request of Twilio’s means', () => {
  it('is a message from a number, in the conversation of the two numbers', () => {
    const [event, ...more] = read('text');
    expect(more).to.deep.equal([]);
    expect(event).to.deep.include({ type: 'message', direction: 'in', externalId: 'SM00000000000000000000000000000a01', text: 'Is my bike ready?', thread: { key: '+4976155501234/+4915155500001', keyIs: 'exact' } });
    expect(event?.type === 'message' && event.sender.aliases).to.deep.equal([{ type: 'phone', value: '+4915155500001', proof: 'channel' }]);
  });

  it('brings the media of an MMS, named by their type', () => {
    const [event] = read('mms');
    expect(event?.type === 'message' && event.remoteFiles?.map((file) => [file.name, file.mime])).to.deep.equal([['media-1.jpg', 'image/jpeg'], ['media-2.vcard', 'text/x-vcard']]);
  });

  it('takes STOP for what it is: it asks nobody, and closes the conversation behind itself', () => {
    const [message, thread] = read('stop');
    expect(message).to.include({ type: 'message', silent: 'keyword STOP' });
    expect(thread).to.deep.include({ type: 'thread', threadKey: '+4976155501234/+4915155500001', change: { op: 'opt_out', reason: 'answered Stop' } });
  });

  it('believes Twilio about words of the operator’s own, in any language', () => {
    expect(read('stop-advanced')[1]).to.deep.include({ change: { op: 'opt_out', reason: 'answered ABMELDEN' } });
  });

  it('lets START open it again, and HELP be a question', () => {
    expect(read('start')[1]).to.deep.include({ change: { op: 'opt_in', reason: 'answered START' } });
    const help = read('help');
    expect(help).to.have.length(1);
    expect(help[0]).not.to.have.property('silent');
  });

  it('takes no sentence for a keyword, and not a plain YES', () => {
    const facts = { channelId: 'sms', receivedAt: 1, verifiedBy: 'signature' as const };
    for (const Body of ['stop please', 'Yes', 'Please cancel', 'END of story']) {
      expect(parse({ MessageSid: 'SM1', SmsStatus: 'received', From: '+491', To: '+492', Body }, facts), Body).to.have.length(1);
    }
  });

  it('says what became of a message, by its sid and by our own id', () => {
    expect(read('status-delivered', 'out-1')[0]).to.deep.include({ type: 'delivery', state: 'delivered', targets: ['SM00000000000000000000000000000b01', 'out-1'] });
    expect(read('status-failed')[0]).to.deep.include({ state: 'failed', reason: 'Twilio 30003: the phone is switched off or out of reach' });
  });

  it('gives every state of a message an event of its own', () => {
    expect(new Set(['status-sent', 'status-delivered', 'status-failed'].map((name) => read(name)[0]?.eventId)).size).to.equal(3);
  });

  it('hears of a STOP also when only the sending tells of it', () => {
    expect(read('status-opted-out')[1]).to.deep.include({ type: 'thread', threadKey: '+4976155501234/+4915155500001', change: { op: 'opt_out', reason: 'this person has answered STOP' } });
  });
});
