import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { waitFor } from '../../support/wait-for.js';
import { onScreen } from './on-screen.js';
import { known } from './screen-fixtures.js';

describe('The settings, in a real browser', function () {
  this.timeout(60_000);
  let page: Page;
  const opened = onScreen(() => known('agent'), { world: () => undefined, page: (made) => { page = made; } });

  it('say whose a part is instead of showing what would be refused', async () => {
    for (const [path, name] of [['import', 'Import'], ['ledger', 'Ledger'], ['hours/new', 'Opening hours']] as const) {
      await opened(`/settings/${path}`);
      await page.getByRole('heading', { name: `${name} is for administrators` }).waitFor();
      expect(await page.getByRole('button', { name: 'Choose a file' }).count()).to.equal(0);
    }
    await opened('/settings/account');
    await waitFor(async () => (await page.getByRole('heading', { name: 'My account' }).count()) === 1, { what: 'what is theirs' });
    expect(await page.getByText('is for administrators').count()).to.equal(0);
  });
});
