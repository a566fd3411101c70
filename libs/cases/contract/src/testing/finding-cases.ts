import { strict as assert } from 'node:assert';
import type { ConformanceCase, RequestContext } from '@guildhall/kernel-contract';
import { CASE_SORTS, type ListCases } from '../requests';
import { accepted, assertThrows, idOf, keyOf, manager, moved, officer, opened, resident, visitor, type CasesHarness } from './harness';

const found = async (harness: CasesHarness, ctx: RequestContext, request: ListCases): Promise<string[]> => (await harness.cases.list(ctx, request)).items.map(({ id }) => id).sort();

/** Lists, search, timelines. */
export const findingCases: readonly ConformanceCase<CasesHarness>[] = [
  {
    id: 'CASE-040', title: 'a list holds exactly the cases that meet every condition',
    async run(harness) {
      const boss = manager(harness);
      const owner = resident(harness);
      const a = await opened(harness, owner);
      const b = await opened(harness, boss, { location: { ward: { code: 'E05999002', name: 'Harbour' } } });
      const c = await opened(harness, boss);
      accepted(await harness.cases.assign(boss, { caseId: b.id, assignee: { officerId: idOf(boss), name: 'Meg Manager' }, idempotencyKey: harness.newId() }));
      accepted(await harness.cases.assign(boss, { caseId: c.id, team: 'parks', idempotencyKey: harness.newId() }));
      await moved(harness, boss, c.id, 'refuse', 'No.');
      const all = [a.id, b.id, c.id].sort();
      assert.deepEqual(await found(harness, boss, { status: 'any' }), all);
      assert.deepEqual(await found(harness, boss, {}), [a.id, b.id].sort());
      assert.deepEqual(await found(harness, boss, { status: 'closed' }), [c.id]);
      assert.deepEqual(await found(harness, boss, { assignee: 'me' }), [b.id]);
      assert.deepEqual(await found(harness, boss, { assignee: idOf(boss) }), [b.id]);
      assert.deepEqual(await found(harness, boss, { assignee: 'nobody' }), [a.id]);
      assert.deepEqual(await found(harness, officer(harness), { assignee: 'me' }), []);
      assert.deepEqual(await found(harness, boss, { teams: ['parks'], status: 'any' }), [c.id]);
      assert.deepEqual(await found(harness, boss, { teams: ['streets', 'parks'], status: 'any' }), all);
      assert.deepEqual(await found(harness, boss, { teams: [] }), []);
      assert.deepEqual(await found(harness, boss, { ward: 'E05999002' }), [b.id]);
      assert.deepEqual(await found(harness, boss, { zone: 'kit-round:where-nothing-is' }), []);
      assert.deepEqual(await found(harness, boss, { state: 'refused', status: 'any' }), [c.id]);
      assert.deepEqual(await found(harness, boss, { caseType: 'kit.other', status: 'any' }), []);
      assert.deepEqual(await found(harness, boss, { personId: idOf(owner) }), [a.id]);
      assert.deepEqual(await found(harness, boss, { assignee: 'me', ward: 'E05999001' }), []);
      assert.deepEqual(await harness.cases.count(boss, { status: 'any' }), { count: 3, isAtLeast: false });
      assert.deepEqual(await harness.cases.count(boss, { status: 'any' }, 2), { count: 2, isAtLeast: true });
    },
  },
  {
    id: 'CASE-041', title: 'page after page gives every case once, in every order, also while new ones come in',
    async run(harness) {
      const ctx = officer(harness);
      const first = await Promise.all(Array.from({ length: 11 }, () => opened(harness, ctx)));
      await moved(harness, ctx, first[3]?.id ?? '', 'order');
      await moved(harness, ctx, first[7]?.id ?? '', 'order');
      for (const sort of CASE_SORTS) {
        const seen: string[] = [];
        let after: string | undefined;
        for (let pages = 0; pages < 20; pages++) {
          const page = await harness.cases.list(ctx, { sort, limit: 3, ...(after && { after }) });
          assert.ok(page.items.length <= 3);
          seen.push(...page.items.map(({ id }) => id));
          after = page.next;
          if (!after) break;
          if (pages === 1) await opened(harness, ctx);
        }
        assert.equal(after, undefined);
        assert.equal(new Set(seen).size, seen.length, `${sort}: a case came twice`);
        for (const { id } of first) assert.ok(seen.includes(id), `${sort}: a case is missing`);
      }
    },
  },
  {
    id: 'CASE-042', title: 'lists come in the order that was asked for',
    async run(harness) {
      const ctx = officer(harness);
      const a = await opened(harness, ctx);
      const b = await opened(harness, ctx);
      const c = await opened(harness, ctx);
      await harness.advanceDays?.(1);
      await moved(harness, ctx, a.id, 'order');
      const order = async (sort: ListCases['sort']) => (await harness.cases.list(ctx, { sort })).items.map(({ id }) => id);
      assert.deepEqual(await order('oldest'), [a.id, b.id, c.id]);
      assert.deepEqual(await order('newest'), [c.id, b.id, a.id]);
      assert.deepEqual(await order('due'), [b.id, c.id, a.id]);
      assert.equal((await order('moved'))[0], a.id);
    },
  },
  {
    id: 'CASE-043', title: 'a case is found by reference, name, address, telephone and e-mail, however they are typed',
    async run(harness) {
      const ctx = officer(harness);
      const wanted = await opened(harness, ctx, {
        openedFor: { contact: { name: 'Siân O’Neill-Parry', email: 'Sian@Home.example', phone: '+44 7700 900456' } },
        location: { lines: ['12 Ffordd yr Eglwys', 'Testham'], postcode: 'ZZ99 7QX' },
      });
      await opened(harness, ctx);
      const { reference } = wanted;
      for (const text of [
        reference, reference.toLowerCase(), reference.replace(/-/g, ' '), reference.replace(/-/g, ''), reference.slice(3), 'siân', 'SIAN', 'sian oneill', 'parry', 'Parr', 'zz99 7qx', 'ZZ997QX', 'eglwys', '12 ffordd',
        '07700 900456', '07700900456', '+44 (0)7700 900 456', 'sian@home.example', 'SIAN@HOME.EXAMPLE', 'parry eglwys zz99 7qx', 'testham parry',
      ]) assert.deepEqual(await found(harness, ctx, { text, status: 'any' }), [wanted.id], `searched for "${text}"`);
      for (const text of ['parry pugh', 'nobody', '1 ffordd', '07700 900457', 'an', '%', '\'; drop table', '()']) assert.deepEqual(await found(harness, ctx, { text, status: 'any' }), [], `searched for "${text}"`);
    },
  },
  {
    id: 'CASE-044', title: 'a search keeps the other conditions',
    async run(harness) {
      const ctx = officer(harness);
      const closed = await opened(harness, ctx);
      const open = await opened(harness, ctx);
      await moved(harness, ctx, closed.id, 'refuse', 'No.');
      assert.deepEqual(await found(harness, ctx, { text: 'pugh' }), [open.id]);
      assert.deepEqual(await found(harness, ctx, { text: 'pugh', status: 'any' }), [open.id, closed.id].sort());
      const page = await harness.cases.list(ctx, { text: 'pugh', status: 'any', limit: 1 });
      const next = await harness.cases.list(ctx, { text: 'pugh', status: 'any', limit: 1, after: page.next });
      assert.deepEqual([...page.items, ...next.items].map(({ id }) => id).sort(), [open.id, closed.id].sort());
    },
  },
  {
    id: 'CASE-047', title: 'closed cases are listed last changed first; in another order only a person’s, or those that were searched for',
    async run(harness) {
      const ctx = officer(harness);
      const owner = resident(harness);
      const a = await opened(harness, owner);
      const b = await opened(harness, owner);
      await moved(harness, ctx, b.id, 'refuse', 'No.');
      for (const status of ['any', 'closed'] as const) for (const sort of ['due', 'oldest', 'newest'] as const) {
        await assertThrows(harness.cases.list(ctx, { status, sort }), 'invalid-input');
        await assertThrows(harness.cases.count(ctx, { status, sort }), 'invalid-input');
        for (const request of [{ personId: idOf(owner) }, { text: 'pugh' }]) assert.ok((await found(harness, ctx, { ...request, status, sort })).includes(b.id));
        assert.ok((await found(harness, owner, { status, sort })).includes(b.id));
      }
      assert.deepEqual((await harness.cases.list(ctx, { status: 'any' })).items.map(({ id }) => id), [b.id, a.id]);
    },
  },
  {
    id: 'CASE-045', title: 'a timeline is newest first, page after page',
    async run(harness) {
      const ctx = officer(harness);
      const { id: caseId } = await opened(harness, ctx);
      for (let i = 0; i < 5; i++) accepted(await harness.cases.note(ctx, { caseId, text: `Note ${i}`, idempotencyKey: harness.newId() }));
      const seen: unknown[] = [];
      let after: string | undefined;
      do {
        const page = await harness.cases.timeline(ctx, { caseId }, { limit: 2, ...(after && { after }) });
        seen.push(...page.items.map(({ text, kind }) => (kind === 'note' ? text : kind)));
        after = page.next;
      } while (after);
      assert.deepEqual(seen, ['Note 4', 'Note 3', 'Note 2', 'Note 1', 'Note 0', 'opened']);
    },
  },
  {
    id: 'CASE-046', title: 'a case whose day has passed is overdue, and not before', needs: 'clock',
    async run(harness) {
      assert.ok(harness.advanceDays);
      const ctx = officer(harness);
      const late = await opened(harness, ctx);
      assert.deepEqual(await found(harness, ctx, { overdue: true }), []);
      await harness.advanceDays(9);
      const fresh = await opened(harness, ctx);
      assert.deepEqual(await found(harness, ctx, { overdue: true }), [late.id]);
      assert.equal((await harness.cases.count(ctx, { overdue: true })).count, 1);
      await moved(harness, ctx, late.id, 'refuse', 'No.');
      assert.deepEqual(await found(harness, ctx, { overdue: true, status: 'any' }), []);
      assert.deepEqual(await found(harness, ctx, {}), [fresh.id]);
    },
  },
  {
    id: 'CASE-049', title: 'a case that is marked for attention is found until an officer does something with it',
    async run(harness) {
      const ctx = officer(harness);
      const [marked, other] = [await opened(harness, ctx), await opened(harness, ctx)];
      accepted(await harness.cases.note(ctx, { caseId: marked.id, text: 'Their address has changed.', needsAttention: true, idempotencyKey: harness.newId() }));
      assert.deepEqual(await found(harness, ctx, { needsAttention: true }), [marked.id]);
      assert.equal((await harness.cases.count(ctx, { needsAttention: true })).count, 1);
      assert.deepEqual((await harness.cases.list(ctx, {})).items.map(({ id, needsAttention }) => [id, needsAttention]).sort(), [[marked.id, true], [other.id, undefined]].sort());
      assert.equal((await harness.cases.find(ctx, { caseId: marked.id }))?.staff?.needsAttention, true);
      accepted(await harness.cases.note(ctx, { caseId: marked.id, text: 'I have seen to it.', idempotencyKey: harness.newId() }));
      assert.deepEqual(await found(harness, ctx, { needsAttention: true }), []);
      assert.equal((await harness.cases.find(ctx, { caseId: marked.id }))?.staff?.needsAttention, undefined);
    },
  },
  {
    id: 'CASE-048', title: 'where somebody lives is shown to them and to staff, and not to whoever holds the address of the status page',
    async run(harness) {
      const owner = resident(harness);
      const view = await opened(harness, owner, { location: { lines: ['4 Mill Lane'], postcode: 'ZZ99 4AB', personal: true } });
      for (const ctx of [owner, officer(harness)]) assert.equal((await harness.cases.find(ctx, { caseId: view.id }))?.location?.postcode, 'ZZ99 4AB');
      const followed = await harness.cases.find(visitor(harness), { reference: view.reference, statusKey: keyOf(view) });
      assert.equal(followed?.reference, view.reference);
      assert.ok(!JSON.stringify(followed).includes('ZZ99 4AB'));
    },
  },
];
