import { expect } from 'chai';
import { verdictOf, type Weather } from '../../support/fakes/slack-server.js';
import { openSlack } from './support.js';

/** The same weather in every run. */
function weatherSource(share: number): () => Weather | undefined {
  let state = 5;
  const kinds: Weather[] = [{ status: 429, retryAfter: 1 }, { status: 500 }, 'reset', 'lost', { error: 'internal_error' }];
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const roll = state / 2 ** 32;
    return roll < share ? kinds[Math.floor((roll / share) * kinds.length)] : undefined;
  };
}

describe('Slack in bad weather', () => {
  it('conversations get their answers in order, none twice, none lost', async function () {
    this.timeout(60_000);
    const weather = weatherSource(0.12);
    const t = await openSlack({ perChannelMs: 60, weather });
    const wanted = new Map(Array.from({ length: 15 }, (_, n) => [`D0DM${n}`, Array.from({ length: 4 }, (_each, part) => `${n}/${part}`)]));
    const talk = async ([channel, texts]: [string, string[]]): Promise<void> => {
      for (const text of texts) {
        for (let attempt = 1; ; attempt += 1) {
          const end = await t.deliver({ messageId: `m-${text}`, text, threadKey: channel, attempt });
          if (end.result === 'sent') break;
          expect(end.result, JSON.stringify(end)).to.equal('retry');
          await new Promise((resolve) => setTimeout(resolve, end.result === 'retry' ? end.afterMs ?? 100 : 0));
        }
      }
    };
    await Promise.all([...wanted].map(talk));
    expect(verdictOf(t.slack.accepted, wanted)).to.deep.equal({ doubles: [], lost: [], outOfOrder: [], strangers: [] });
    expect([...t.slack.refused.keys()], 'there was weather').to.include.members(['429', '500', 'reset', 'lost']);
    await t.close();
  });
});
