import assert from 'node:assert/strict';
import { defineKit, isGuildhallError, type Actor, type ConformanceCase, type Outcome, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import type { AttributeId } from '../agreeing/vocabulary';
import type { ChoiceState } from '../choosing/choice';
import { ACT_ON_SHARING, ASK_OTHERS, READ_AGREEMENTS } from '../permissions';
import type { AskOtherRefusal, QuestionToOther, SharingApi, ToldByOther } from '../sharing-api';

/** Sharing under test: one opt-in agreement in force, one person whom the holder knows and who has chosen nothing yet. @public */
export interface SharingHarness {
  readonly api: SharingApi;
  /** A context of the council's for this actor. */
  as(actor: Actor): RequestContext;
  /** The same at another council, which has none of it. */
  elsewhere(actor: Actor): RequestContext;
  readonly person: PersonId;
  /** Who is known to nobody else. */
  readonly stranger: PersonId;
  readonly agreement: string;
  readonly holder: string;
  /** One that the agreement has, whose value the holder knows; and one that it has not. */
  readonly agreed: AttributeId;
  readonly notAgreed: AttributeId;
  /** The person says yes or no, a second later than whatever was before. */
  choose(state: ChoiceState): Promise<void>;
  /** From now on the holder answers, or does not. */
  reach(isReachable: boolean): Promise<void>;
}

const holding = (...permissions: readonly { readonly id: string }[]): Actor => ({ kind: 'system', job: 'kit', permissions: new Set(permissions.map(({ id }) => id)) });
const resident = (personId: PersonId): Actor => ({ kind: 'resident', personId, confidence: 'low' });
const NOBODY: Actor = { kind: 'nobody' };

function questionOf({ agreement, holder, person, agreed }: SharingHarness, changes: Partial<QuestionToOther> = {}): QuestionToOther {
  return { agreement, holder, person, attributes: [agreed], because: 'An application', service: 'garden-waste', network: 'internet', device: 'server', ...changes };
}
function asks(harness: SharingHarness, changes: Partial<QuestionToOther> = {}): Promise<Outcome<ToldByOther, AskOtherRefusal>> { return harness.api.ask(harness.as(holding(ASK_OTHERS)), questionOf(harness, changes)); }

async function throws(action: () => Promise<unknown>, code: string, field?: string): Promise<void> {
  const error: unknown = await action().then(() => undefined, (thrown: unknown) => thrown);
  assert.ok(isGuildhallError(error), `expected ${code}, and ${error === undefined ? 'nothing was thrown' : String(error)}`);
  assert.equal(error.code, code);
  if (field !== undefined) assert.ok(error.fields.some((one) => one.field === field), `expected a mistake at ${field}`);
}
function refusedBecause(outcome: Outcome<ToldByOther, AskOtherRefusal>, reason: AskOtherRefusal['reason'], check?: string): void {
  assert.ok(!outcome.ok, 'it was told');
  assert.equal(outcome.refusal.reason, reason);
  assert.ok(outcome.refusal.message.length > 0);
  if (check !== undefined) assert.ok(outcome.refusal.decision?.reasons.some(({ id, pass }) => id === check && !pass), `the decision does not name ${check}`);
}

const cases: readonly ConformanceCase<SharingHarness>[] = [
  { id: 'SHA-001', title: 'an agreement in force is listed with its sentence in both languages, what it is for, and what it lets be asked', async run(harness) {
    const agreements = await harness.api.agreements(harness.as(holding(READ_AGREEMENTS)));
    const one = agreements.find(({ id }) => id === harness.agreement);
    assert.ok(one, 'it is not listed');
    assert.ok(one.sentence.en && one.sentence.cy && one.name.en && one.name.cy && one.purpose && one.version >= 1);
    assert.ok(one.attributes.includes(harness.agreed) && !one.attributes.includes(harness.notAgreed));
    assert.ok(one.holders.includes(harness.holder) && one.receivers.length > 0);
    assert.equal(one.choice, 'opt-in');
    assert.match(one.until, /^\d{4}-\d{2}-\d{2}$/);
  } },
  { id: 'SHA-002', title: 'only whoever may is answered', async run({ api, as, person, stranger, ...rest }) {
    const harness = { api, as, person, stranger, ...rest };
    for (const [actor, code] of [[NOBODY, 'not-authenticated'], [holding(), 'not-allowed'], [resident(stranger), 'not-allowed']] as const) {
      await throws(() => api.agreements(as(actor)), code);
      await throws(() => api.ask(as(actor), questionOf(harness)), code);
      await throws(() => api.trail(as(actor), person), code);
      await throws(() => api.choices(as(actor), person), code);
    }
  } },
  { id: 'SHA-003', title: 'nothing is told before the person has said yes, and the decision says so', async run(harness) {
    refusedBecause(await asks(harness), 'refused', 'choice');
  } },
  { id: 'SHA-004', title: 'after a yes what is asked for is told, and nothing else; after a no it is not', async run(harness) {
    await harness.choose('given');
    const told = await asks(harness);
    assert.ok(told.ok, told.ok ? '' : told.refusal.message);
    assert.ok(told.value.decision.allow && told.value.exchange.length > 0);
    assert.deepEqual(told.value.evidence.map(({ attribute }) => attribute), [harness.agreed]);
    await harness.choose('withdrawn');
    refusedBecause(await asks(harness), 'refused', 'choice');
  } },
  { id: 'SHA-005', title: 'what the agreement does not have is refused, and all of the question with it', async run(harness) {
    await harness.choose('given');
    refusedBecause(await asks(harness, { attributes: [harness.agreed, harness.notAgreed] }), 'refused', 'attributes');
    refusedBecause(await asks(harness, { agreement: 'no-such-agreement' }), 'refused', 'agreement');
  } },
  { id: 'SHA-006', title: 'about somebody whom the other body does not know nothing is asked', async run(harness) {
    refusedBecause(await asks(harness, { person: harness.stranger }), 'not-linked');
    refusedBecause(await asks(harness, { holder: 'no-such-body' }), 'not-linked');
  } },
  { id: 'SHA-007', title: 'a body that does not answer is "unreachable", never "nothing known", and is asked again', async run(harness) {
    await harness.choose('given');
    await harness.reach(false);
    refusedBecause(await asks(harness), 'unreachable');
    await harness.reach(true);
    assert.ok((await asks(harness)).ok);
  } },
  { id: 'SHA-008', title: 'a question that cannot be one is refused with the field that is wrong, and nothing is asked', async run(harness) {
    await harness.choose('given');
    const before = (await harness.api.trail(harness.as(resident(harness.person)), harness.person)).items.length;
    for (const [field, changes] of [['attributes', { attributes: [] }], ['because', { because: '' }], ['agreement', { agreement: 'Two Words' }], ['person', { person: '' }], ['holder', { holder: '..' }], ['network', { network: 'pigeon' as 'internet' }]] as const) await throws(() => asks(harness, changes), 'invalid-input', field);
    assert.equal((await harness.api.trail(harness.as(resident(harness.person)), harness.person)).items.length, before);
  } },
  { id: 'SHA-009', title: 'the trail has what was asked, told, refused and chosen, the newest first, without a value', async run(harness) {
    await asks(harness);
    await harness.choose('given');
    const told = await asks(harness);
    const { items } = await harness.api.trail(harness.as(holding(ACT_ON_SHARING)), harness.person);
    assert.deepEqual(items.slice(0, 3).map(({ kind, isTold, agreement }) => [kind, isTold, agreement]), [['asked', true, harness.agreement], ['choice-given', undefined, harness.agreement], ['asked', false, harness.agreement]]);
    assert.deepEqual([items[0]?.peer, items[0]?.attributes, items[0]?.failed], [harness.holder, [harness.agreed], []]);
    assert.ok(items[2]?.failed.includes('choice') && items[0]?.at instanceof Date);
    assert.ok(items.every(({ index }, at) => at === 0 || index < (items[at - 1]?.index ?? 0)));
    assert.ok(told.ok);
    for (const { value } of told.value.evidence) if (typeof value !== 'boolean') for (const word of typeof value === 'string' ? [value] : [...value.lines, value.postcode]) assert.ok(!JSON.stringify(items).includes(word));
  } },
  { id: 'SHA-010', title: 'a trail is read page by page, and only from a place that is one', async run(harness) {
    await harness.choose('given');
    for (let count = 0; count < 30; count++) await asks(harness, { attributes: [harness.notAgreed] });
    const ctx = harness.as(resident(harness.person));
    const first = await harness.api.trail(ctx, harness.person);
    assert.ok(first.next, 'there is no next page');
    const second = await harness.api.trail(ctx, harness.person, { before: first.next });
    const indexes = [...first.items, ...second.items].map(({ index }) => index);
    assert.equal(new Set(indexes).size, indexes.length);
    assert.ok(indexes.length >= 31 && second.next === undefined);
    for (const before of ['x', '-1', '1 or 1=1', '9'.repeat(40)]) await throws(() => harness.api.trail(ctx, harness.person, { before }), 'invalid-input', 'before');
  } },
  { id: 'SHA-011', title: 'a person’s choices say of each agreement in force whether it may be shared, and what they said when', async run(harness) {
    const ctx = harness.as(resident(harness.person));
    const one = async () => (await harness.api.choices(ctx, harness.person)).find(({ agreement }) => agreement === harness.agreement);
    assert.deepEqual(await one(), { agreement: harness.agreement, mode: 'opt-in', isOn: false });
    await harness.choose('given');
    const given = await one();
    assert.deepEqual([given?.isOn, given?.state], [true, 'given']);
    assert.ok(given?.at instanceof Date);
    await harness.choose('withdrawn');
    const withdrawn = await one();
    assert.deepEqual([withdrawn?.isOn, withdrawn?.state], [false, 'withdrawn']);
  } },
  { id: 'SHA-012', title: 'what is no id of a person is nobody, and of who is not known there is nothing', async run({ api, as, stranger }) {
    const ctx = as(holding(ACT_ON_SHARING));
    for (const id of ['', '..', 'somebody', `${stranger}/trail`]) {
      await throws(() => api.trail(ctx, id), 'not-found');
      await throws(() => api.choices(ctx, id), 'not-found');
    }
    assert.deepEqual(await api.trail(ctx, stranger), { items: [] });
    assert.ok((await api.choices(ctx, stranger)).every(({ isOn, state }) => !isOn && state === undefined));
  } },
  { id: 'SHA-013', title: 'another council has nothing of it', async run(harness) {
    await harness.choose('given');
    await asks(harness);
    const { api, elsewhere, person, agreement } = harness;
    assert.deepEqual(await api.agreements(elsewhere(holding(READ_AGREEMENTS))), []);
    assert.deepEqual(await api.trail(elsewhere(holding(ACT_ON_SHARING)), person), { items: [] });
    assert.deepEqual(await api.choices(elsewhere(holding(ACT_ON_SHARING)), person), []);
    const asked = await api.ask(elsewhere(holding(ASK_OTHERS)), questionOf(harness));
    assert.ok(!asked.ok, `${agreement} was asked by`);
  } },
];

/** The rules of sharing, for the module, its HTTP client and the fake. @public */
export const sharingKit = defineKit<SharingHarness>({ id: 'sharing', contract: '@guildhall/sharing-contract', version: '0.1.0', cases });
