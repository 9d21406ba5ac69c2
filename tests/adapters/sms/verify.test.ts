import { expect } from 'chai';
import { isSigned, signatureOf } from '../../../src/adapters/sms/verify.js';
import { twilioSignature } from '../../support/fakes/twilio.js';

const token = '5f0c1e7a9b8d4c3f2e1d0c9b8a7f6e5d';
const fields = { Body: 'Grüße 🚲 & more', From: '+4915155500001', To: '+4976155501234', MessageSid: 'SM1' };
const form = Object.entries(fields);

describe('Twilio’s signature', () => {
  it('is the one of Twilio’s own example', () => {
    const example = { CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212' };
    expect(signatureOf('https://mycompany.com/myapp.php?foo=1&bar=2', Object.entries(example), '12345')).to.equal('RSOYDt4T1cUTdK1PDd93/VVr8B8=');
  });

  it('is checked against the public address, with its port or without', () => {
    const address = 'https://inbox.velowerk.example/hooks/sms';
    for (const signed of [address, 'https://inbox.velowerk.example:443/hooks/sms']) {
      expect(isSigned({ header: twilioSignature(signed, fields, token), form, query: {} }, address, [token]), signed).to.equal(true);
    }
    const odd = 'https://inbox.velowerk.example:8443/hooks/sms';
    for (const signed of [odd, address]) expect(isSigned({ header: twilioSignature(signed, fields, token), form, query: {} }, odd, [token]), signed).to.equal(true);
  });

  it('covers the question part, and is never over another host', () => {
    const header = twilioSignature('https://inbox.velowerk.example/hooks/sms?m=out-agent1-c%2F1', fields, token);
    expect(isSigned({ header, form, query: { m: 'out-agent1-c/1' } }, 'https://inbox.velowerk.example/hooks/sms', [token])).to.equal(true);
    expect(isSigned({ header, form, query: { m: 'out-agent1-c/2' } }, 'https://inbox.velowerk.example/hooks/sms', [token])).to.equal(false);
    expect(isSigned({ header, form, query: { m: 'out-agent1-c/1' } }, 'https://internal:8080/hooks/sms', [token])).to.equal(false);
  });

  it('may be made with the previous token while one changes over', () => {
    const address = 'https://inbox.velowerk.example/hooks/sms';
    const header = twilioSignature(address, fields, 'the-previous-one');
    expect(isSigned({ header, form, query: {} }, address, [token])).to.equal(false);
    expect(isSigned({ header, form, query: {} }, address, [token, 'the-previous-one'])).to.equal(true);
  });

  it('does not fit when a field is changed, added, left out or doubled', () => {
    const address = 'https://inbox.velowerk.example/hooks/sms';
    const header = twilioSignature(address, fields, token);
    const others = [form.map(([key, value]) => [key, `${value}.`] as const), [...form, ['X', '1'] as const], form.slice(1), [...form, ['Body', 'other'] as const]];
    for (const other of others) expect(isSigned({ header, form: other, query: {} }, address, [token])).to.equal(false);
  });
});
