import { expect } from 'chai';
import fc from 'fast-check';
import { groupsOf, missing, toInput, valuesOf } from '../../../web/src/features/settings/model/channel-form.js';
import { browserName } from '../../../web/src/features/settings/model/browser-name.js';
import { healthOf } from '../../../web/src/features/settings/model/channel-health.js';
import { areSound, blocksOf, copiedToWorkdays, faultOf, minuteOf, minuteText, withBlock } from '../../../web/src/features/settings/model/hours.js';
import type { ChannelView, SettingField } from '../../../web/src/lib/shapes.js';
import { noon } from './fixtures.js';

const fields: SettingField[] = [
  { key: 'address', label: 'Address', type: 'text', required: true, group: 'Mailbox' },
  { key: 'imapPort', label: 'Port', type: 'number', required: true, default: 993, group: 'Receiving' },
  { key: 'aliases', label: 'Others', type: 'list', required: false, group: 'Mailbox' },
  { key: 'plus', label: 'Plus', type: 'switch', required: false, default: true },
  { key: 'password', label: 'Password', type: 'password', required: true, secret: true, group: 'Receiving' },
];
const channel: ChannelView = { id: 'c', kind: 'email', name: 'support', state: 'on', settings: { address: 'a@x.example', imapPort: 143, aliases: ['b@x.example', 'c@x.example'] }, secretsSet: ['password'] };

describe('The form of a channel', () => {
  it('stands in the groups that the channel declares', () => {
    expect(groupsOf(fields).map((group) => [group.name, group.fields.length])).to.deep.equal([['Mailbox', 2], ['Receiving', 2], ['', 1]]);
  });

  it('begins with what is saved, else with the defaults, and never shows a secret', () => {
    expect(valuesOf(fields, channel)).to.deep.equal({ address: 'a@x.example', imapPort: '143', aliases: 'b@x.example\nc@x.example', plus: true, password: '' });
    expect(valuesOf(fields, undefined)).to.deep.equal({ address: '', imapPort: '993', aliases: '', plus: true, password: '' });
  });

  it('sends lists as lists, numbers as numbers, and only the secrets that were typed', () => {
    const values = { ...valuesOf(fields, channel), aliases: ' b@x.example \n\n d@x.example ' };
    expect(toInput(fields, values)).to.deep.equal({ settings: { address: 'a@x.example', imapPort: 143, aliases: ['b@x.example', 'd@x.example'], plus: true }, secrets: {} });
    expect(toInput(fields, { ...values, password: 'x' }).secrets).to.deep.equal({ password: 'x' });
  });

  it('asks for what is needed, but not again for a secret that is stored', () => {
    expect(missing(fields, valuesOf(fields, undefined), [])).to.deep.equal(['address', 'password']);
    expect(missing(fields, valuesOf(fields, channel), ['password'])).to.deep.equal([]);
  });

  it('says how the account is', () => {
    expect(healthOf({ ...channel, lastInAt: noon - 60_000 * 5 }, noon)).to.deep.equal({ tone: 'ok', word: 'On', detail: 'last in 5 m ago, nothing sent yet' });
    expect(healthOf({ ...channel, state: 'broken', stateReason: 'The password was refused.' }, noon)).to.deep.equal({ tone: 'bad', word: 'Broken', detail: 'The password was refused.' });
    expect(healthOf({ ...channel, lastInAt: noon - 9, lastError: { at: noon, text: 'timed out' } }, noon)).to.deep.include({ tone: 'warn', detail: 'timed out' });
  });
});

describe('Business hours', () => {
  const hours = { timeZone: 'Europe/Berlin', blocks: [{ day: 0, from: 810, to: 1080 }, { day: 0, from: 540, to: 750 }, { day: 5, from: 600, to: 720 }] };

  it('are read as people type them', () => {
    expect(['9', '09:30', '9.05', '930', '24:00', '00:00', '25', '9:75', 'x'].map((text) => minuteOf(text, true))).to.deep.equal([540, 570, 545, 570, 1440, 1440, undefined, undefined, undefined]);
    expect(minuteOf('00:00', false)).to.equal(0);
    expect(minuteOf('24:00', false)).to.equal(undefined);
    fc.assert(fc.property(fc.integer({ min: 1, max: 1440 }), (minute) => {
      expect(minuteOf(minuteText(minute), true)).to.equal(minute);
    }));
  });

  it('may have several blocks a day, which must not overlap', () => {
    expect(blocksOf(hours, 0).map((block) => block.from)).to.deep.equal([540, 810]);
    expect(faultOf(blocksOf(hours, 0))).to.equal(undefined);
    expect(faultOf([{ day: 0, from: 540, to: 800 }, { day: 0, from: 750, to: 900 }])).to.equal('overlaps');
    expect(faultOf([{ day: 0, from: 540, to: 540 }])).to.equal('ends before it begins');
    expect(areSound(hours)).to.equal(true);
    expect(areSound(withBlock(withBlock(hours, 6), 6))).to.equal(true);
  });

  it('can be taken over for all workdays, and leave the weekend alone', () => {
    const copied = copiedToWorkdays(hours, 0);
    for (const day of [0, 1, 2, 3, 4]) expect(blocksOf(copied, day).map((block) => [block.from, block.to])).to.deep.equal([[540, 750], [810, 1080]]);
    expect(blocksOf(copied, 5)).to.have.length(1);
    expect(blocksOf(copied, 6)).to.have.length(0);
  });
});

describe('A session', () => {
  it('is named after its browser and machine', () => {
    expect(browserName('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36')).to.equal('Chrome on Linux');
    expect(browserName('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Safari/604')).to.equal('Safari on iPhone');
    expect(browserName('curl/8.5')).to.equal('curl');
  });
});
