import assert from 'node:assert/strict';
import { defineKit, isGuildhallError, type Actor, type ConformanceCase, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { ASK_FOR_RESIDENTS, HANDLE_REQUESTS } from '../permissions';
import type { InformationRightsApi, Right, RightsRequestView } from '../rights-api';

/** Information rights under test, with one person of whom three things are held. @public */
export interface InformationRightsHarness {
  readonly api: InformationRightsApi;
  /** A context of the council's for this actor. */
  as(actor: Actor): RequestContext;
  /** The same at another council, which has none of it. */
  elsewhere(actor: Actor): RequestContext;
  /** Of whom is held, each under this title in English: what can be erased, what the law keeps, and what the council may keep. Nothing of it has to be read by an officer. */
  readonly person: PersonId;
  readonly titles: { readonly erasable: string; readonly lawKeeps: string; readonly mayKeep: string };
  /** Of whom nothing is held. */
  newPerson(): PersonId;
  /** Does what waits to be done. */
  work(): Promise<void>;
  /** Lets days pass. */
  pass(days: number): Promise<void>;
  /** Titles in English of what is still held of the person. */
  held(): Promise<readonly string[]>;
}

const holding = (...permissions: readonly { readonly id: string }[]): Actor => ({ kind: 'system', job: 'kit', permissions: new Set(permissions.map(({ id }) => id)) });
const OFFICER = holding(ASK_FOR_RESIDENTS, HANDLE_REQUESTS);
const NOBODY: Actor = { kind: 'nobody' };
const BASIS = { authority: 'caller-for-themselves', checks: ['called-back'] } as const;
const WORDS = 'Please tell us which years you mean.';
const NO_ID = ['', '..', 'somebody', '01990000-0000-7000-8000-0000000000ff/records'];
const UNKNOWN = '01990000-0000-7000-8000-0000000000ff';

async function throws(action: () => Promise<unknown>, code: string, field?: string): Promise<void> {
  const error: unknown = await action().then(() => undefined, (thrown: unknown) => thrown);
  assert.ok(isGuildhallError(error), `expected ${code}, and ${error === undefined ? 'nothing was thrown' : String(error)}`);
  assert.equal(error.code, code);
  if (field !== undefined) assert.ok(error.fields.some((one) => one.field === field), `expected a mistake at ${field}, not at ${error.fields.map((one) => one.field).join(', ')}`);
}
function reasonOf(outcome: { readonly ok: boolean; readonly refusal?: { readonly reason: string; readonly message: string } }): string | undefined {
  assert.ok(outcome.ok || outcome.refusal?.message, 'a refusal says why');
  return outcome.refusal?.reason;
}
function asks({ api, as, person }: InformationRightsHarness, kind: Right, personId: PersonId = person): Promise<RightsRequestView> { return api.ask(as(OFFICER), { personId, kind, basis: BASIS }); }
/** As it is now. */
function now({ api, as }: InformationRightsHarness, { id }: RightsRequestView) { return api.find(as(OFFICER), id); }
async function toDecide(harness: InformationRightsHarness): Promise<RightsRequestView> {
  const asked = await asks(harness, 'erasure');
  await harness.work();
  return now(harness, asked);
}
/** Erases what can be, and keeps the rest: what the council only may keep, too. */
async function decisions({ api, as }: InformationRightsHarness, { id }: RightsRequestView) {
  return (await api.records(as(OFFICER), id)).map(({ number, proposal }) => ({ number, decision: proposal === 'erase' ? 'erase' as const : 'keep' as const }));
}
const days = (from: Date, until: string): number => Math.round((Date.parse(until) - Date.parse(from.toISOString().slice(0, 10))) / 86_400_000);

const cases: readonly ConformanceCase<InformationRightsHarness>[] = [
  { id: 'INF-001', title: 'asking begins the time, which is a month, and asking again while it is open is the same request', async run(harness) {
    const asked = await asks(harness, 'access');
    assert.deepEqual([asked.kind, asked.personId, asked.askedBy, asked.isExtended, asked.pausedFor, asked.closedAt], ['access', harness.person, 'adviser', false, undefined, undefined]);
    assert.ok(asked.reference.length > 0 && asked.receivedAt instanceof Date);
    assert.ok(days(asked.receivedAt, asked.dueOn) >= 28 && days(asked.receivedAt, asked.dueOn) <= 38, `due after ${days(asked.receivedAt, asked.dueOn)} days`);
    assert.equal((await asks(harness, 'access')).id, asked.id);
    assert.notEqual((await asks(harness, 'erasure')).id, asked.id);
    const { steps } = await now(harness, asked);
    assert.deepEqual(steps.map(({ kind }) => kind), ['asked']);
  } },
  { id: 'INF-002', title: 'only whoever may is answered', async run(harness) {
    const { api, as, person } = harness;
    const { id, version } = await asks(harness, 'erasure');
    for (const [actor, code] of [[NOBODY, 'not-authenticated'], [holding(), 'not-allowed'], [{ kind: 'resident', personId: person, confidence: 'low' }, 'not-allowed']] as const) {
      await throws(() => api.ask(as(actor), { personId: person, kind: 'access', basis: BASIS }), code);
      for (const action of [() => api.requestsOf(as(actor), person), () => api.open(as(actor)), () => api.find(as(actor), id), () => api.records(as(actor), id), () => api.copy(as(actor), id)]) await throws(action, code);
      await throws(() => api.pause(as(actor), id, { version, words: WORDS, reason: 'identity' }), code);
      await throws(() => api.resume(as(actor), id, { version }), code);
      for (const act of ['extend', 'refuse'] as const) await throws(() => api[act](as(actor), id, { version, words: WORDS }), code);
      await throws(() => api.giveCopy(as(actor), id, { version, leaveOut: [] }), code);
      await throws(() => api.decideErasure(as(actor), id, { version, decisions: [] }), code);
    }
    await throws(() => api.find(as(holding(ASK_FOR_RESIDENTS)), id), 'not-allowed');
    await throws(() => api.ask(as(holding(HANDLE_REQUESTS)), { personId: person, kind: 'access', basis: BASIS }), 'not-allowed');
  } },
  { id: 'INF-003', title: 'a copy has everything that is held, once an officer has made sure who asked, and is there for as long as it says', async run(harness) {
    const { api, as, work, pass, titles } = harness;
    const asked = await asks(harness, 'access');
    await work();
    const toRead = await now(harness, asked);
    assert.equal(toRead.state, 'to-read');
    await throws(() => api.copy(as(OFFICER), asked.id), 'not-found');
    const given = await api.giveCopy(as(OFFICER), asked.id, { version: toRead.version, leaveOut: [] });
    assert.ok(given.ok, 'it was not given');
    await work();
    const ready = await now(harness, asked);
    assert.equal(ready.state, 'ready');
    assert.ok(ready.expiresAt && ready.closedAt && ready.expiresAt > ready.closedAt);
    const copy = JSON.stringify(await api.copy(as(OFFICER), asked.id));
    for (const title of Object.values(titles)) assert.ok(copy.includes(title), `${title} is not in the copy`);
    assert.ok(copy.includes(asked.reference) && copy.includes(harness.person));
    assert.equal(reasonOf(await api.giveCopy(as(OFFICER), asked.id, { version: ready.version, leaveOut: [] })), 'not-to-read');
    await pass(400);
    await throws(() => api.copy(as(OFFICER), asked.id), 'not-found');
  } },
  { id: 'INF-004', title: 'what is held is listed for erasure with what is proposed, and what is kept with the law in both languages', async run(harness) {
    const request = await toDecide(harness);
    assert.equal(request.state, 'to-decide');
    const records = await harness.api.records(harness.as(OFFICER), request.id);
    const one = (title: string) => { const found = records.filter((record) => record.title.en === title); assert.equal(found.length, 1, `${title} stands there ${found.length} times`); return found[0]; };
    assert.equal(one(harness.titles.erasable)?.proposal, 'erase');
    for (const [title, mustKeep] of [[harness.titles.lawKeeps, true], [harness.titles.mayKeep, false]] as const) {
      const record = one(title);
      assert.deepEqual([record?.proposal, record?.mustKeep], ['keep', mustKeep]);
      assert.ok(record?.because?.en && record.because.cy, 'it does not say by which law');
    }
    assert.equal(new Set(records.map(({ number }) => number)).size, records.length);
    assert.ok(records.every(({ title, since, source, outcome }) => title.en && title.cy && since instanceof Date && source && outcome === undefined));
  } },
  { id: 'INF-005', title: 'nothing is decided while a record has no decision, is erased against the law, or is kept without a reason', async run(harness) {
    const { api, as, titles } = harness;
    const { id, version, ...request } = await toDecide(harness);
    const all = await decisions(harness, { id, version, ...request });
    const numberOf = async (title: string) => (await api.records(as(OFFICER), id)).find((record) => record.title.en === title)?.number;
    const [erasable, lawKeeps] = [await numberOf(titles.erasable), await numberOf(titles.lawKeeps)];
    await throws(() => api.decideErasure(as(OFFICER), id, { version, decisions: all.filter(({ number }) => number !== erasable) }), 'invalid-input', `item-${erasable}`);
    await throws(() => api.decideErasure(as(OFFICER), id, { version, decisions: all.map((one) => (one.number === lawKeeps ? { ...one, decision: 'erase' } : one)) }), 'invalid-input', `item-${lawKeeps}`);
    for (const because of [undefined, '', '  ']) await throws(() => api.decideErasure(as(OFFICER), id, { version, decisions: all.map((one) => (one.number === erasable ? { ...one, decision: 'keep', ...(because !== undefined && { because }) } : one)) }), 'invalid-input', `because-${erasable}`);
    await harness.work();
    assert.equal((await now(harness, { id, version, ...request })).state, 'to-decide');
    assert.ok((await harness.held()).includes(titles.erasable));
  } },
  { id: 'INF-006', title: 'what was decided is carried out, and nothing else: each record says what became of it', async run(harness) {
    const { api, as, titles } = harness;
    const request = await toDecide(harness);
    const decided = await api.decideErasure(as(OFFICER), request.id, { version: request.version, decisions: await decisions(harness, request) });
    assert.ok(decided.ok, 'it was not decided');
    assert.equal(decided.value.state, 'erasing');
    await harness.work();
    const done = await now(harness, request);
    assert.deepEqual([done.state, done.steps.map(({ kind }) => kind)], ['erased', ['asked', 'decided', 'erased']]);
    const held = await harness.held();
    assert.deepEqual([titles.erasable, titles.lawKeeps, titles.mayKeep].map((title) => held.includes(title)), [false, true, true]);
    const outcomes = new Map((await api.records(as(OFFICER), request.id)).map(({ title, outcome }) => [title.en, outcome]));
    assert.deepEqual([outcomes.get(titles.erasable), outcomes.get(titles.lawKeeps), outcomes.get(titles.mayKeep)], ['erased', 'kept', 'kept']);
  } },
  { id: 'INF-007', title: 'what somebody else has changed meanwhile is not changed over, and nothing is decided twice', async run(harness) {
    const { api, as } = harness;
    const request = await toDecide(harness);
    const all = await decisions(harness, request);
    assert.equal(reasonOf(await api.decideErasure(as(OFFICER), request.id, { version: request.version + 1, decisions: all })), 'changed-meanwhile');
    assert.equal(reasonOf(await api.extend(as(OFFICER), request.id, { version: request.version + 1, words: WORDS })), 'changed-meanwhile');
    const decided = await api.decideErasure(as(OFFICER), request.id, { version: request.version, decisions: all });
    assert.ok(decided.ok);
    assert.equal(reasonOf(await api.decideErasure(as(OFFICER), request.id, { version: decided.value.version, decisions: all })), 'not-to-decide');
  } },
  { id: 'INF-008', title: 'the time stands still from the day of a question to the day of its answer, and nothing is decided meanwhile', async run(harness) {
    const { api, as } = harness;
    const request = await toDecide(harness);
    const paused = await api.pause(as(OFFICER), request.id, { version: request.version, words: WORDS, reason: 'clarification' });
    assert.ok(paused.ok, 'it was not paused');
    assert.equal(paused.value.pausedFor, 'clarification');
    const { version } = paused.value;
    assert.equal(reasonOf(await api.pause(as(OFFICER), request.id, { version, words: WORDS, reason: 'identity' })), 'is-paused');
    assert.equal(reasonOf(await api.decideErasure(as(OFFICER), request.id, { version, decisions: await decisions(harness, request) })), 'is-paused');
    await harness.pass(7);
    const resumed = await api.resume(as(OFFICER), request.id, { version });
    assert.ok(resumed.ok, 'it did not go on');
    assert.equal(resumed.value.pausedFor, undefined);
    const moved = days(request.receivedAt, resumed.value.dueOn) - days(request.receivedAt, request.dueOn);
    assert.ok(moved >= 4 && moved <= 12, `it moved by ${moved} days`);
    assert.equal(reasonOf(await api.resume(as(OFFICER), request.id, { version: resumed.value.version })), 'not-paused');
    assert.deepEqual((await now(harness, request)).steps.map(({ kind, words }) => [kind, words]), [['asked', undefined], ['paused-clarification', WORDS], ['resumed', undefined]]);
  } },
  { id: 'INF-009', title: 'it is extended by two months, once, and only within the first one', async run(harness) {
    const { api, as } = harness;
    const request = await toDecide(harness);
    const extended = await api.extend(as(OFFICER), request.id, { version: request.version, words: WORDS });
    assert.ok(extended.ok && extended.value.isExtended);
    const more = days(request.receivedAt, extended.value.dueOn) - days(request.receivedAt, request.dueOn);
    assert.ok(more >= 55 && more <= 70, `${more} days more`);
    assert.equal(reasonOf(await api.extend(as(OFFICER), request.id, { version: extended.value.version, words: WORDS })), 'is-extended');
    const late = await asks(harness, 'erasure', harness.newPerson());
    await harness.work();
    await harness.pass(50);
    assert.equal(reasonOf(await api.extend(as(OFFICER), late.id, { version: (await now(harness, late)).version, words: WORDS })), 'too-late');
  } },
  { id: 'INF-010', title: 'a refusal closes it with its reasons; asked anew it is another request', async run(harness) {
    const { api, as } = harness;
    const request = await toDecide(harness);
    const refused = await api.refuse(as(OFFICER), request.id, { version: request.version, words: WORDS });
    assert.ok(refused.ok);
    assert.deepEqual([refused.value.state, refused.value.closedAt instanceof Date], ['refused', true]);
    assert.deepEqual((await now(harness, request)).steps.at(-1)?.words, WORDS);
    const { version } = refused.value;
    assert.equal(reasonOf(await api.refuse(as(OFFICER), request.id, { version, words: WORDS })), 'closed');
    assert.equal(reasonOf(await api.decideErasure(as(OFFICER), request.id, { version, decisions: [] })), 'not-to-decide');
    assert.notEqual((await asks(harness, 'erasure')).id, request.id);
  } },
  { id: 'INF-011', title: 'what cannot be is refused with the field that is wrong, and nothing is changed', async run(harness) {
    const { api, as, person } = harness;
    const request = await toDecide(harness);
    const said = { version: request.version, words: WORDS };
    for (const words of ['', ' ', 'x'.repeat(2001)]) {
      await throws(() => api.pause(as(OFFICER), request.id, { ...said, words, reason: 'identity' }), 'invalid-input', 'words');
      for (const act of ['extend', 'refuse'] as const) await throws(() => api[act](as(OFFICER), request.id, { ...said, words }), 'invalid-input', 'words');
    }
    await throws(() => api.pause(as(OFFICER), request.id, { ...said, reason: 'bored' as 'identity' }), 'invalid-input', 'reason');
    await throws(() => api.ask(as(OFFICER), { personId: person, kind: 'everything' as 'access', basis: BASIS }), 'invalid-input', 'kind');
    await throws(() => api.ask(as(OFFICER), { personId: 'somebody', kind: 'access', basis: BASIS }), 'invalid-input', 'personId');
    await throws(() => api.ask(as(OFFICER), { personId: person, kind: 'access', basis: { authority: 'because' as 'power-of-attorney', checks: [] } }), 'invalid-input', 'basis.authority');
    for (const after of ['x', '2026-01-01', '2026-01-01_x']) await throws(() => api.open(as(OFFICER), { after }), 'invalid-input', 'after');
    assert.equal((await now(harness, request)).version, request.version);
  } },
  { id: 'INF-012', title: 'what is not there is not found, whatever is wanted of it', async run({ api, as, newPerson }) {
    const said = { version: 1, words: WORDS };
    for (const id of [...NO_ID, UNKNOWN]) {
      for (const action of [() => api.find(as(OFFICER), id), () => api.records(as(OFFICER), id), () => api.copy(as(OFFICER), id), () => api.resume(as(OFFICER), id, { version: 1 }), () => api.extend(as(OFFICER), id, said), () => api.refuse(as(OFFICER), id, said),
        () => api.pause(as(OFFICER), id, { ...said, reason: 'identity' }), () => api.giveCopy(as(OFFICER), id, { version: 1, leaveOut: [] }), () => api.decideErasure(as(OFFICER), id, { version: 1, decisions: [] })]) await throws(action, 'not-found');
    }
    for (const id of NO_ID) await throws(() => api.requestsOf(as(OFFICER), id), 'not-found');
    assert.deepEqual(await api.requestsOf(as(OFFICER), newPerson()), []);
  } },
  { id: 'INF-013', title: 'those that are open are listed page by page, the soonest due first, and no closed one', async run(harness) {
    const { api, as } = harness;
    const asked: RightsRequestView[] = [];
    for (let count = 0; count < 52; count++) {
      if (count === 26) await harness.pass(3);
      asked.push(await asks(harness, 'access', harness.newPerson()));
    }
    const [closed] = asked;
    assert.ok(closed);
    assert.ok((await api.refuse(as(OFFICER), closed.id, { version: (await now(harness, closed)).version, words: WORDS })).ok);
    const listed: RightsRequestView[] = [];
    for (let after: string | undefined, isMore = true; isMore;) {
      const { requests, next } = await api.open(as(OFFICER), { ...(after !== undefined && { after }) });
      listed.push(...requests);
      after = next;
      isMore = next !== undefined;
    }
    const ids = listed.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { id } of asked.slice(1)) assert.ok(ids.includes(id), 'one is missing');
    assert.ok(!ids.includes(closed.id));
    assert.ok(listed.every(({ dueOn }, at) => at === 0 || dueOn >= (listed[at - 1]?.dueOn ?? '')));
    assert.deepEqual((await api.requestsOf(as(OFFICER), closed.personId)).map(({ id, state }) => [id, state]), [[closed.id, 'refused']]);
  } },
  { id: 'INF-014', title: 'another council has nothing of it', async run(harness) {
    const { api, elsewhere, person } = harness;
    const { id, version } = await toDecide(harness);
    for (const action of [() => api.find(elsewhere(OFFICER), id), () => api.records(elsewhere(OFFICER), id), () => api.refuse(elsewhere(OFFICER), id, { version, words: WORDS })]) await throws(action, 'not-found');
    assert.deepEqual(await api.requestsOf(elsewhere(OFFICER), person), []);
    assert.ok((await api.open(elsewhere(OFFICER))).requests.every((one) => one.id !== id));
  } },
];

/** The rules of information rights, for the module and its HTTP client. @public */
export const informationRightsKit = defineKit<InformationRightsHarness>({ id: 'information-rights', contract: '@guildhall/information-rights-contract', version: '0.1.0', cases });
