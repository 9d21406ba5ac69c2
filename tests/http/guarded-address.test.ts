import { expect } from 'chai';
import type { Resolve } from '../../src/http/outbound/guarded-lookup.js';
import { createGuardedAddress } from '../../src/http/outbound/guarded-address.js';

const resolve: Resolve = (_host, _options, done) => done(null, [{ address: '10.0.0.7', family: 4 }, { address: '93.184.215.14', family: 4 }]);
const refusal = (task: Promise<unknown>): Promise<unknown> => task.then(() => undefined, (error: unknown) => (error as { code?: unknown }).code);

describe('addresses for connections that are not HTTP', () => {
  it('private ones are left out, and refused when there are no others', async () => {
    const addressOf = createGuardedAddress({ allow: [], resolve });
    expect(await addressOf('chat.velowerk.example', 5222)).to.deep.equal(['93.184.215.14']);
    for (const host of ['127.0.0.1', '10.1.2.3', '[::1]', '169.254.169.254', '::ffff:192.168.1.1']) expect(await refusal(addressOf(host, 5222)), host).to.equal('outbound_refused');
  });

  it('what the operator lists may be reached, and low ports only when they are listed', async () => {
    expect(await createGuardedAddress({ allow: ['10.0.0.0/8'], resolve })('chat.velowerk.example', 5222)).to.deep.equal(['10.0.0.7', '93.184.215.14']);
    expect(await createGuardedAddress({ allow: ['chat.velowerk.example'], resolve })('chat.velowerk.example', 5222)).to.include('10.0.0.7');
    expect(await refusal(createGuardedAddress({ allow: [], resolve })('chat.velowerk.example', 25))).to.equal('outbound_refused');
  });
});
