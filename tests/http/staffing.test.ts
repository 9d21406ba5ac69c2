import { expect } from 'chai';
import { openHttpWorld, type HttpWorld } from '../support/http-world.js';

describe('Staffing over HTTP', () => {
  let world: HttpWorld;
  before(async () => {
    world = await openHttpWorld();
  });
  after(() => world.close());

  const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const period = `from=${day(-6)}&to=${day(0)}&zone=UTC`;

  it('counts what has come in, with what was asked for and the assumptions in words', async () => {
    const lead = await world.signIn(await world.addAgent({ role: 'administrator' }));
    for (const from of ['Ines', 'Jonas', 'Pia']) await world.say({ from, text: 'Where is my order?' });
    const { status, body } = await lead.get(`/reports/staffing?${period}&share=0.8&targetMinutes=15&handlingMinutes=7.5&concurrent=2`);
    expect(status).to.equal(200);
    expect(body).to.include({ model: 'erlang_c', weeks: 1, share: 0.8, targetMs: 900_000, handlingMs: 450_000, concurrent: 2 });
    expect(body.hours.flat()).to.have.length(168);
    expect(body.hours.flat().reduce((sum: number, hour: { arrivals: number }) => sum + hour.arrivals, 0)).to.equal(3);
    expect(body.assumptions.join(' ')).to.contain('2 conversations under way at once');
  });

  it('is for leads and administrators, and refuses what cannot be', async () => {
    const agent = await world.signIn(await world.addAgent());
    expect((await agent.get(`/reports/staffing?${period}`)).status).to.equal(403);
    await world.deps.people.changeWorkspace({ reports: { agentsSeeOwn: true, hideNames: false } });
    expect((await agent.get(`/reports/staffing?${period}`)).status).to.equal(403);
    const lead = await world.signIn(await world.addAgent({ role: 'lead' }));
    expect((await lead.get(`/reports/staffing?${period}`)).status).to.equal(200);
    for (const wrong of ['share=1.2', 'share=90', 'targetMinutes=soon', 'concurrent=0', 'concurrent=400', 'zone=Mars/Base', 'colour=red']) {
      expect((await lead.get(`/reports/staffing?from=${day(-6)}&to=${day(0)}&${wrong}`)).status, wrong).to.equal(400);
    }
    expect((await lead.get(`/reports/staffing?from=${day(0)}&to=${day(-6)}`)).status).to.equal(400);
    expect((await lead.get('/reports/staffing?from=0001-01-01&to=9999-12-31')).status).to.equal(400);
  });
});
