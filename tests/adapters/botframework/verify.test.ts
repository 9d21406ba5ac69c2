import { expect } from 'chai';
import { settings as settingsSchema } from '../../../src/adapters/botframework/config.js';
import { isServiceUrl } from '../../../src/adapters/botframework/service-url.js';
import { belongs, createVerifier } from '../../../src/adapters/botframework/verify.js';
import { AppError } from '../../../src/errors.js';
import { createGuardedFetch, type GuardedFetch } from '../../../src/http/outbound/guarded-fetch.js';
import { startBotFramework } from '../../support/fakes/botframework.js';

const second = (): number => Math.floor(Date.now() / 1_000);

describe('Bot Framework: who may bring an activity', () => {
  let far: Awaited<ReturnType<typeof startBotFramework>>;
  let fetch: GuardedFetch;
  beforeEach(async () => {
    far = await startBotFramework();
    fetch = createGuardedFetch({ allow: far.allow });
  });
  afterEach(async () => {
    await fetch.close();
    await far.stop();
  });
  const given = () => settingsSchema.parse({ ...far.settings, ...far.secrets });
  const check = (token: string | undefined, now = Date.now()) => createVerifier(given(), fetch).check(token === undefined ? undefined : `Bearer ${token}`, now);

  it('a token that is signed, for us and in time is let in; its signature is looked at once', async () => {
    const verifier = createVerifier(given(), fetch);
    const token = far.server.token();
    for (let n = 0; n < 5; n += 1) expect(await verifier.check(`Bearer ${token}`, Date.now())).to.deep.equal({ serviceUrl: far.server.serviceUrl, endorsements: ['msteams', 'webchat', 'directline'] });
    expect(far.server.keysAsked).to.equal(1);
  });

  const bad: [string, () => string | undefined][] = [
    ['none', () => undefined],
    ['another issuer', () => far.server.token({ iss: 'https://login.evil.example' })],
    ['another audience', () => far.server.token({ aud: 'another-bot' })],
    ['two audiences', () => far.server.token({ aud: [far.server.appId, 'x'] })],
    ['run out more than five minutes ago', () => far.server.token({ exp: second() - 301 })],
    ['not yet, by more than five minutes', () => far.server.token({ nbf: second() + 310 })],
    ['without an end', () => far.server.token({ exp: undefined })],
    ['without a service URL', () => far.server.token({ serviceurl: undefined })],
    ['of a stranger’s key', () => far.server.token({}, { by: 'stranger' })],
    ['of an unknown key', () => far.server.token({}, { kid: 'key-9' })],
    ['no algorithm', () => far.server.token({}, { alg: 'none' })],
    ['a shared secret for a key', () => far.server.token({}, { alg: 'HS256' })],
    ['a byte changed', () => far.server.token().replace(/\.([\w-])/u, (_all, letter: string) => `.${letter === 'e' ? 'f' : 'e'}`)],
    ['no token at all', () => 'abc'],
  ];
  for (const [name, token] of bad) it(`refused: ${name}`, async () => expect(await check(token())).to.equal(undefined));

  it('clocks may differ by five minutes either way', async () => {
    expect(await check(far.server.token({ exp: second() - 280 }))).to.be.an('object');
    expect(await check(far.server.token({ nbf: second() + 280 }))).to.be.an('object');
  });

  it('a token that was good ends all the same', async () => {
    const verifier = createVerifier(given(), fetch);
    const header = `Bearer ${far.server.token()}`;
    expect(await verifier.check(header, Date.now())).to.be.an('object');
    expect(await verifier.check(header, Date.now() + 2 * 3_600_000)).to.equal(undefined);
  });

  it('new keys are found, and strangers cannot make us ask for them again and again', async () => {
    const verifier = createVerifier(given(), fetch);
    const now = Date.now();
    await verifier.check(`Bearer ${far.server.token()}`, now);
    for (let n = 0; n < 20; n += 1) await verifier.check(`Bearer ${far.server.token({ jti: n }, { kid: `stranger-${n}` })}`, now + n);
    expect(far.server.keysAsked).to.equal(1);
    far.server.kid = 'key-2';
    expect(await verifier.check(`Bearer ${far.server.token()}`, now + 61_000)).to.be.an('object');
    expect(far.server.keysAsked).to.equal(2);
  });

  it('when the keys cannot be had, what fits has to come again and what does not is refused', async () => {
    far.server.keysDown = true;
    expect(await check(far.server.token({ aud: 'another-bot' }))).to.equal(undefined);
    const error: unknown = await check(far.server.token()).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(AppError).and.to.have.property('code', 'store_unavailable');
  });

  it('the activity has to be of the token’s service URL, on a known host, and of a channel that the key speaks for', () => {
    const claims = { serviceUrl: far.server.serviceUrl, endorsements: ['msteams'] };
    const activity = { serviceUrl: far.server.serviceUrl, channelId: 'msteams' };
    expect(belongs(activity, claims, given())).to.equal(true);
    expect(belongs({ ...activity, serviceUrl: 'https://smba.trafficmanager.net/emea/' }, claims, given())).to.equal(false);
    expect(belongs({ ...activity, channelId: 'webchat' }, claims, given())).to.equal(false);
    expect(belongs({ ...activity, serviceUrl: undefined }, claims, given())).to.equal(false);
    expect(belongs({ serviceUrl: 'https://evil.example/', channelId: 'msteams' }, { ...claims, serviceUrl: 'https://evil.example/' }, given())).to.equal(false);
  });

  it('service URLs: hosts of the Bot Framework and of Teams over https, and those that were set', () => {
    const set = { serviceHosts: ['channel.velowerk.example', '127.0.0.1:8080'] };
    for (const url of ['https://smba.trafficmanager.net/emea/', 'https://webchat.botframework.com/', 'https://directline.botframework.com/', 'https://channel.velowerk.example/x', 'http://127.0.0.1:8080/']) expect(isServiceUrl(url, set), url).to.equal(true);
    for (const url of [
      'http://smba.trafficmanager.net/emea/', 'https://evil.trafficmanager.net/', 'https://botframework.com.evil.example/', 'https://evilbotframework.com/', 'https://user@smba.trafficmanager.net/',
      'https://smba.trafficmanager.net:8443/', 'http://127.0.0.1:9090/', 'https://169.254.169.254/', 'ftp://smba.trafficmanager.net/', 'file:///etc/passwd', '',
    ]) expect(isServiceUrl(url, set), url).to.equal(false);
  });
});
