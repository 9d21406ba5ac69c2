import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { adaptersForData, withChannelTables } from '../../scripts/channel-table.js';
import { actsOnMessages } from '../../src/adapters/contract/abilities.js';

describe('The README\'s tables of channels', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const adapters = adaptersForData();

  it('say what the adapters say of themselves; `npm run channel-table` writes them anew', () => {
    expect(withChannelTables(readme, adapters.values())).to.equal(readme);
  });

  it('have a row for every channel in each direction', () => {
    for (const adapter of adapters.values()) {
      expect(readme.split('\n').filter((line) => line.startsWith(`| ${adapter.title} |`)).length, adapter.title).to.equal(2);
    }
  });

  it('would change with a capability', () => {
    const [first, ...others] = [...adapters.values()];
    if (first === undefined) throw new Error('no adapters');
    const changed = { ...first, capabilities: { ...first.capabilities, textMax: first.capabilities.textMax + 1 } };
    expect(withChannelTables(readme, [changed, ...others])).not.to.equal(readme);
  });

  it('promise to edit, delete and react only where the adapter does it', () => {
    const ability = { edit: 'edits', delete: 'deletes', react: 'reactions' } as const;
    for (const adapter of adapters.values()) {
      for (const action of ['edit', 'delete', 'react'] as const) {
        const does = actsOnMessages(adapter) && adapter.actions.includes(action);
        expect(adapter.capabilities.outbound.includes(ability[action]), `${adapter.kind}: ${action}`).to.equal(does);
      }
    }
  });
});
