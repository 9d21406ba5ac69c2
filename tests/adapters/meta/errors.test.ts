import { expect } from 'chai';
import { outcomeOfRefusal } from '../../../src/adapters/meta/errors.js';

const now = Date.UTC(2026, 10, 3);
const refusal = (status: number, error?: object, headers: Record<string, string> = {}) => outcomeOfRefusal({ status, headers, body: error === undefined ? undefined : { error } }, now);

describe('what a refusal of Meta’s means for a message', () => {
  it('tells permanent ends apart by code, and by subcode where the code alone says too little', () => {
    expect(refusal(400, { code: 10, error_subcode: 2018278, message: 'outside of allowed window' })).to.include({ result: 'rejected', because: 'window_closed' });
    expect(refusal(403, { code: 10, error_subcode: 2534022, message: 'outside of allowed window' })).to.include({ because: 'window_closed' });
    expect(refusal(400, { code: 131047, message: 'Re-engagement message' })).to.include({ because: 'window_closed' });
    expect(refusal(400, { code: 551, message: 'This person isn’t available' })).to.include({ because: 'blocked' });
    expect(refusal(400, { code: 131050, message: 'stopped marketing messages' })).to.include({ because: 'opted_out' });
    expect(refusal(400, { code: 100, error_subcode: 2018001, message: 'No matching user found' })).to.include({ because: 'not_found' });
    expect(refusal(400, { code: 100, message: 'Length of param message[text] must be less than or equal to 2000' })).to.include({ because: 'too_long' });
    expect(refusal(400, { code: 132012, message: 'Parameter format mismatch' })).to.include({ because: 'invalid' });
  });

  it('stops the channel for a dead token, and not for what the app may not do', () => {
    expect(refusal(401, { code: 190, message: 'Session has expired' })).to.include({ because: 'auth', channelBroken: true });
    expect(refusal(403, { code: 131031, message: 'Account has been locked' })).not.to.have.property('channelBroken');
    expect(refusal(403, { code: 230, message: 'Requires pages_messaging' })).to.include({ because: 'auth' }).and.not.to.have.property('channelBroken');
  });

  it('says that another app has the thread without blaming the customer', () => {
    expect(refusal(400, { code: 10, error_subcode: 2018300, message: 'another app is controlling this thread now' })).to.have.property('result', 'rejected');
    expect(refusal(400, { code: 10, error_subcode: 2018300, message: 'another app is controlling this thread now' })).not.to.have.property('because');
  });

  it('comes back when Meta says so: by Retry-After, by the usage header in minutes, or after a time of its own', () => {
    expect(refusal(429, { code: 4, message: 'limit' }, { 'retry-after': '7' })).to.include({ result: 'retry', afterMs: 7_000 });
    const usage = JSON.stringify({ 102: [{ type: 'messenger', call_count: 100, estimated_time_to_regain_access: 3 }, { type: 'pages', estimated_time_to_regain_access: 0 }] });
    expect(refusal(400, { code: 80006, message: 'limit' }, { 'x-business-use-case-usage': usage })).to.include({ result: 'retry', afterMs: 180_000, scope: 'account' });
    expect(refusal(400, { code: 131056, message: 'pair rate limit' })).to.include({ result: 'retry', afterMs: 6_000 }).and.not.to.have.property('scope');
    expect(refusal(500, { code: 2, message: 'temporarily unavailable' })).to.have.property('result', 'retry');
    expect(refusal(400, { code: 987, message: 'odd', is_transient: true })).to.have.property('result', 'retry');
  });

  it('does not guess: a fault without Meta’s own words, or one known to come after the sending, is unknown', () => {
    expect(refusal(502)).to.have.property('result', 'unknown');
    expect(refusal(500, { code: 1, error_subcode: 1357046, message: 'Received invalid JSON reply' })).to.have.property('result', 'unknown');
    expect(refusal(404)).to.have.property('result', 'rejected');
  });
});
