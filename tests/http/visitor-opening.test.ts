import { expect } from 'chai';
import { waitFor } from '../support/wait-for.js';
import { openVisitorWorld, TestVisitor, type VisitorWorld } from './visitor-world.js';

const dayMs = 86_400_000;
const officeWeek = [0, 1, 2, 3, 4].map((day) => ({ day, from: 540, to: 1_020 }));

/** "03:00" in that zone. */
const clockIn = (timeZone: string, at: number): string => new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

describe('A visitor who writes while nobody is there', () => {
  let world: VisitorWorld;
  /** Noon of the next Saturday in UTC. */
  let saturday: number;
  before(async () => {
    world = await openVisitorWorld({ botOn: true });
    const today = Math.floor(Date.now() / dayMs) * dayMs;
    saturday = today + ((6 - new Date(today).getUTCDay() + 7) % 7 || 7) * dayMs + dayMs / 2;
    world.advance(saturday - Date.now());
    const monday = new Date(saturday + 2 * dayMs).toISOString().slice(0, 10);
    const week = { timeZone: 'Europe/Berlin', blocks: officeWeek, exceptions: [{ date: monday, name: 'Stocktaking', blocks: [] }], teamIds: [], channelIds: [], customerTags: [] };
    const known = world.app.calendars.list().find(({ _id }) => _id === 'default')?.versions ?? [];
    for (const { since } of known) await world.app.calendars.change('default', { version: { ...week, since: since ?? null } });
  });
  after(() => world.close());

  const told = async (timeZone: string | undefined): Promise<string> => {
    const visitor = new TestVisitor(world);
    const { body } = await visitor.call('POST', 'session', { language: 'en', ...(timeZone === undefined ? {} : { timeZone }) });
    visitor.token = (body as { token: string }).token;
    await visitor.connect();
    visitor.send('My brake squeaks. Please write to ines@posteo.example');
    const text = await waitFor(() => visitor.texts().find((each) => /Tuesday|tomorrow|Monday/.test(each)), { what: 'the next opening' });
    visitor.drop();
    return text;
  };
  const opening = (): number => Date.parse(`${new Date(saturday + 3 * dayMs).toISOString().slice(0, 10)}T09:00:00Z`) - berlinAhead();
  const berlinAhead = (): number => (Number(clockIn('Europe/Berlin', saturday).slice(0, 2)) - 12) * 3_600_000;

  it('is told the next opening by their own clock, past a day that is closed', async () => {
    expect(await told('America/New_York')).to.contain(`on Tuesday at ${clockIn('America/New_York', opening())}`);
  });

  it('is told it by the house’s clock when their browser says no zone, or one that is none', async () => {
    expect(await told(undefined)).to.contain('on Tuesday at 09:00');
    expect(await told('Mars/Base')).to.contain('on Tuesday at 09:00');
  });
});
