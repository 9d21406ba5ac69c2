import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { heldRows } from '../../../web/src/features/wall/model/held-rows.js';
import { filterWords, toggled } from '../../../web/src/features/wall/model/filter.js';
import { bigNumbers, holderWords, raised, rowWait, wallSentence } from '../../../web/src/features/wall/model/wall-words.js';
import { waitFor } from '../../support/wait-for.js';
import { hour, known, meAs, minute, onWall, waiting, wallOf } from './screen-fixtures.js';
import { focusedText, pixels, styleOf, widthOf } from './on-page.js';
import { onScreen } from './on-screen.js';
import type { ScreenWorld } from './screen-world.js';

describe('The wall, in a real browser', function () {
  this.timeout(60_000);
  let world: ScreenWorld;
  let page: Page;

  const names = () => page.getByRole('list', { name: 'Customers who wait' }).locator('[data-row-link]').allTextContents();
  const row = (name: string) => page.getByRole('list', { name: 'Customers who wait' }).locator('li', { hasText: name });
  const figure = (key: string) => page.locator(`[data-figure="${key}"] dd`).first().textContent();
  const opening = onScreen(known, { world: (made) => { world = made; }, page: (made) => { page = made; } });
  const open = (path = '/wall', options: Parameters<typeof opening>[1] = {}) => opening(path, options);
  const wallIs = (rows: Parameters<typeof wallOf>[0]) => {
    world.known.wall = wallOf(rows);
    const first = rows[0] ?? waiting('other', 'Somebody Else', minute);
    world.tell('conversation', { changeSeq: 9, conversation: first, messages: [] });
  };

  it('says who waits, against what, since when and with whom', async () => {
    await open();
    await row('Ines Bauer').waitFor();
    expect(await names()).to.deep.equal(['Ines Bauer', 'Malik Osei', 'Sofie Rasmussen', 'Dmitri Volkov']);
    expect(await row('Ines Bauer').textContent()).to.include('1 h 12 m over').and.to.include('Jonas Thiel').and.to.include('support@velowerk.example');
    expect(await row('Malik Osei').textContent()).to.include('38 m left').and.to.include('nobody’s');
    expect(await Promise.all(['customers', 'over', 'withinHour', 'unassigned'].map(figure))).to.deep.equal(['4', '1', '1', '2']);
    expect(await page.getByRole('heading', { name: 'People, 3 of 4 here' }).count()).to.equal(1);
    expect(await page.getByText('20 of 20').count()).to.equal(1);
    expect(await page.getByRole('navigation', { name: 'Main' }).first().getByRole('link', { name: 'Now' }).getAttribute('aria-current')).to.equal('page');
  });

  it('is brought up to date by a live event within a second, and by a storm of them with two fetches a second', async () => {
    await open();
    await row('Ines Bauer').waitFor();
    const before = world.reads.filter((path) => path.startsWith('/reports/wall')).length;
    const from = Date.now();
    for (let index = 0; index < 30; index += 1) wallIs([waiting('new', 'Nadia Petrov', minute)]);
    await row('Nadia Petrov').waitFor();
    expect(Date.now() - from).to.be.below(1_500);
    expect(await names()).to.deep.equal(['Nadia Petrov']);
    expect(world.reads.filter((path) => path.startsWith('/reports/wall')).length - before).to.be.within(1, 3);
  });

  it('says what a figure means, in the words of the reports', async () => {
    await open();
    await page.getByRole('button', { name: 'What is meant: Over target' }).click();
    await page.getByText('Waits answered after their deadline.').waitFor();
    expect(await page.getByRole('button', { name: /^What is meant/u }).count()).to.equal(1);
  });

  it('gives a customer to a colleague without leaving, and takes it back', async () => {
    await open();
    await row('Malik Osei').getByRole('button', { name: 'Assign Malik Osei' }).click();
    await page.getByRole('option', { name: 'Ana Neto' }).click();
    await row('Malik Osei').getByText('Ana Neto').waitFor();
    expect(world.calls.at(-1)).to.deep.equal({ method: 'POST', path: '/conversations/malik/assign', body: { assigneeId: 'ana', ifAssignedTo: null } });
    await page.getByText('Malik Osei is assigned to Ana Neto.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await row('Malik Osei').getByText('nobody’s').waitFor();
    expect(world.calls.at(-1)).to.deep.equal({ method: 'POST', path: '/conversations/malik/assign', body: { assigneeId: null, ifAssignedTo: 'ana' } });
  });

  it('offers whoever is there with the least to do first, and those who are away last', async () => {
    await open();
    await row('Malik Osei').getByRole('button', { name: 'Assign Malik Osei' }).click();
    const options = await page.getByRole('option').allTextContents();
    expect(options.map((option) => option.replace(/^[A-Z]{2}/u, '').replace(/\d.*$/u, '').trim())).to.deep.equal(['MeLena Maurer', 'Ana Neto', 'Jonas Thiel', 'Piet Bakker']);
  });

  it('can be worked with keys alone: walk, assign, raise, call in, undo', async () => {
    await open();
    await row('Ines Bauer').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await focusedText(page)).to.equal('Malik Osei');
    await page.keyboard.press('p');
    await waitFor(() => world.calls.at(-1)?.path === '/conversations/malik/priority');
    expect(world.calls.at(-1)?.body).to.deep.equal({ priority: 'high' });
    await page.getByText('Malik Osei: high priority.').waitFor();
    await page.keyboard.press('z');
    await waitFor(() => world.calls.length === 2);
    expect(world.calls.at(-1)?.body).to.deep.equal({ priority: 'normal' });
    await page.keyboard.press('c');
    await page.locator('[role=combobox]:focus').waitFor();
    await page.keyboard.type('Piet');
    await page.keyboard.press('Enter');
    await page.getByText('Piet Bakker is called in for Malik Osei.').waitFor();
    await waitFor(async () => (await page.getByRole('option').count()) === 0);
    await page.keyboard.press('a');
    await page.locator('[role=combobox]:focus').waitFor();
    await page.keyboard.type('Ana');
    await page.keyboard.press('Enter');
    await row('Malik Osei').getByText('Ana Neto').waitFor();
    await waitFor(async () => (await page.getByRole('option').count()) === 0);
    await page.keyboard.press('o');
    await page.waitForURL(/\/inbox\/waiting\/malik/u);
    await waitFor(() => world.calls.some((call) => call.path === '/conversations/malik/call-in'));
    expect(world.calls.find((call) => call.path === '/conversations/malik/call-in')?.body).to.deep.equal({ agentId: 'piet' });
  });

  it('calls in only who could open the conversation, and nobody at all when that is undone in time', async () => {
    await open();
    await row('Malik Osei').getByRole('button', { name: 'Call in a colleague for Malik Osei' }).click();
    await page.getByRole('option').first().waitFor();
    expect(await page.getByRole('option', { name: 'Jonas Thiel' }).count()).to.equal(0);
    await page.getByRole('option', { name: 'Ana Neto' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await row('Malik Osei').getByRole('button', { name: 'Call in a colleague for Malik Osei' }).click();
    await page.getByRole('option', { name: 'Piet Bakker' }).click();
    await page.getByText('Piet Bakker is called in').waitFor();
    await page.getByRole('link', { name: 'Customers' }).first().click();
    await waitFor(() => world.calls.length > 0);
    expect(world.calls.map((call) => call.body)).to.deep.equal([{ agentId: 'piet' }]);
  });

  it('says in its menus what colleagues have open now, not when the page was loaded', async () => {
    const wall = wallOf(world.known.rows);
    world.known.wall = { ...wall, people: wall.people.map((person) => (person.id === 'piet' ? { ...person, load: 17 } : person)) };
    await open();
    await row('Malik Osei').getByRole('button', { name: 'Call in a colleague for Malik Osei' }).click();
    await page.getByRole('option', { name: /Piet Bakker.*17 open/u }).waitFor();
  });

  it('leaves the focus where it was when nothing is more urgent than that', async () => {
    const [first, ...rest] = world.known.rows;
    if (first === undefined) throw new Error('no row');
    wallIs([{ ...first, priority: 'urgent' }, ...rest]);
    await open();
    const raise = page.getByRole('button', { name: 'Ines Bauer is urgent already' });
    await raise.focus();
    await page.keyboard.press('Enter');
    expect(await raise.getAttribute('aria-disabled')).to.equal('true');
    expect(await page.evaluate<string>('document.activeElement.getAttribute("aria-label") ?? ""')).to.equal('Ines Bauer is urgent already');
    expect(await page.evaluate<string>('getComputedStyle(document.activeElement).backgroundColor'), 'no more than a faint sign').to.equal('rgba(0, 0, 0, 0)');
    expect(world.calls).to.deep.equal([]);
  });

  it('is no longer than the screen, whatever is only read out', async () => {
    await open('/wall', { width: 390, height: 500 });
    await row('Ines Bauer').waitFor();
    expect(await page.evaluate<number[]>('[document.documentElement.scrollWidth, document.documentElement.scrollHeight]')).to.deep.equal([390, 500]);
  });

  it('keeps every row where it is while a menu is open, and says which waits no longer', async () => {
    await open();
    await row('Sofie Rasmussen').getByRole('button', { name: 'Assign Sofie Rasmussen' }).click();
    await page.getByRole('option').first().waitFor();
    const place = await row('Sofie Rasmussen').boundingBox();
    const fresh = waiting('new', 'Nadia Petrov', 6 * hour);
    wallIs([fresh, ...world.known.rows.slice(1)]);
    await row('Ines Bauer').getByText('waits no longer').waitFor();
    expect(await names()).to.deep.equal(['Ines Bauer', 'Malik Osei', 'Sofie Rasmussen', 'Dmitri Volkov', 'Nadia Petrov']);
    expect((await row('Sofie Rasmussen').boundingBox())?.y).to.equal(place?.y);
    await page.keyboard.press('Escape');
    await waitFor(async () => (await names()).join() === 'Nadia Petrov,Malik Osei,Sofie Rasmussen,Dmitri Volkov');
  });

  it('is narrowed to a team by its address, which a reload keeps', async () => {
    await open();
    await page.getByRole('button', { name: 'Teams: All teams' }).click();
    await page.getByRole('option', { name: 'Orders' }).click();
    await page.waitForURL(/\/wall\?team=orders/u);
    await waitFor(() => world.reads.includes('/reports/wall?team=orders'));
    await page.reload();
    await page.getByRole('button', { name: 'Teams: Orders' }).waitFor();
  });

  it('goes large for a screen on the wall: no rail, nothing to click, figures of a hand’s height', async () => {
    await open('/wall', { width: 1920, height: 1080 });
    await row('Ines Bauer').waitFor();
    await page.keyboard.press('f');
    await page.waitForURL(/screen=1/u);
    const screen = page.getByRole('main');
    await screen.getByText('1 h 12 m over').waitFor();
    expect(await page.getByRole('navigation').count()).to.equal(0);
    expect(await page.getByRole('link').count()).to.equal(0);
    const size = (text: string) => pixels(screen.getByText(text, { exact: true }).first(), 'font-size');
    expect(await size('4')).to.be.above(120);
    expect(await size('Ines Bauer')).to.be.above(32);
    await page.keyboard.press('Escape');
    await page.getByRole('navigation', { name: 'Main' }).first().waitFor();
  });

  it('never shows a stale number as if it were true: after half a minute without the server it goes grey and says of when it is', async () => {
    await open('/wall?screen=1', { width: 1920, height: 1080, prepare: (fresh) => fresh.clock.install() });
    await page.getByText(/^As of \d\d:\d\d$/u).waitFor();
    world.reachable(false);
    await page.clock.runFor(45_000);
    await page.getByText(/^Not live\. As of \d\d:\d\d\.$/u).waitFor();
    expect(await styleOf(page.locator('[data-stale] dl').first(), 'filter')).to.equal('grayscale(1)');
    world.reachable(true);
    await page.clock.runFor(60_000);
    await page.getByText(/^As of \d\d:\d\d$/u).waitFor();
  });

  it('says so when nobody waits', async () => {
    world.known.wall = wallOf([]);
    await open();
    await page.getByRole('heading', { name: 'Nobody waits.' }).waitFor();
    await page.goto(`${world.url}/wall?screen=1`);
    await page.getByText('Nobody waits.').waitFor();
  });

  it('is offered to whoever may see reports only', async () => {
    world.known.me = { ...world.known.me, agent: { ...world.known.me.agent, role: 'agent' } };
    await open('/inbox/waiting');
    await page.getByRole('link', { name: 'Customers' }).first().waitFor();
    expect(await page.getByRole('link', { name: 'Now' }).count()).to.equal(0);
  });

  for (const dark of [false, true]) {
    it(`fits a phone${dark ? ', in the dark' : ''}`, async () => {
      await open('/wall', { width: 390, height: 844, dark });
      await row('Ines Bauer').waitFor();
      expect(await widthOf(page, 'main')).to.equal(390);
      const button = await row('Malik Osei').getByRole('button', { name: 'Assign Malik Osei' }).boundingBox();
      expect(button?.height).to.be.at.least(40);
    });
  }
});

describe('The wall’s words and order', () => {
  const of = (ids: string) => [...ids].map((id) => ({ conversation: { id } }));
  const text = (rows: ReturnType<typeof heldRows>) => rows.map(({ row, gone }) => (gone ? row.conversation.id.toUpperCase() : row.conversation.id)).join('');

  it('keep rows in place while held, with what is new below', () => {
    expect(text(heldRows(of('abc'), of('ncb'), true))).to.equal('Abcn');
    expect(text(heldRows(of('abc'), of('ncb'), false))).to.equal('ncb');
  });

  it('read as a sentence', () => {
    const now = Date.now();
    const { waiting: some } = wallOf([waiting('a', 'Ines Bauer', 5 * hour)]);
    expect(wallSentence(some, now)).to.match(/^One customer waits, 1 over target; the longest 5 h\.$/u);
    expect(wallSentence(wallOf([]).waiting, now)).to.equal('Nobody waits.');
    expect(wallSentence({ ...some, customers: 1204, over: 0 }, now)).to.match(/^1,204 customers wait, nobody over target;/u);
  });

  it('say with whom it lies', () => {
    const holder = { id: 'ana', name: 'Ana Neto' };
    expect([{ by: 'agent' as const, holder }, { by: 'snoozed' as const, holder }, { by: 'customer' as const, holder }, { by: 'bot' as const }, { by: 'unassigned' as const }].map(holderWords)).to.deep.equal(['Ana Neto', 'snoozed by Ana Neto', 'pending, Ana Neto', 'with the bot', 'nobody’s']);
  });

  it('say below a number nothing that is not of it', () => {
    const waiting = { customers: 7, conversations: 8, over: 2, unassigned: 1, withinHour: 0, inPublic: 4, longestSince: 0 };
    const more = Object.fromEntries(bigNumbers(waiting, 2 * hour).map((each) => [each.key, each.more]));
    expect(more).to.include({ customers: 'longest 2 h, 4 in public', over: 'their deadline has passed' });
    expect(bigNumbers({ ...waiting, over: 0, inPublic: 0 }, 2 * hour).map((each) => each.more).slice(0, 2)).to.deep.equal(['longest 2 h', 'nobody is late']);
  });

  it('raise a priority by one step, and no further than urgent', () => {
    expect((['low', 'normal', 'high', 'urgent'] as const).map(raised)).to.deep.equal(['normal', 'high', 'urgent', undefined]);
  });

  it('take the clock from the conversation’s own target, and none where there is none', () => {
    const conversation = waiting('a', 'Ines Bauer', hour);
    expect(rowWait(onWall(conversation), meAs())?.due).to.deep.equal(conversation.due);
    const { due: _due, ...bare } = conversation;
    expect(rowWait(onWall(bare), meAs())).to.equal(undefined);
  });

  it('name filters, and toggle them', () => {
    const teams = [{ id: 'a', name: 'Orders' }, { id: 'b', name: 'Billing' }, { id: 'c', name: 'Workshop' }];
    expect([undefined, 'a', 'a,b', 'a,b,c', 'x'].map((ids) => filterWords(ids, teams, 'teams'))).to.deep.equal(['All teams', 'Orders', 'Orders and Billing', '3 teams', 'one that is gone']);
    expect([toggled(undefined, 'a'), toggled('a', 'b'), toggled('a,b', 'a'), toggled('a', 'a')]).to.deep.equal(['a', 'a,b', 'b', undefined]);
  });
});
