import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { waitFor } from '../../support/wait-for.js';
import { message } from './fixtures.js';
import { pixels, widthOf } from './on-page.js';
import { onScreen } from './on-screen.js';
import { hour, known, minute, waiting } from './screen-fixtures.js';
import type { ScreenWorld } from './screen-world.js';

describe('The customer’s clock, in a real browser', function () {
  this.timeout(60_000);
  let world: ScreenWorld;
  let page: Page;

  const line = (name: string) => page.locator('[data-conversation]', { hasText: name });
  const clock = (name: string) => line(name).locator('[data-tone]:has(> svg circle)');
  const open = onScreen(known, { world: (made) => { world = made; }, page: (made) => { page = made; } });
  /** What a screen reader hears. */
  const heard = async (name: string) => (await clock(name).textContent())?.replace(/\s+/gu, ' ').trim();

  /** What was asked to be changed there; marks of reading and the like are left out. */
  const asked = (path: string) => world.calls.filter((call) => call.path === path).map((call) => call.body);

  it('says at each stage how much is left or over, to the eye, to the ear and without colour', async () => {
    await open('/inbox/waiting');
    await line('Ines Bauer').waitFor();
    expect(await Promise.all(['Dmitri Volkov', 'Sofie Rasmussen', 'Malik Osei', 'Ines Bauer'].map(heard))).to.deep.equal([
      'waiting, 3 h 46 m left', 'waiting, 1 h 29 m left, due soon', 'waiting, 38 m left, due soon', 'waiting, 1 h 12 m over, beyond the target',
    ]);
    const ring = async (name: string) => {
      const circles = clock(name).locator('circle');
      const hand = circles.nth(1);
      return { marks: await circles.count(), width: await pixels(hand, 'stroke-width'), filled: parseFloat((await hand.getAttribute('stroke-dasharray')) ?? '0') };
    };
    const [early, half, over] = [await ring('Dmitri Volkov'), await ring('Sofie Rasmussen'), await ring('Ines Bauer')];
    expect(half.width, 'thicker when it is due soon').to.be.above(early.width);
    expect(early.filled).to.be.below(half.filled);
    expect(over.filled, 'closed when it is over').to.be.closeTo(2 * Math.PI * 8, 0.1);
    expect([early.marks, half.marks, over.marks], 'with a dot when it is over').to.deep.equal([2, 2, 3]);
  });

  it('is drawn for nobody who does not wait', async () => {
    const { due: _due, waitingSince: _since, ...answered } = waiting('claire', 'Claire Jouve', hour);
    world.known.rows = [...world.known.rows, answered];
    await open('/inbox/open');
    await line('Claire Jouve').waitFor();
    expect(await clock('Claire Jouve').count()).to.equal(0);
  });

  it('opens which target it is, why, and since when it is over, by click and by key', async () => {
    await open('/inbox/waiting/ines');
    const details = page.getByRole('dialog', { name: '1 h 12 m over' });
    await page.locator('header').getByRole('button', { name: '1 h 12 m over' }).click();
    await details.waitFor();
    const words = await details.textContent();
    expect(words).to.include('Answers to orders: 4 h in business hours').and.to.include('strictest of 2').and.to.include('5 h 12 m, since').and.to.match(/Over target\s*since/u);
    await page.keyboard.press('Escape');
    await details.waitFor({ state: 'hidden' });
    await page.keyboard.press('w');
    await details.waitFor();
  });

  it('is on the phone, too', async () => {
    await open('/inbox/waiting/ines', { width: 390, height: 844 });
    await page.locator('header').getByRole('button', { name: '1 h 12 m over' }).click();
    await page.getByRole('dialog', { name: '1 h 12 m over' }).getByText('strictest of 2').waitFor();
    expect(await widthOf(page, 'html')).to.equal(390);
  });

  it('starts after all when what was taken for thanks asked for something', async () => {
    const { due: _due, waitingSince: _since, ...thanks } = waiting('sofie', 'Sofie Rasmussen', minute, { acknowledged: 'm2' });
    world.known.rows = [thanks];
    world.known.messages = [message({ id: 'm2', conversationId: 'sofie', text: 'Thanks!' })];
    await open('/inbox/open/sofie');
    await page.getByText('Taken as thanks: nobody waits.').waitFor();
    await page.getByRole('button', { name: 'Start the clock' }).click();
    await page.getByRole('button', { name: /^waiting, .* left/u }).waitFor();
    expect(asked('/conversations/sofie/wait')).to.deep.equal([{}]);
    expect(await page.getByText('Taken as thanks').count()).to.equal(0);
  });

  it('says who answered elsewhere, leads there, and runs on where the customer still waits', async () => {
    const at = Date.now() - 5 * minute;
    const { due: _due, waitingSince: _since, ...elsewhere } = waiting('sofie', 'Sofie Rasmussen', hour, { answeredElsewhere: { conversationId: 'other', messageId: 'm7', at } });
    world.known.rows = [elsewhere];
    world.known.messages = [message({ id: 'm7', conversationId: 'other', kind: 'out', at, receivedAt: at, channel: { id: 'slack', kind: 'slack', name: 'Slack' }, author: { type: 'agent', id: 'ana', name: 'Ana Neto' }, text: 'It is on its way' })];
    await open('/inbox/open/sofie');
    await page.getByText(/^Ana answered in Slack /u).waitFor();
    await page.getByRole('button', { name: 'Show', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Still waiting here' }).click();
    await page.getByRole('button', { name: /^waiting, .* left/u }).waitFor();
    expect(asked('/conversations/sofie/wait')).to.deep.equal([{}]);
  });

  it('stops for a reason only, which can be one’s own, and is taken back with one click', async () => {
    await open('/inbox/waiting/malik');
    await page.getByRole('button', { name: /^waiting, 38 m left/u }).waitFor();
    await page.keyboard.press('w');
    await page.getByRole('button', { name: 'No answer needed' }).click();
    const dialog = page.getByRole('dialog', { name: 'Why is no answer needed?' });
    expect(await dialog.getByRole('radio').count()).to.equal(5);
    await dialog.getByRole('radio', { name: 'Another reason' }).check();
    expect(await dialog.getByRole('button', { name: 'Stop the clock' }).isDisabled()).to.equal(true);
    await dialog.getByRole('textbox').fill('He came to the workshop');
    await page.keyboard.press('Enter');
    await waitFor(() => asked('/conversations/malik/no-answer-needed').length > 0);
    expect(asked('/conversations/malik/no-answer-needed')).to.deep.equal([{ reason: 'He came to the workshop' }]);
    await page.getByText('The clock is stopped. No answer needed: He came to the workshop.').waitFor();
    expect(await page.getByRole('button', { name: /^waiting, .* left/u }).count()).to.equal(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: /^waiting, .* left/u }).waitFor();
    expect(asked('/conversations/malik/wait')).to.deep.equal([{}]);
  });

  it('shows a reason that was given as long as nobody has spoken since', async () => {
    const { due: _due, waitingSince: _since, ...quiet } = waiting('sofie', 'Sofie Rasmussen', hour);
    world.known.rows = [quiet];
    world.known.messages = [message({ id: 'm1', conversationId: 'sofie' }), message({ id: 'm2', conversationId: 'sofie', seq: 2, kind: 'event', author: { type: 'agent', id: 'ana', name: 'Ana Neto' }, text: '', step: { type: 'not_needed', reason: 'Only for information' } })];
    await open('/inbox/open/sofie');
    await page.getByText('Ana said that no answer is needed: Only for information.').waitFor();
    await page.getByRole('button', { name: 'Start the clock' }).waitFor();
  });
});
