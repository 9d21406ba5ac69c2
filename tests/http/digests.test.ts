import { expect } from 'chai';
import { simpleParser, type ParsedMail } from 'mailparser';
import type { HttpClient } from '../support/http-client.js';
import type { ReceivedMail } from '../support/smtp.js';
import { earlyMonday, fillTakeAwayWorld, openTakeAwayWorld, type TakeAwayWorld } from '../reports/take-away-world.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const query = 'compare=before&kind=any&time=calendar&groupBy=responder';
const weekly = { name: 'How we answered', every: 'week', query, timeZone: 'Europe/Berlin', recipientIds: ['boss', 'lea', 'ana'] };

describe('Digests', () => {
  let world: TakeAwayWorld;
  let boss: HttpClient;
  beforeEach(async () => {
    world = await openTakeAwayWorld();
    await fillTakeAwayWorld(world);
    boss = await world.as('boss');
  });
  afterEach(() => world.close());

  async function make(more: object = {}): Promise<string> {
    const made = await boss.post('/reports/digests', { ...weekly, ...more });
    expect(made.status, made.text).to.equal(201);
    return made.body.id as string;
  }
  const read = (mail: ReceivedMail): Promise<ParsedMail> => simpleParser(mail.raw);
  const sentTo = (): string[] => world.smtp.received.flatMap((mail) => mail.envelope.to).sort();
  async function sweep(at = world.time.now): Promise<void> {
    world.time.now = at;
    await world.app.digests.sweepNow();
  }
  const due = earlyMonday + 30 * minute;
  const viewOf = async (id: string): Promise<Record<string, unknown>> => (await boss.get('/reports/digests')).body.items.find((each: { id: string }) => each.id === id);

  it('go out on Monday at seven, not before and not twice, also when Rapport is started again', async () => {
    await world.connectMailbox();
    const id = await make({ recipientIds: ['boss', 'lea'] });
    await sweep(due - 1);
    expect(sentTo()).to.deep.equal([]);
    expect(await viewOf(id)).to.include({ nextAt: due });
    await sweep(due);
    expect(sentTo()).to.deep.equal(['boss@velowerk.example', 'lea@velowerk.example']);
    await sweep(due + minute);
    await world.restart();
    await sweep(due + hour);
    expect(sentTo()).to.have.length(2);
    boss = await world.as('boss');
    expect(await viewOf(id)).to.include({ lastSentAt: due, nextAt: due + 7 * day });
    await sweep(due + 7 * day);
    expect(sentTo()).to.have.length(4);
    const [first, , later] = await Promise.all(world.smtp.received.map(read));
    expect(first?.subject).to.include('19 to 25 Oct 2026');
    expect(later?.subject).to.include('26 Oct to 1 Nov 2026');
  });

  it('carry the sentence, the figures, the chart as a picture inside, and whom we owe an answer', async () => {
    await world.connectMailbox();
    await make({ recipientIds: ['boss'] });
    await sweep(due);
    const [raw] = world.smtp.received;
    if (raw === undefined) throw new Error('nothing was sent');
    const mail = await read(raw);
    expect(mail.subject).to.equal('Half of customers had an answer within 5 h: 19 to 25 Oct 2026');
    expect(raw.headers).to.include({ 'auto-submitted': 'auto-generated' });
    expect(raw.headers['content-type']).to.match(/^multipart\/alternative/);
    expect(raw.body).to.match(/content-type: multipart\/related/i);
    const [picture] = mail.attachments;
    expect(mail.attachments).to.have.length(1);
    expect(picture).to.include({ contentType: 'image/png', contentDisposition: 'inline', related: true, cid: 'trend@rapport' });
    expect(picture?.content.subarray(0, 8).toString('hex')).to.equal('89504e470d0a1a0a');
    expect([picture?.content.readUInt32BE(16), picture?.content.readUInt32BE(20)]).to.deep.equal([1_200, 440]);
    expect(picture?.content.length, 'a picture with lines and words, not an empty one').to.be.greaterThan(6_000);
    // mailparser puts the picture where the HTML names it.
    expect(mail.html).to.match(/<img src="data:image\/png;base64,[^"]+" width="600" height="220" alt="9 of 10 answered within, by day[^"]*Tue 20 Oct: 5 h \(half 27 m\)/);
    expect(mail.html).to.include('Ana Novak').and.to.include('Zora Zenk').and.not.to.include('<img src=x');
    expect(mail.html).to.include('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Co&quot;').and.to.include('href="https://desk.velowerk.example/c/c4"');
    expect(mail.text).to.include('How we answered: 19 to 25 Oct 2026').and.to.include('Petra Theirs waits 2 d').and.to.include('https://desk.velowerk.example/reports?from=2026-10-19&to=2026-10-25');
  });

  it('show each recipient what they may see, and send nothing to whoever may see no reports', async () => {
    await world.connectMailbox();
    const id = await make();
    await sweep(due);
    expect(sentTo()).to.deep.equal(['boss@velowerk.example', 'lea@velowerk.example']);
    const lea = await read(world.smtp.received.find((mail) => mail.envelope.to.includes('lea@velowerk.example')) as ReceivedMail);
    const said = `${String(lea.html)}${lea.text ?? ''}${lea.subject ?? ''}`;
    expect(said).to.include('Ana Novak').and.to.include('your teams');
    expect(said).not.to.match(/Zora|Petra|Jonas|Workshop/);
    expect(lea.subject).to.equal('Half of customers had an answer within 27 m: 19 to 25 Oct 2026');
    expect(String((await viewOf(id))['trouble'])).to.equal('Ana Novak was left out: They may not see reports any more.');
    expect(world.logLines.join('\n')).to.match(/"agentId":"ana".*a digest left somebody out/);
  });

  it('follow what a recipient may see when they are sent, not when they were set up', async () => {
    await world.connectMailbox();
    await make();
    await world.app.people.changeWorkspace({ reports: { agentsSeeOwn: true, hideNames: true } });
    await world.app.people.changeAgent('lea', { state: 'disabled' });
    await world.app.people.changeAgent('boss', { role: 'lead', teamIds: ['theirs'] }).then(async (result) => {
      // The only administrator stays one.
      expect(result).to.equal('last_administrator');
      await world.addAgent('second', { role: 'administrator' });
      await world.app.people.changeAgent('boss', { role: 'lead', teamIds: ['theirs'] });
    });
    await sweep(due);
    expect(sentTo()).to.deep.equal(['ana@velowerk.example', 'boss@velowerk.example']);
    const byAddress = async (address: string): Promise<string> => {
      const mail = await read(world.smtp.received.find((each) => each.envelope.to.includes(address)) as ReceivedMail);
      return `${String(mail.html)}${mail.text ?? ''}`;
    };
    const own = await byAddress('ana@velowerk.example');
    expect(own).to.include('your own answers').and.to.include('Ana Novak').and.not.to.match(/Zora|Jonas|Petra/);
    const theirs = await byAddress('boss@velowerk.example');
    expect(theirs).to.include('Petra Theirs').and.to.match(/Agent [0-9a-f]{4}/);
    expect(theirs).not.to.match(/Zora|Ana|Ines|Ida/);
  });

  it('are in the recipient’s language, else in the company’s', async () => {
    await world.connectMailbox();
    await make({ recipientIds: ['boss', 'lea'] });
    await world.app.people.changeWorkspace({ defaultLanguage: 'de' });
    const lea = await world.as('lea');
    expect((await lea.patch('/me', { preferences: { language: 'fr' } })).status).to.equal(200);
    await sweep(due);
    const mailTo = async (address: string): Promise<ParsedMail> => read(world.smtp.received.find((mail) => mail.envelope.to.includes(address)) as ReceivedMail);
    const [house, own] = [await mailTo('boss@velowerk.example'), await mailTo('lea@velowerk.example')];
    expect(house.subject).to.equal('Die Hälfte der Kunden hatte innerhalb von 5 h eine Antwort: 19.–25. Okt. 2026');
    expect(house.html).to.include('<html lang="de">').and.to.include('Wem wir eine Antwort schulden').and.to.include('Ana Novak');
    expect(own.subject).to.equal('La moitié des clients avaient une réponse en 27 min : 19–25 oct. 2026');
    expect(own.text).to.include('vos équipes').and.to.include('À qui nous devons une réponse');
    await lea.patch('/me', { preferences: { language: null } });
    expect((await lea.get('/me')).body.preferences).not.to.have.property('language');
  });

  for (const point of ['digest-taken', 'digest-before-send', 'digest-after-send']) {
    it(`send nobody a second mail when the process dies at ${point}`, async () => {
      await world.connectMailbox();
      const id = await make({ recipientIds: ['boss', 'lea'] });
      world.time.now = due;
      let died = '';
      await world.dyingAt(point).sweepNow().catch((error: unknown) => { died = String(error); });
      expect(died).to.include('the power is cut');
      await world.restart();
      await sweep();
      await sweep(due + 6 * hour);
      const counts = (address: string): number => sentTo().filter((each) => each === address).length;
      // Whoever was under way may have got it or not; all others get it, once.
      expect(counts('boss@velowerk.example') + counts('lea@velowerk.example')).to.equal(point === 'digest-before-send' ? 1 : 2);
      expect(counts('boss@velowerk.example')).to.be.at.most(1);
      expect(counts('lea@velowerk.example')).to.be.at.most(1);
      boss = await world.as('boss');
      if (point !== 'digest-taken') expect(String((await viewOf(id))['trouble'])).to.match(/may not have got the last one: Rapport stopped while it was being sent/);
    });
  }

  it('are not sent again when the server never said how it ended', async () => {
    await world.connectMailbox();
    const id = await make({ recipientIds: ['boss'] });
    world.smtp.next({ at: 'drop_after_data' });
    await sweep(due);
    expect(world.smtp.seen).to.have.length(1);
    for (const later of [minute, hour, day]) await sweep(due + later);
    expect(world.smtp.seen).to.have.length(1);
    expect(String((await viewOf(id))['trouble'])).to.match(/^Bea Boss may not have got the last one: /);
  });

  it('are tried again when the server said not now, under the same Message-ID, and given up when it said no', async () => {
    await world.connectMailbox();
    const id = await make({ recipientIds: ['boss'] });
    world.smtp.next({ at: 'data', code: 451, text: 'try again later' });
    await sweep(due);
    expect(sentTo()).to.deep.equal([]);
    expect(String((await viewOf(id))['trouble'])).to.match(/has not got it yet: .*try again later/);
    await sweep(due + 30_000);
    expect(world.smtp.seen, 'not before a minute has passed').to.have.length(1);
    await sweep(due + minute);
    expect(sentTo()).to.deep.equal(['boss@velowerk.example']);
    expect(world.smtp.seen[0]?.headers['message-id']).to.equal(world.smtp.seen[1]?.headers['message-id']);
    expect((await viewOf(id))['trouble']).to.equal(undefined);
    world.smtp.next({ at: 'rcpt', code: 550, text: 'no such user' });
    await sweep(due + 7 * day);
    await sweep(due + 8 * day);
    expect(sentTo()).to.have.length(1);
    expect(String((await viewOf(id))['trouble'])).to.match(/Bea Boss did not get the last one: .*no such user/);
  });

  it('wait for a mailbox, say so, and are let go after three days', async () => {
    const id = await make({ recipientIds: ['boss'] });
    expect(String((await viewOf(id))['trouble'])).to.match(/^No mailbox is connected/);
    expect((await boss.post(`/reports/digests/${id}/send`)).body.error).to.include({ code: 'conflict' });
    await sweep(due);
    await world.connectMailbox();
    await sweep(due + 2 * hour);
    expect(sentTo()).to.deep.equal(['boss@velowerk.example']);
    await Promise.all([...world.app.book.all().values()].map((channel) => world.app.book.remove(channel._id)));
    await sweep(due + 7 * day);
    await sweep(due + 10 * day + hour);
    await world.connectMailbox();
    await sweep(due + 10 * day + 2 * hour);
    expect(sentTo(), 'a report of last week is no news').to.have.length(1);
  });

  it('do not make up for the weeks in which they were off, or were not there', async () => {
    await world.connectMailbox();
    world.time.now = due + 2 * day;
    const id = await make({ recipientIds: ['boss'] });
    await sweep();
    await boss.patch(`/reports/digests/${id}`, { on: false });
    expect(await viewOf(id)).not.to.have.property('nextAt');
    await sweep(due + 9 * day);
    expect((await boss.patch(`/reports/digests/${id}`, { on: true })).body).to.include({ nextAt: due + 14 * day });
    await sweep();
    await boss.patch(`/reports/digests/${id}`, { every: 'month' });
    await boss.patch(`/reports/digests/${id}`, { timeZone: 'America/Los_Angeles', every: 'week' });
    await sweep();
    expect(sentTo()).to.deep.equal([]);
    await sweep(due + 14 * day + 9 * hour);
    expect(sentTo()).to.deep.equal(['boss@velowerk.example']);
  });

  it('go to oneself alone for a look, at once, and change nothing of what is due', async () => {
    await world.connectMailbox();
    const id = await make({ recipientIds: ['lea'] });
    expect((await boss.post(`/reports/digests/${id}/send`)).body).to.deep.equal({ to: 'boss@velowerk.example', certain: true });
    expect((await boss.post(`/reports/digests/${id}/send`)).status).to.equal(200);
    expect(sentTo()).to.deep.equal(['boss@velowerk.example', 'boss@velowerk.example']);
    expect((await read(world.smtp.received[0] as ReceivedMail)).subject).to.include('12 to 18 Oct 2026');
    await sweep(due);
    expect(sentTo()).to.deep.equal(['boss@velowerk.example', 'boss@velowerk.example', 'lea@velowerk.example']);
    world.smtp.next({ at: 'rcpt', code: 550, text: 'no such user' });
    const refused = await boss.post(`/reports/digests/${id}/send`);
    expect(refused.status).to.equal(400);
    expect(refused.body.error.message).to.match(/The mailbox did not take it: .*no such user/);
  });
});
