import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@guildhall/kernel-contract';
import { parseReference } from '../reference';
import { SEE_CASES } from '../permissions';
import { addMonths, addWorkingDays, dayOf } from '../working-days';
import { accepted, assertRefused, assertThrows, keyOf, manager, officer, opened, request, resident, visitor, type CasesHarness } from './harness';

/** Opening, and who sees what. */
export const openingCases: readonly ConformanceCase<CasesHarness>[] = [
  {
    id: 'CASE-001', title: 'opening gives a reference that can be read back, the first state, its sentence, and the address of the status page',
    async run(harness) {
      const view = await opened(harness, officer(harness));
      assert.equal(parseReference(view.reference), view.reference);
      assert.equal(view.state, 'reported');
      assert.equal(view.version, 1);
      assert.match(view.publicText.en, /^We have your report\. We will look at it by \w+day \d/);
      assert.match(view.publicText.cy, /^Mae eich adroddiad gyda ni\. Byddwn yn edrych arno erbyn dydd /);
      assert.match(view.statusPath, new RegExp(`^/status/${view.reference}\\?key=.{20,}$`));
    },
  },
  {
    id: 'CASE-002', title: 'the same key opens one case, also when both requests come at once',
    async run(harness) {
      const ctx = officer(harness);
      const asked = request(harness);
      const [one, other] = await Promise.all([harness.cases.open(ctx, asked), harness.cases.open(ctx, asked)]);
      const again = accepted(await harness.cases.open(ctx, asked));
      assert.equal(accepted(one).reference, accepted(other).reference);
      assert.equal(again.reference, accepted(one).reference);
      assert.equal(again.statusPath, accepted(one).statusPath);
      assert.equal((await harness.cases.list(ctx, {})).items.length, 1);
    },
  },
  {
    id: 'CASE-003', title: 'the same key with another request is a conflict',
    async run(harness) {
      const asked = request(harness);
      accepted(await harness.cases.open(officer(harness), asked));
      await assertThrows(harness.cases.open(officer(harness), { ...asked, summary: 'Something else' }), 'conflict');
    },
  },
  {
    id: 'CASE-004', title: 'a case type that nobody registered is refused',
    async run(harness) { assertRefused(await harness.cases.open(officer(harness), request(harness, { caseType: 'kit.unheard-of' })), 'unknown-case-type'); },
  },
  {
    id: 'CASE-005', title: 'a reference that was given is kept, and refused for a second case',
    async run(harness) {
      const first = await opened(harness, officer(harness));
      const spare = await opened(harness, officer(harness));
      assert.notEqual(first.reference, spare.reference);
      assertRefused(await harness.cases.open(officer(harness), request(harness, { reference: first.reference })), 'reference-taken');
    },
  },
  {
    id: 'CASE-006', title: 'what was sent is kept letter for letter',
    async run(harness) {
      const answers = [{ section: 'A', question: { en: 'Q “quoted”', cy: 'C ŵ ŷ' }, answer: 'O’Brien\n<b>2 & 3</b> 🕳️ \\ " \' %', code: 'q', origin: { how: 'told' as const, by: { en: 'Aldermoor County', cy: 'Sir Aldermoor' }, asAt: '2026-11-01' } }];
      const documents = [harness.newId(), harness.newId()];
      const paymentId = harness.newId();
      const location = { lines: ['Tŷ Gwyn'], note: 'by the bus stop' };
      const view = await opened(harness, officer(harness), { answers, documents, paymentId, location, summary: 'Plain words' });
      const found = await harness.cases.find(officer(harness), { caseId: view.id });
      assert.ok(found);
      assert.deepEqual(JSON.parse(JSON.stringify(found.answers[0])), answers[0]);
      assert.deepEqual(found.documents, documents);
      assert.equal(found.paymentId, paymentId);
      assert.deepEqual({ ...found.location }, location);
      assert.equal(found.summary, 'Plain words');
      assert.deepEqual({ ...found.contact }, { name: 'Olwen Pugh', email: 'Olwen.Pugh@home.example', phone: '07700 900123' });
      assert.equal(found.language, 'cy');
    },
  },
  {
    id: 'CASE-007', title: 'who helped, and on what authority, is kept for staff',
    async run(harness) {
      const adviser = officer(harness, 'Ada Adviser');
      const assisted = { officerId: harness.newId(), officerName: 'Ada Adviser', authority: 'caller-for-themselves' };
      const view = await opened(harness, adviser, { assisted, channel: 'telephone' });
      const found = await harness.cases.find(adviser, { caseId: view.id });
      assert.deepEqual({ ...found?.staff?.assisted }, assisted);
      assert.equal(found?.staff?.channel, 'telephone');
    },
  },
  {
    id: 'CASE-008', title: 'staff without the permission may neither open, nor see, nor change',
    async run(harness) {
      const { id: caseId, reference } = await opened(harness, officer(harness));
      const nobody = officer(harness, 'Nia New', []);
      const idempotencyKey = harness.newId();
      await assertThrows(harness.cases.open(nobody, request(harness)), 'not-allowed');
      await assertThrows(harness.cases.find(nobody, { caseId }), 'not-allowed');
      await assertThrows(harness.cases.find(nobody, { reference }), 'not-allowed');
      await assertThrows(harness.cases.list(nobody, {}), 'not-allowed');
      await assertThrows(harness.cases.count(nobody, {}), 'not-allowed');
      await assertThrows(harness.cases.timeline(nobody, { caseId }), 'not-allowed');
      const reader = officer(harness, 'Rhys Reader', [SEE_CASES.id]);
      await assertThrows(harness.cases.move(reader, { caseId, transition: 'order', idempotencyKey }), 'not-allowed');
      await assertThrows(harness.cases.note(reader, { caseId, text: 'A note', idempotencyKey }), 'not-allowed');
      await assertThrows(harness.cases.tell(reader, { caseId, text: 'An update', idempotencyKey }), 'not-allowed');
      await assertThrows(harness.cases.assign(reader, { caseId, assignee: { officerId: harness.newId(), name: 'Bo' }, idempotencyKey }), 'not-allowed');
      assert.equal((await harness.cases.find(officer(harness), { caseId }))?.version, 1);
    },
  },
  {
    id: 'CASE-009', title: 'a resident sees their own case without what is for staff, and no other is there for them',
    async run(harness) {
      const mine = resident(harness);
      const view = await opened(harness, mine);
      const other = await opened(harness, resident(harness));
      const found = await harness.cases.find(mine, { caseId: view.id });
      assert.equal(found?.reference, view.reference);
      assert.equal(found?.staff, undefined);
      assert.equal(found?.answers.length, 2);
      assert.equal(await harness.cases.find(mine, { caseId: other.id }), undefined);
      assert.equal(await harness.cases.find(mine, { reference: other.reference }), undefined);
      await assertThrows(harness.cases.timeline(mine, { caseId: other.id }), 'not-found');
      assert.deepEqual((await harness.cases.list(mine, {})).items.map(({ id }) => id), [view.id]);
      assert.deepEqual((await harness.cases.list(mine, { text: 'Pugh' })).items.map(({ id }) => id), [view.id]);
      assert.equal((await harness.cases.count(mine, { status: 'any' })).count, 1);
      assertRefused(await harness.cases.write(mine, { caseId: other.id, text: 'Hello', idempotencyKey: harness.newId() }), 'unknown-case');
    },
  },
  {
    id: 'CASE-010', title: 'a resident or visitor opens no case in another’s name',
    async run(harness) {
      await assertThrows(harness.cases.open(resident(harness), request(harness, { openedFor: { personId: harness.newId() } })), 'not-allowed');
      await assertThrows(harness.cases.open(visitor(harness), request(harness, { openedFor: { personId: harness.newId() } })), 'not-allowed');
    },
  },
  {
    id: 'CASE-011', title: 'a case that staff open for somebody is theirs to see',
    async run(harness) {
      const ctx = resident(harness);
      const personId = ctx.actor.kind === 'resident' ? ctx.actor.personId : '';
      const view = await opened(harness, officer(harness), { openedFor: { personId } });
      assert.equal((await harness.cases.find(ctx, { caseId: view.id }))?.reference, view.reference);
    },
  },
  {
    id: 'CASE-012', title: 'the key of a status page shows that case without who it is about, and no other key does',
    async run(harness) {
      const view = await opened(harness, visitor(harness));
      const other = await opened(harness, visitor(harness));
      const found = await harness.cases.find(visitor(harness), { reference: view.reference, statusKey: keyOf(view) });
      assert.equal(found?.reference, view.reference);
      assert.equal(found?.contact, undefined);
      assert.equal(found?.personId, undefined);
      assert.equal(found?.staff, undefined);
      assert.deepEqual(found?.answers.map(({ code }) => code), ['depth']);
      for (const statusKey of [keyOf(other), `${keyOf(view)}x`, keyOf(view).slice(0, -1), '']) assert.equal(await harness.cases.find(visitor(harness), { reference: view.reference, statusKey }), undefined);
      assert.equal(await harness.cases.find(visitor(harness), { reference: view.reference }), undefined);
      assert.equal(await harness.cases.find(visitor(harness), { caseId: view.id }), undefined);
      await assertThrows(harness.cases.timeline(visitor(harness), { reference: view.reference, statusKey: keyOf(other) }), 'not-found');
    },
  },
  {
    id: 'CASE-013', title: 'deadlines are counted in the council’s working days, and data have an end date from the first day',
    async run(harness) {
      const view = await opened(harness, officer(harness));
      const found = await harness.cases.find(officer(harness), { caseId: view.id });
      const today = dayOf(view.openedAt);
      assert.equal(found?.staff?.dueOn, addWorkingDays(today, 2, harness.calendar));
      assert.equal(found?.staff?.retainUntil, addMonths(today, 24));
    },
  },
  {
    id: 'CASE-014', title: 'another council sees nothing of it, under the same ids and the same people', needs: 'two-councils',
    async run(harness) {
      assert.ok(harness.elsewhere);
      const { cases, as } = harness.elsewhere;
      const person = resident(harness);
      const view = await opened(harness, person);
      const there = as(manager(harness).actor);
      assert.equal(await cases.find(there, { caseId: view.id }), undefined);
      assert.equal(await cases.find(there, { reference: view.reference }), undefined);
      assert.equal(await cases.find(as({ kind: 'nobody' }), { reference: view.reference, statusKey: keyOf(view) }), undefined);
      assert.deepEqual((await cases.list(there, { status: 'any' })).items, []);
      assert.deepEqual((await cases.list(as(person.actor), { status: 'any' })).items, []);
      assertRefused(await cases.move(there, { caseId: view.id, transition: 'order', idempotencyKey: harness.newId() }), 'unknown-case');
      assert.equal((await harness.cases.find(manager(harness), { caseId: view.id }))?.version, 1);
    },
  },
];
