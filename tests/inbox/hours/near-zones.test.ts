import { expect } from 'chai';
import { nearZones, noSuchZone } from '../../../src/inbox/hours/near-zones.js';
import { isTimeZone } from '../../../src/inbox/hours/zone-offsets.js';

describe('A zone that does not exist', () => {
  const meant: [string, string][] = [
    ['Berlin', 'Europe/Berlin'], ['berlin', 'Europe/Berlin'], ['Europe/Belrin', 'Europe/Berlin'], ['Europe/Berln', 'Europe/Berlin'], ['Asia/Berlin', 'Europe/Berlin'], ['Viena', 'Europe/Vienna'],
    ['new york', 'America/New_York'], ['São Paulo', 'America/Sao_Paulo'], ['Kolkata', 'Asia/Kolkata'], ['kyiv', 'Europe/Kyiv'], ['Utc', 'UTC'],
  ];
  for (const [typed, zone] of meant) {
    it(`“${typed}” is taken for ${zone}`, () => {
      expect(nearZones(typed)[0]).to.equal(zone);
      expect(isTimeZone(zone)).to.equal(true);
    });
  }

  it('is named with what was meant, or with how one is written', () => {
    expect(noSuchZone('Europe/Belrin')).to.equal('is not a time zone; did you mean Europe/Berlin?');
    expect(noSuchZone('Mars/Base')).to.equal('is not a time zone; one is written like Europe/Berlin');
    expect(noSuchZone('')).to.equal('is not a time zone; one is written like Europe/Berlin');
  });
});
