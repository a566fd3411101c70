import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@guildhall/kernel-contract';
import { DECIDE_CASES, NOTE_ON_CASES, SEE_CASES, WORK_ON_CASES } from '../permissions';
import { addMonths, addWorkingDays, dayOf } from '../working-days';
import { accepted, assertRefused, assertThrows, idOf, keyOf, manager, moved, officer, opened, resident, visitor, type CasesHarness } from './harness';

/** Moving, deciding, writing, giving to others. */
export const changingCases: readonly ConformanceCase<CasesHarness>[] = [
  {
    id: 'CASE-020', title: 'a case goes where the table says, and nowhere else',
    async run(harness) {
      const ctx = officer(harness);
      const { id: caseId } = await opened(harness, ctx);
      assertRefused(await harness.cases.move(ctx, { caseId, transition: 'fix', idempotencyKey: harness.newId() }), 'not-possible-now');
      assertRefused(await harness.cases.move(ctx, { caseId, transition: 'fly', idempotencyKey: harness.newId() }), 'not-possible-now');
      const ordered = await moved(harness, ctx, caseId, 'order');
      assert.equal(ordered.state, 'ordered');
      assert.equal(ordered.version, 2);
      assertRefused(await harness.cases.move(ctx, { caseId, transition: 'order', idempotencyKey: harness.newId() }), 'not-possible-now');
      const fixed = await moved(harness, ctx, caseId, 'fix');
      assert.equal(fixed.stateKind, 'closed');
      assert.ok(fixed.closedAt);
      assert.equal(fixed.staff?.dueOn, undefined);
      assertRefused(await harness.cases.move(ctx, { caseId: harness.newId(), transition: 'order', idempotencyKey: harness.newId() }), 'unknown-case');
    },
  },
  {
    id: 'CASE-021', title: 'reasons are asked for where the table wants them, and blanks are none',
    async run(harness) {
      const ctx = officer(harness);
      const { id: caseId } = await opened(harness, ctx);
      for (const reasons of [undefined, '', '   ']) assertRefused(await harness.cases.move(ctx, { caseId, transition: 'ask', idempotencyKey: harness.newId(), ...(reasons !== undefined && { reasons }) }), 'reasons-missing');
      assert.equal((await moved(harness, ctx, caseId, 'ask', 'Which side of the road?')).state, 'asked');
    },
  },
  {
    id: 'CASE-022', title: 'a move needs the permission that its row names',
    async run(harness) {
      const { id: caseId } = await opened(harness, officer(harness));
      const worker = officer(harness, 'Wyn Worker', [SEE_CASES.id, WORK_ON_CASES.id]);
      await assertThrows(harness.cases.move(worker, { caseId, transition: 'refuse', reasons: 'Too small.', idempotencyKey: harness.newId() }), 'not-allowed');
      const decider = officer(harness, 'Dai Decider', [SEE_CASES.id, DECIDE_CASES.id]);
      await assertThrows(harness.cases.move(decider, { caseId, transition: 'order', idempotencyKey: harness.newId() }), 'not-allowed');
      assert.equal((await moved(harness, decider, caseId, 'refuse', 'Too small.')).state, 'refused');
    },
  },
  {
    id: 'CASE-023', title: 'the same key moves once',
    async run(harness) {
      const ctx = officer(harness);
      const { id: caseId } = await opened(harness, ctx);
      const move = { caseId, transition: 'order', expectedVersion: 1, idempotencyKey: harness.newId() };
      const [one, other] = await Promise.all([harness.cases.move(ctx, move), harness.cases.move(ctx, move)]);
      assert.equal(accepted(one).state, 'ordered');
      assert.equal(accepted(other).state, 'ordered');
      assert.equal(accepted(await harness.cases.move(ctx, move)).version, 2);
      assert.equal((await harness.cases.timeline(ctx, { caseId })).items.length, 2);
      await assertThrows(harness.cases.move(ctx, { ...move, transition: 'ask', reasons: 'Where?' }), 'conflict');
    },
  },
  {
    id: 'CASE-024', title: 'the second of two officers is told who was first and what they did, and nothing is overwritten',
    async run(harness) {
      const first = officer(harness, 'Fay First');
      const second = officer(harness, 'Sid Second');
      const { id: caseId, version } = await opened(harness, first);
      accepted(await harness.cases.note(first, { caseId, text: 'I rang the contractor.', idempotencyKey: harness.newId() }));
      accepted(await harness.cases.move(first, { caseId, transition: 'order', expectedVersion: 2, idempotencyKey: harness.newId() }));
      const late = await harness.cases.move(second, { caseId, transition: 'refuse', reasons: 'Too small.', expectedVersion: version, idempotencyKey: harness.newId() });
      assertRefused(late, 'changed-meanwhile');
      assert.ok(!late.ok && late.refusal.reason === 'changed-meanwhile' && 'current' in late.refusal);
      assert.match(late.refusal.message, /Fay First/);
      assert.equal(late.refusal.current.state, 'ordered');
      assert.equal(late.refusal.current.version, 3);
      assert.deepEqual(late.refusal.changes.map(({ kind, by }) => [kind, by.name]), [['note', 'Fay First'], ['moved', 'Fay First']]);
      assert.equal((await harness.cases.find(first, { caseId }))?.state, 'ordered');
      assert.equal(accepted(await harness.cases.move(second, { caseId, transition: 'refuse', reasons: 'Too small.', expectedVersion: 3, idempotencyKey: harness.newId() })).state, 'refused');
    },
  },
  {
    id: 'CASE-025', title: 'of many who change the same version at once, exactly one is first',
    async run(harness) {
      const { id: caseId } = await opened(harness, officer(harness));
      const outcomes = await Promise.all(Array.from({ length: 6 }, (_, i) => harness.cases.move(officer(harness, `Officer ${i}`), { caseId, transition: i % 2 ? 'order' : 'ask', reasons: 'Where is it?', expectedVersion: 1, idempotencyKey: harness.newId() })));
      assert.equal(outcomes.filter(({ ok }) => ok).length, 1);
      for (const outcome of outcomes) if (!outcome.ok) assert.equal(outcome.refusal.reason, 'changed-meanwhile');
      const { items } = await harness.cases.timeline(officer(harness), { caseId });
      assert.equal(items.length, 2);
    },
  },
  {
    id: 'CASE-026', title: 'every change of many at once is kept, and each has a version of its own',
    async run(harness) {
      const { id: caseId } = await opened(harness, officer(harness));
      await Promise.all(Array.from({ length: 8 }, async (_, i) => accepted(await harness.cases.note(officer(harness, `Officer ${i}`), { caseId, text: `Note ${i}`, idempotencyKey: harness.newId() }))));
      const { items } = await harness.cases.timeline(officer(harness), { caseId });
      assert.deepEqual(items.map(({ caseVersion }) => caseVersion), [9, 8, 7, 6, 5, 4, 3, 2, 1]);
      assert.equal(new Set(items.map(({ text }) => JSON.stringify(text))).size, 9);
    },
  },
  {
    id: 'CASE-027', title: 'a decision is kept with its reasons; the resident reads them, and not who decided',
    async run(harness) {
      const owner = resident(harness);
      const { id: caseId } = await opened(harness, owner);
      const view = await moved(harness, officer(harness, 'Dai Decider'), caseId, 'refuse', 'It is 2 cm deep; we repair from 4 cm.');
      assert.deepEqual([view.decision?.outcome, view.decision?.reasons, view.decision?.decidedBy], ['refused', 'It is 2 cm deep; we repair from 4 cm.', 'Dai Decider']);
      const seen = await harness.cases.find(owner, { caseId });
      assert.deepEqual([seen?.decision?.reasons, seen?.decision?.decidedBy], ['It is 2 cm deep; we repair from 4 cm.', undefined]);
      assert.ok(!JSON.stringify(await harness.cases.timeline(owner, { caseId })).includes('Dai Decider'));
    },
  },
  {
    id: 'CASE-028', title: 'internal notes are for staff alone',
    async run(harness) {
      const owner = resident(harness);
      const view = await opened(harness, owner);
      const ctx = officer(harness);
      const noted = accepted(await harness.cases.note(ctx, { caseId: view.id, text: 'SECRET-NOTE', idempotencyKey: harness.newId() }));
      assert.equal(noted.visibility, 'internal');
      assert.ok(JSON.stringify(await harness.cases.timeline(ctx, { caseId: view.id })).includes('SECRET-NOTE'));
      for (const reader of [owner, visitor(harness)]) {
        const which = { reference: view.reference, statusKey: keyOf(view) };
        assert.ok(!JSON.stringify([await harness.cases.find(reader, which), await harness.cases.timeline(reader, which)]).includes('SECRET-NOTE'));
      }
      await assertThrows(harness.cases.note(owner, { caseId: view.id, text: 'Mine', idempotencyKey: harness.newId() }), 'not-allowed');
      await assertThrows(harness.cases.note(visitor(harness), { caseId: view.id, text: 'Mine', idempotencyKey: harness.newId() }), 'not-authenticated');
    },
  },
  {
    id: 'CASE-029', title: 'the resident reads an update at once, from the council and not from a named officer',
    async run(harness) {
      const owner = resident(harness);
      const view = await opened(harness, owner);
      const documents = [harness.newId()];
      accepted(await harness.cases.tell(officer(harness, 'Nan Named'), { caseId: view.id, text: 'Our engineer comes on Tuesday.', documents, idempotencyKey: harness.newId() }));
      assert.deepEqual((await harness.cases.find(officer(harness), { caseId: view.id }))?.documents, documents);
      for (const [reader, which] of [[owner, { caseId: view.id }], [visitor(harness), { reference: view.reference, statusKey: keyOf(view) }]] as const) {
        const [newest] = (await harness.cases.timeline(reader, which)).items;
        assert.equal(newest?.text, 'Our engineer comes on Tuesday.');
        assert.deepEqual({ ...newest?.by }, { kind: 'officer' });
      }
      await assertThrows(harness.cases.tell(owner, { caseId: view.id, text: 'Mine', idempotencyKey: harness.newId() }), 'not-allowed');
    },
  },
  {
    id: 'CASE-030', title: 'a resident takes the ways that are theirs, and no officer’s; nobody else takes them',
    async run(harness) {
      const owner = resident(harness);
      const ctx = officer(harness);
      const { id: caseId } = await opened(harness, owner);
      assertRefused(await harness.cases.move(owner, { caseId, transition: 'order', idempotencyKey: harness.newId() }), 'not-yours-to-do');
      await moved(harness, ctx, caseId, 'ask', 'Which side?');
      assertRefused(await harness.cases.move(resident(harness), { caseId, transition: 'reply', reasons: 'The left.', idempotencyKey: harness.newId() }), 'unknown-case');
      assertRefused(await harness.cases.move(visitor(harness), { caseId, transition: 'reply', reasons: 'The left.', idempotencyKey: harness.newId() }), 'unknown-case');
      const view = await moved(harness, owner, caseId, 'reply', 'The left.');
      assert.equal(view.state, 'reported');
      assert.equal(view.staff, undefined);
      const [newest] = (await harness.cases.timeline(ctx, { caseId })).items;
      assert.deepEqual([newest?.by.kind, newest?.reasons], ['resident', 'The left.']);
    },
  },
  {
    id: 'CASE-031', title: 'whoever holds the key says that it is not fixed, without signing in',
    async run(harness) {
      const view = await opened(harness, visitor(harness));
      const ctx = officer(harness);
      await moved(harness, ctx, view.id, 'order');
      await moved(harness, ctx, view.id, 'fix');
      const move = { caseId: view.id, transition: 'not-fixed', reasons: 'The hole is still there.', idempotencyKey: harness.newId() };
      assertRefused(await harness.cases.move(visitor(harness), { ...move, statusKey: `${keyOf(view)}x` }), 'unknown-case');
      const again = accepted(await harness.cases.move(visitor(harness), { ...move, statusKey: keyOf(view) }));
      assert.equal(again.state, 'reported');
      assert.equal(again.closedAt, undefined);
      const found = await harness.cases.find(ctx, { caseId: view.id });
      assert.equal(found?.staff?.dueOn, addWorkingDays(dayOf(again.movedAt), 2, harness.calendar));
    },
  },
  {
    id: 'CASE-032', title: 'what a resident writes reaches staff, with its documents',
    async run(harness) {
      const owner = resident(harness);
      const { id: caseId } = await opened(harness, owner);
      const documents = [harness.newId()];
      const entry = accepted(await harness.cases.write(owner, { caseId, text: 'It is bigger now.', documents, idempotencyKey: harness.newId() }));
      assert.equal(entry.kind, 'answer');
      const found = await harness.cases.find(officer(harness), { caseId });
      assert.deepEqual(found?.documents, documents);
      const [newest] = (await harness.cases.timeline(officer(harness), { caseId })).items;
      assert.deepEqual([newest?.text, newest?.documents], ['It is bigger now.', documents]);
      // What comes again is one document of the case, and stands in the entry with which it came again.
      const more = [harness.newId(), ...documents];
      accepted(await harness.cases.tell(officer(harness), { caseId, text: 'We have seen it.', documents: more, idempotencyKey: harness.newId() }));
      assert.deepEqual((await harness.cases.timeline(officer(harness), { caseId })).items[0]?.documents, more);
      accepted(await harness.cases.move(officer(harness), { caseId, transition: 'order', documents: more, idempotencyKey: harness.newId() }));
      assert.deepEqual((await harness.cases.find(officer(harness), { caseId }))?.documents, [...documents, ...more.slice(0, 1)]);
    },
  },
  {
    id: 'CASE-033', title: 'an officer takes a case that is nobody’s and gives it back; more than that is for who may assign',
    async run(harness) {
      const ctx = officer(harness, 'Tia Taker', [SEE_CASES.id, WORK_ON_CASES.id, NOTE_ON_CASES.id]);
      const { id: caseId } = await opened(harness, officer(harness));
      const me = { officerId: idOf(ctx), name: 'Tia Taker' };
      const taken = accepted(await harness.cases.assign(ctx, { caseId, assignee: me, idempotencyKey: harness.newId() }));
      assert.deepEqual({ ...taken.staff?.assignee }, me);
      assert.equal(accepted(await harness.cases.assign(ctx, { caseId, idempotencyKey: harness.newId() })).staff?.assignee, undefined);
      const other = { officerId: harness.newId(), name: 'Ola Other' };
      await assertThrows(harness.cases.assign(ctx, { caseId, assignee: other, idempotencyKey: harness.newId() }), 'not-allowed');
      await assertThrows(harness.cases.assign(ctx, { caseId, assignee: me, team: 'parks', idempotencyKey: harness.newId() }), 'not-allowed');
      const given = accepted(await harness.cases.assign(manager(harness), { caseId, assignee: other, team: 'parks', idempotencyKey: harness.newId() }));
      assert.deepEqual([given.staff?.assignee?.name, given.staff?.team], ['Ola Other', 'parks']);
      await assertThrows(harness.cases.assign(ctx, { caseId, assignee: me, idempotencyKey: harness.newId() }), 'not-allowed');
    },
  },
  {
    id: 'CASE-034', title: 'every move sets how long the data are kept, and the council’s time stands still while it waits for the resident',
    async run(harness) {
      const ctx = officer(harness);
      const { id: caseId, openedAt } = await opened(harness, ctx);
      const today = dayOf(openedAt);
      const asked = await moved(harness, ctx, caseId, 'ask', 'Where?');
      assert.equal(asked.staff?.retainUntil, addMonths(dayOf(asked.movedAt), 12));
      assert.equal(asked.staff?.dueOn, addWorkingDays(dayOf(asked.movedAt), 5, harness.calendar));
      assert.equal((await moved(harness, ctx, (await opened(harness, ctx)).id, 'order')).staff?.dueOn, addWorkingDays(today, 10, harness.calendar));
      const refusedCase = await moved(harness, ctx, (await opened(harness, ctx)).id, 'refuse', 'No.');
      assert.equal(refusedCase.staff?.retainUntil, addMonths(dayOf(refusedCase.movedAt), 72));
    },
  },
  {
    id: 'CASE-035', title: 'a resident who answers after days gives the council those working days back', needs: 'clock',
    async run(harness) {
      assert.ok(harness.advanceDays);
      const owner = resident(harness);
      const ctx = officer(harness);
      const { id: caseId, openedAt } = await opened(harness, owner);
      await moved(harness, ctx, caseId, 'ask', 'Where?');
      await harness.advanceDays(14);
      await moved(harness, owner, caseId, 'reply', 'There.');
      const ordered = await moved(harness, ctx, caseId, 'order');
      const whole = addWorkingDays(dayOf(openedAt), 10, harness.calendar);
      const waited = workingDaysWaited(dayOf(openedAt), dayOf(ordered.movedAt), harness);
      assert.equal(ordered.staff?.dueOn, addWorkingDays(whole, waited, harness.calendar));
    },
  },
];

function workingDaysWaited(from: string, to: string, harness: CasesHarness): number {
  for (let count = 0; ; count++) if (addWorkingDays(from, count + 1, harness.calendar) > to) return count;
}
