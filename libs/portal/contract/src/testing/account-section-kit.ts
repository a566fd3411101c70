import assert from 'node:assert/strict';
import { defineKit } from '@guildhall/kernel-contract';
import type { ConformanceKit, RequestContext } from '@guildhall/kernel-contract';
import type { AccountPanel, AccountSection } from '../index';

/** What the kit needs: the section, and somebody who has something in it. @public */
export interface AccountSectionHarness {
  readonly section: AccountSection;
  /** A signed-in resident for whom the section has something to show. */
  readonly somebody: RequestContext;
  /** Another signed-in resident, who has nothing of the first one's. */
  readonly somebodyElse: RequestContext;
  /** A visitor who has not signed in, of the same council. */
  readonly nobody: RequestContext;
}

async function shown(harness: AccountSectionHarness): Promise<AccountPanel> {
  const panel = await harness.section.load(harness.somebody);
  assert.ok(panel, 'a resident who has something must see it');
  return panel;
}

/** The rules of a section in the resident's account. @public @example testConformance(accountSectionKit, { describe, it }, { open }) */
export const accountSectionKit: ConformanceKit<AccountSectionHarness> = defineKit<AccountSectionHarness>({
  id: 'portal.account-section', contract: 'portal', version: '0.1.0',
  cases: [
    {
      id: 'ACC-001', title: 'a visitor who has not signed in gets nothing',
      run: async (harness) => { assert.equal(await harness.section.load(harness.nobody), undefined); },
    },
    {
      id: 'ACC-002', title: 'another resident sees nothing of what the first one sees',
      run: async (harness) => {
        const mine = await shown(harness);
        const theirs = await harness.section.load(harness.somebodyElse);
        if (theirs === undefined) return;
        assert.notDeepEqual(theirs.data, mine.data);
        assert.ok(theirs.waiting === undefined || theirs.waiting.every((item) => !mine.waiting?.some((other) => other.href === item.href)), 'what waits for one resident must not be offered to another');
      },
    },
    {
      id: 'ACC-003', title: 'heading and template belong to the module that the section names',
      run: async (harness) => {
        const moduleId = harness.section.id.split('.')[0] ?? '';
        assert.match(harness.section.id, /^[a-z][a-z0-9-]*\.[a-z0-9.-]+$/);
        const panel = await shown(harness);
        assert.ok(panel.titleKey.startsWith(`${moduleId}.`), `${panel.titleKey} must begin with ${moduleId}.`);
        assert.ok(panel.template.startsWith(`${moduleId}/`) && panel.template.endsWith('.njk'), `${panel.template} must be a template in ${moduleId}/`);
      },
    },
    {
      id: 'ACC-004', title: 'what waits is said in every language and leads to a page of this council',
      run: async (harness) => {
        for (const item of (await shown(harness)).waiting ?? []) {
          assert.match(item.href, /^\/(?!\/)/, `${item.href} must be a path on this site`);
          assert.ok(item.text.en.trim() !== '' && item.text.cy.trim() !== '', 'every language needs words');
        }
      },
    },
    {
      id: 'ACC-005', title: 'looking changes nothing: the second look shows the same as the first',
      run: async (harness) => { assert.deepEqual(await shown(harness), await shown(harness)); },
    },
  ],
});
