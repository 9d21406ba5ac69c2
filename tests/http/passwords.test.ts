import { expect } from 'chai';
import fc from 'fast-check';
import { hashSync } from '@node-rs/argon2';
import { AppError } from '../../src/errors.js';
import { createPasswordHashing } from '../../src/http/auth/password-hashing.js';
import { assertGoodPassword } from '../../src/http/auth/password-rules.js';
import { goodPassword, openHttpWorld } from '../support/http-world.js';

const ines = { name: 'Ines Sommer', email: 'ines.sommer@velowerk.example' };

function ruleFor(password: string): unknown {
  try {
    assertGoodPassword(password, ines);
    return 'fine';
  } catch (error) {
    return error instanceof AppError ? error.facts['rule'] : error;
  }
}

describe('A password', () => {
  it('has at least twelve characters as people count them, and may be long', () => {
    expect(ruleFor('k7#mQ2!xZp9')).to.equal('too_short');
    expect(ruleFor('k7#mQ2!xZp9v')).to.equal('fine');
    expect(ruleFor('🚲🌲🧱🎷🪁🫖🧭🪐🎲🦔🧵')).to.equal('too_short');
    expect(ruleFor('🚲🌲🧱🎷🪁🫖🧭🪐🎲🦔🧵🪗')).to.equal('fine');
    expect(ruleFor('granite violin harbour '.repeat(11) + 'x')).to.equal('fine');
    expect(ruleFor('ab'.repeat(200) + 'granite-violin')).to.equal('too_long');
  });

  it('is none of those that everybody chooses, whatever figures and signs stand around them', () => {
    const common = [
      'password1234', 'Password2026!', 'P@ssw0rd!!!!', 'passwortpasswort', '123456789012', '098765432109', 'qwertzuiop123', 'qwertyuiop12', '1q2w3e4r5t6z', 'aaaaaaaaaaaa', 'abababababab', 'Willkommen2026', 'Herbst2026!!', 'letmeinletmein',
      'iloveyou1234', 'admin1234567', 'correcthorsebatterystaple', 'abcdefghijkl', 'bienvenue2026', 'contraseña123', 'rapport12345', 'abcabcabcabc', 'geheimgeheim', 'asdfghjklasdf', 'Liverpool2026', 'michael123456', '1qaz2wsx3edc', 'zxcvbnm12345',
    ];
    expect(common.filter((password) => ruleFor(password) !== 'common')).to.deep.equal([]);
  });

  it('is not made from one’s own name or address', () => {
    for (const password of ['InesSommer12', 'ines.sommer@velowerk', 'sommer-ines-2026', 'velowerkvelowerk', 'SommerSommer1!']) expect(ruleFor(password), password).to.be.oneOf(['personal', 'common']);
    expect(ruleFor('sommerregen-lokomotive-blau')).to.equal('fine');
  });

  it('may be any phrase or random string', () => {
    for (const password of [goodPassword, 'vier dicke alte Kröten tanzen', 'tq8Z-mmLx-04Pd-vvRe', 'el barco azul duerme', 'ключ под серым камнем']) expect(ruleFor(password), password).to.equal('fine');
    fc.assert(fc.property(fc.array(fc.constantFrom(...'bcdfghkmnpqrtvwxz2679-'), { minLength: 16, maxLength: 30 }), (characters) => {
      const password = characters.join('');
      return new Set(password).size < 8 || ruleFor(password) === 'fine';
    }));
  });

  it('is checked in a time that does not grow with bad luck', () => {
    const start = performance.now();
    for (const password of ['a1'.repeat(128), 'qwertzuiop'.repeat(25), 'password'.repeat(32), '0123456789'.repeat(25)]) ruleFor(password);
    expect(performance.now() - start).to.be.lessThan(200);
  });

  it('is kept as Argon2id of at least 19 MiB and two passes', async () => {
    const hashing = createPasswordHashing();
    const stored = await hashing.hash(goodPassword);
    expect(stored).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hashing.matches(stored, goodPassword)).to.equal(true);
    expect(await hashing.matches(stored, `${goodPassword}.`)).to.equal(false);
    expect(await hashing.matches(undefined, goodPassword)).to.equal(false);
    expect(await hashing.matches(undefined, 'nobody has this password')).to.equal(false);
  });

  it('is not cut at 72 bytes', async () => {
    const hashing = createPasswordHashing();
    const long = 'k7'.repeat(40);
    expect(await hashing.matches(await hashing.hash(`${long}a`), `${long}b`)).to.equal(false);
  });

  it('is hashed anew at sign-in when it was kept with weaker settings', async () => {
    const world = await openHttpWorld();
    const agent = await world.addAgent();
    await world.deps.people.changeAgent(agent._id, { passwordHash: hashSync(goodPassword, { memoryCost: 8192, timeCost: 1 }) });
    await world.signIn(agent);
    expect((await world.deps.people.findAgent(agent._id))?.passwordHash).to.contain('m=19456,t=2');
    await world.signIn(agent);
    await world.close();
  });

  it('is hashed at most two at a time, with a queue that has an end', async () => {
    const hashing = createPasswordHashing();
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => hashing.hash(goodPassword)));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).to.have.length(18);
    expect(refused.every((outcome) => outcome.status === 'rejected' && (outcome.reason as AppError).code === 'too_many')).to.equal(true);
    expect(await hashing.hash(goodPassword)).to.be.a('string');
  });
});
