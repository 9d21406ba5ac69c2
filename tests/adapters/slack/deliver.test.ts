import { expect } from 'chai';
import { openSlack } from './support.js';

describe('answers to Slack', () => {
  let t: Awaited<ReturnType<typeof openSlack>>;
  beforeEach(async () => {
    t = await openSlack();
  });
  afterEach(() => t.close());

  it('carry our id, ask for no mention, and go into the thread', async () => {
    const end = await t.deliver({ text: 'Hi **you** & @here', threadKey: 'C0HELP:1763800001.000100' });
    const [entry] = t.slack.accepted;
    expect(end).to.deep.equal({ result: 'sent', externalIds: [`C0HELP:${entry?.ts}`] });
    expect(entry).to.deep.include({ channel: 'C0HELP', threadTs: '1763800001.000100', text: 'Hi *you* &amp; @here', id: 'msg1', part: 1 });
    expect(t.slack.calls.at(-1)?.args).to.include({ link_names: 'false' });
  });

  it('a direct message has no thread, and none is sent', async () => {
    await t.deliver({ text: 'Hi' });
    expect(t.slack.calls.at(-1)?.args).to.not.have.property('thread_ts');
  });

  it('a long one goes on behind the parts that were accepted', async () => {
    const text = 'Satz um Satz. '.repeat(700);
    t.slack.failNext({ error: 'invalid_blocks' });
    expect(await t.deliver({ text })).to.include({ result: 'rejected', because: 'invalid' });
    const end = await t.deliver({ text, sentParts: ['D0INES:1763800001.000100'] });
    expect(t.slack.accepted.map((entry) => entry.part)).to.deep.equal([2, 3]);
    expect(end).to.deep.equal({ result: 'sent', externalIds: ['D0INES:1763800001.000100', ...t.sent] });
  });

  it('files go out as one post behind the text, and their echo is known', async () => {
    const attachments = ['a', 'b'].map((id) => ({ id, name: `${id}.pdf`, mime: 'application/pdf', size: 5, kind: 'file' as const }));
    t.files.set('a', Buffer.from('first')).set('b', Buffer.from('the second'));
    const end = await t.deliver({ text: 'See these', attachments, threadKey: 'C0HELP:1763800001.000100' });
    expect(t.slack.accepted.at(-1)).to.deep.include({ threadTs: '1763800001.000100', files: [{ id: 'F0FILE1', name: 'a.pdf', bytes: 5 }, { id: 'F0FILE2', name: 'b.pdf', bytes: 10 }] });
    expect(end).to.deep.include({ externalIds: [...t.sent] });
    expect(t.sent.at(-1)).to.equal('file:F0FILE1');
  });

  it('files whose sharing nobody confirmed are looked for', async () => {
    const attachments = [{ id: 'a', name: 'a.pdf', mime: 'application/pdf', size: 5, kind: 'file' as const }];
    t.slack.failNext('lost');
    expect(await t.deliver({ text: '', attachments })).to.deep.equal({ result: 'sent', externalIds: ['file:F0FILE1'] });
    t.slack.failNext('reset');
    expect(await t.deliver({ text: '', attachments })).to.include({ result: 'unknown' });
    expect(t.slack.accepted.length).to.equal(1);
  });

  it('what was accepted without an answer is found by its id, and not sent again', async () => {
    t.slack.failNext('lost');
    expect(await t.deliver({ text: 'Once' })).to.include({ result: 'sent' });
    expect(t.slack.accepted.length).to.equal(1);
  });

  it('what was not accepted goes out later, after another look', async () => {
    t.slack.failNext('reset');
    const end = await t.deliver({ text: 'Once' });
    expect(end).to.include({ result: 'retry' });
    expect(end).to.have.property('afterMs').that.is.greaterThan(1_000);
    expect(await t.deliver({ text: 'Once', attempt: 2 })).to.include({ result: 'sent' });
    expect(t.slack.accepted.length).to.equal(1);
    expect(t.slack.calls.filter((call) => call.method === 'conversations.history').length).to.equal(2);
  });

  it('another process looks first, because it cannot know how the last attempt ended', async () => {
    await t.deliver({ text: 'Once' });
    expect(await t.deliver({ text: 'Once', attempt: 2 })).to.include({ result: 'sent' });
    expect(t.slack.accepted.length).to.equal(1);
  });

  it('when the channel cannot be read, nobody guesses', async () => {
    t.slack.failNext('lost');
    const history = t.slack.posts;
    t.slack.state.hooks.before = () => {
      t.slack.state.token = 'xoxb-another';
      return Promise.resolve();
    };
    expect(await t.deliver({ text: 'Once' })).to.include({ result: 'unknown' });
    expect(history.size).to.equal(1);
  });

  it('an attempt that hangs ends within the worker’s time', async function () {
    this.timeout(20_000);
    t.slack.failNext('hang lost');
    const from = performance.now();
    expect(await t.deliver({ text: 'Once' })).to.include({ result: 'sent' });
    expect(performance.now() - from).to.be.lessThan(15_000);
  });

  it('errors are told as what they are', async () => {
    const ends: [Parameters<typeof t.slack.failNext>[0], object][] = [
      [{ status: 429, retryAfter: 7 }, { result: 'retry', afterMs: 7_000 }],
      [{ status: 429 }, { result: 'retry', afterMs: 5_000 }],
      [{ error: 'not_in_channel' }, { result: 'rejected', because: 'blocked' }],
      [{ error: 'is_archived' }, { result: 'rejected', because: 'blocked' }],
      [{ error: 'account_inactive' }, { result: 'rejected', because: 'auth', channelBroken: true }],
      [{ error: 'a_new_code_of_slack' }, { result: 'rejected', because: 'invalid' }],
      [{ error: 'fatal_error' }, { result: 'retry' }],
    ];
    for (const [weather, end] of ends) {
      t.slack.failNext(weather);
      expect(await t.deliver({ text: 'x', messageId: JSON.stringify(weather) }), JSON.stringify(weather)).to.include(end);
    }
    expect(t.slack.accepted.length).to.equal(0);
  });

  it('a far end that is not there was not written to', async () => {
    await t.slack.stop();
    expect(await t.deliver({ text: 'x' })).to.include({ result: 'retry' });
  });

  it('edits, deletes and reactions may be done twice', async () => {
    if (!('act' in t.adapter)) throw new Error('no actions');
    const end = await t.deliver({ text: 'Helo' });
    const target = 'externalIds' in end ? end.externalIds?.[0] ?? '' : '';
    const context = { threadKey: 'D0INES', to: { identityId: 'x', externalUserId: 'U0INES' } };
    for (let twice = 0; twice < 2; twice += 1) {
      expect(await t.adapter.act({ type: 'edit', target, text: 'Hello **you**' }, context, t.account)).to.deep.equal({ result: 'sent' });
      expect(await t.adapter.act({ type: 'react', target, emoji: '👍', on: true }, context, t.account)).to.deep.equal({ result: 'sent' });
    }
    expect(t.slack.posts.get(target)).to.deep.include({ text: 'Hello *you*', ours: ['+1'] });
    for (let twice = 0; twice < 2; twice += 1) {
      expect(await t.adapter.act({ type: 'react', target, emoji: '👍', on: false }, context, t.account)).to.deep.equal({ result: 'sent' });
    }
    for (let twice = 0; twice < 2; twice += 1) expect(await t.adapter.act({ type: 'delete', target }, context, t.account)).to.deep.equal({ result: 'sent' });
    expect(await t.adapter.act({ type: 'edit', target, text: 'x' }, context, t.account)).to.include({ because: 'not_found' });
    expect(await t.adapter.act({ type: 'react', target, emoji: '🫨', on: true }, context, t.account)).to.include({ because: 'invalid' });
  });

  it('a conversation is mirrored to a team’s thread, and nowhere else', async () => {
    const opened = await t.adapter.mirror({ type: 'opening', id: 'conv1', conversationId: 'conv1', customerName: 'Ines <Kern>', channelName: 'E-mail', subject: 'Frame', link: 'https://inbox.velowerk.example/c/1' }, { place: 'C0TEAM' }, t.account);
    const thread = 'externalIds' in opened ? opened.externalIds?.[0] ?? '' : '';
    expect(t.slack.accepted[0]?.text).to.contain('*Ines &lt;Kern&gt;* · E-mail · Frame').and.contain('<https://inbox.velowerk.example/c/1|Open>');
    t.slack.failNext('lost');
    const said = { type: 'message' as const, id: 'm2', conversationId: 'conv1', kind: 'in' as const, authorName: 'Ines Kern', text: 'Where is <!channel> **it**?', files: ['a.pdf'] };
    expect(await t.adapter.mirror(said, { place: 'C0TEAM', thread }, t.account)).to.include({ result: 'sent' });
    expect(t.slack.accepted[1]).to.deep.include({ threadTs: thread, text: '💬 *Ines Kern*\nWhere is &lt;!channel&gt; *it*?\n📎 a.pdf' });
    expect(t.slack.accepted.length).to.equal(2);
    expect(await t.adapter.mirror(said, { place: 'C0HELP' }, t.account)).to.include({ result: 'rejected' });
  });

  it('a colleague is told by name, with the address that Slack vouches for', async () => {
    t.slack.users.set('U0COLLEAGUE', { name: 'Jana Winter', email: 'Jana@velowerk.example' });
    expect(await t.adapter.colleague('U0COLLEAGUE', t.account)).to.deep.equal({ name: 'Jana Winter', email: 'jana@velowerk.example' });
    expect(await t.adapter.colleague('U0NOBODY', t.account)).to.equal(undefined);
  });

  it('the test of the connection names each step', async () => {
    t.slack.channels.set('C0HELP', { name: 'help', kind: 'channel', member: true });
    const report = await t.adapter.test(t.account.settings);
    expect(report.steps.map((step) => [step.name, step.ok])).to.deep.equal([['Bot token', true], ['Scopes', true], ['Channels', true], ['Team channel C0TEAM', false], ['Events', true]]);
    t.slack.state.token = 'another';
    const refused = await t.adapter.test(t.account.settings);
    expect(refused.ok).to.equal(false);
    expect(refused.steps[0]?.detail).to.contain('invalid_auth');
  });
});
