import { writeFileSync } from 'node:fs';
import { simpleParser } from 'mailparser';
import { openBrowser, openPage } from '../support/browser.js';
import { earlyMonday, fillTakeAwayWorld, openTakeAwayWorld } from './take-away-world.js';
const world = await openTakeAwayWorld();
await fillTakeAwayWorld(world);
await world.connectMailbox();
const boss = await world.as('boss');
await boss.post('/reports/digests', { name: 'How we answered', every: 'week', query: 'kind=any&time=calendar&groupBy=responder', timeZone: 'Europe/Berlin', recipientIds: ['boss'] });
world.time.now = earlyMonday + 1_800_000;
await world.app.digests.sweepNow();
const mail = await simpleParser(world.smtp.received[0]!.raw);
writeFileSync('/tmp/w/g-shots/mail.html', String(mail.html));
writeFileSync('/tmp/w/g-shots/mail.txt', mail.text ?? '');
const browser = await openBrowser();
for (const dark of [false, true]) {
  const { page } = await openPage(browser, { width: 700, height: 1000, dark });
  await page.setContent(String(mail.html));
  await page.screenshot({ path: `/tmp/w/g-shots/mail-${dark}.png`, fullPage: true });
}
await browser.close();
await world.close();
