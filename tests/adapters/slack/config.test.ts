import { expect } from 'chai';
import { fields, settings } from '../../../src/adapters/slack/config.js';
import { sign, isSigned } from '../../../src/adapters/slack/verify.js';

const botToken = 'xoxb-100200300-fakeTokenOfVelowerk';

describe('settings of a Slack channel', () => {
  it('need what the way of getting events needs, and have Slack’s address by themselves', () => {
    expect(settings.parse({ botToken, signingSecret: 'a-long-secret', slackApiUrl: '' })).to.include({ slackApiUrl: 'https://slack.com/api/', mode: 'http' });
    expect(settings.safeParse({ botToken }).error?.issues[0]?.path).to.deep.equal(['signingSecret']);
    expect(settings.safeParse({ botToken, mode: 'socket' }).error?.issues[0]?.path).to.deep.equal(['appToken']);
    expect(settings.safeParse({ botToken: 'xapp-1', signingSecret: 'a-long-secret' }).success).to.equal(false);
    expect(settings.safeParse({ botToken, signingSecret: 'a-long-secret', slackApiUrl: 'file:///x' }).success).to.equal(false);
  });

  it('take lists as they are typed', () => {
    expect(settings.parse({ botToken, signingSecret: 'a-long-secret', colleagues: 'U0A, U0B\nU0C' }).colleagues).to.deep.equal(['U0A', 'U0B', 'U0C']);
    expect(settings.safeParse({ botToken, signingSecret: 'a-long-secret', mirrorChannels: ['#team'] }).success).to.equal(false);
  });

  it('have a field each, and secrets are marked', () => {
    const parsed = Object.keys(settings.parse({ botToken, signingSecret: 'a-long-secret' }));
    expect(parsed.every((key) => fields.some((field) => field.key === key))).to.equal(true);
    expect(fields.filter((field) => field.secret === true).map((field) => field.key)).to.deep.equal(['botToken', 'signingSecret', 'previousSigningSecret', 'appToken']);
  });
});

describe('Slack’s signature', () => {
  const body = Buffer.from('{"type":"event_callback"}');
  const now = 1_763_800_000_000;
  const headers = (secret: string, seconds = now / 1_000) => ({ 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': sign(body, secret, seconds) });

  it('is good with either secret while they change, within five minutes both ways, and over these bytes only', () => {
    expect(isSigned(body, headers('one'), ['two', 'one'], now)).to.equal(true);
    expect(isSigned(body, headers('one'), ['two'], now)).to.equal(false);
    expect(isSigned(body, headers('one', now / 1_000 - 301), ['one'], now)).to.equal(false);
    expect(isSigned(body, headers('one', now / 1_000 + 301), ['one'], now)).to.equal(false);
    expect(isSigned(Buffer.from(`${body.toString()} `), headers('one'), ['one'], now)).to.equal(false);
    expect(isSigned(body, {}, ['one'], now)).to.equal(false);
    expect(isSigned(body, { ...headers('one'), 'x-slack-signature': headers('one')['x-slack-signature'].toUpperCase() }, ['one'], now)).to.equal(false);
  });

  it('nothing is signed by an empty secret', () => {
    expect(isSigned(body, headers(''), ['', ''], now)).to.equal(false);
  });
});
