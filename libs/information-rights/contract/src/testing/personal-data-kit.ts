import assert from 'node:assert/strict';
import { defineKit, isGuildhallError, type Actor, type ConformanceCase, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA } from '../permissions';
import type { PersonalData, PersonalRecord } from '../personal-data';

/** A source of what is held about people, under test. Whatever one opens for a case, the people are new, or what is held of them is as it was. @public */
export interface PersonalDataHarness {
  readonly source: PersonalData;
  /** The module's id, with which that of the source begins. */
  readonly module: string;
  /** A context of the council's for this actor; and at another council, which holds nothing of these people. */
  as(actor: Actor): RequestContext;
  elsewhere(actor: Actor): RequestContext;
  /** Two people of whom things are held. */
  readonly person: PersonId;
  readonly another: PersonId;
  /** Words that stand in what is held of the one alone, and of the other alone: their name, what they wrote; not references, which may stand in titles. None where nothing of the kind is held. */
  readonly words: { readonly person: readonly string[]; readonly another: readonly string[] };
  /** Of whom nothing is held. */
  readonly stranger: PersonId;
}

const holding = (...permissions: readonly { readonly id: string }[]): Actor => ({ kind: 'system', job: 'kit', permissions: new Set(permissions.map(({ id }) => id)) });
const JOB = holding(READ_PERSONAL_DATA, ERASE_PERSONAL_DATA);

async function read({ source, as }: PersonalDataHarness, personId: PersonId, ctx = as(JOB)): Promise<readonly PersonalRecord[]> {
  const records: PersonalRecord[] = [];
  for await (const record of source.read(ctx, personId)) records.push(record);
  return records;
}
async function throws(action: () => Promise<unknown>, code: string): Promise<void> {
  const error: unknown = await action().then(() => undefined, (thrown: unknown) => thrown);
  assert.ok(isGuildhallError(error), `expected ${code}, and ${error === undefined ? 'nothing was thrown' : String(error)}`);
  assert.equal(error.code, code);
}
const idsOf = (records: readonly PersonalRecord[]): readonly string[] => records.map(({ id }) => id).toSorted();
/** Erases what may be, in the order in which erasures are carried out: the last of a copy first. */
async function eraseAll(harness: PersonalDataHarness, personId: PersonId): Promise<void> {
  for (const { id, onErasure } of (await read(harness, personId)).toReversed()) if (onErasure.does === 'erase') assert.equal(await harness.source.erase(harness.as(JOB), personId, id), true, `${id} was to be erased, and was not`);
}

const cases: readonly ConformanceCase<PersonalDataHarness>[] = [
  { id: 'PDA-001', title: 'only whoever may reads and erases: no resident, no officer without the permission, nobody', async run(harness) {
    const { source, as, person } = harness;
    const [first] = await read(harness, person);
    assert.ok(first, 'nothing is held of the person: the harness must hold something');
    for (const [actor, code] of [[{ kind: 'nobody' }, 'not-authenticated'], [holding(), 'not-allowed'], [{ kind: 'resident', personId: person, confidence: 'low' }, 'not-allowed']] as const) {
      await throws(() => read(harness, person, as(actor)), code);
      await throws(() => source.erase(as(actor), person, first.id), code);
    }
    await throws(() => source.erase(as(holding(READ_PERSONAL_DATA)), person, first.id), 'not-allowed');
    await throws(() => read(harness, person, as(holding(ERASE_PERSONAL_DATA))), 'not-allowed');
    assert.ok(idsOf(await read(harness, person)).includes(first.id));
  } },
  { id: 'PDA-002', title: 'the source and each record say what they are in both languages, where it came from and since when, and are the same each time', async run(harness) {
    const { source, module, person } = harness;
    assert.ok(source.id.startsWith(`${module}.`), `${source.id} does not begin with ${module}.`);
    assert.ok(source.title.en && source.title.cy && Number.isFinite(source.order));
    const records = await read(harness, person);
    assert.equal(new Set(idsOf(records)).size, records.length, 'an id is there twice');
    for (const { id, title, source: from, since, facts, data } of records) {
      assert.ok(id && title.en && title.cy && from.en && from.cy, `${id} lacks words in one of the languages`);
      assert.ok(since instanceof Date && !Number.isNaN(since.getTime()), `${id} does not say since when`);
      for (const { label, value } of facts) assert.ok(label.en && label.cy && value !== undefined && value !== null, `a fact of ${id} is empty`);
      assert.ok(Object.keys(JSON.parse(JSON.stringify(data)) as object).length > 0, `${id} has nothing for machines`);
    }
    assert.deepEqual(idsOf(await read(harness, person)), idsOf(records));
  } },
  { id: 'PDA-003', title: 'what is held of somebody is there, for people and for machines, and nothing of anybody else', async run(harness) {
    const { person, another, words } = harness;
    for (const [whose, theirs, others] of [[person, words.person, words.another], [another, words.another, words.person]] as const) {
      const text = JSON.stringify(await read(harness, whose));
      for (const word of theirs) assert.ok(text.includes(word), `"${word}" is held and not in the copy`);
      for (const word of [...others, whose === person ? another : person]) assert.ok(!text.includes(word), `"${word}" is somebody else’s`);
    }
  } },
  { id: 'PDA-004', title: 'of who is not known there is nothing, and another council has nothing of anybody', async run(harness) {
    assert.deepEqual(await read(harness, harness.stranger), []);
    assert.deepEqual(await read(harness, harness.person, harness.elsewhere(JOB)), []);
  } },
  { id: 'PDA-005', title: 'a title and the reason to keep say nothing about the person: they stay when the record is gone', async run(harness) {
    for (const { title, onErasure } of await read(harness, harness.person)) {
      const said = JSON.stringify([title, onErasure]);
      for (const word of [...harness.words.person, harness.person]) assert.ok(!said.includes(word), `"${word}" stands in ${said}`);
    }
  } },
  { id: 'PDA-006', title: 'what is kept names the law in both languages, and what must be kept cannot be erased', async run(harness) {
    const { source, as, person } = harness;
    for (const { id, onErasure } of await read(harness, person)) {
      if (onErasure.does !== 'keep') continue;
      assert.ok(onErasure.because.en && onErasure.because.cy, `${id} is kept without a reason`);
      assert.ok(onErasure.until === undefined || /^\d{4}-\d\d-\d\d$/.test(onErasure.until), `${id} is kept until ${String(onErasure.until)}`);
      if (!onErasure.mustKeep) continue;
      assert.equal(await source.erase(as(JOB), person, id), false, `${id} must be kept, and erasing it says that it is gone`);
      assert.ok(idsOf(await read(harness, person)).includes(id), `${id} must be kept, and is gone`);
    }
  } },
  { id: 'PDA-007', title: 'what may be erased is gone after it, word by word, and only that', async run(harness) {
    const { person, another } = harness;
    const [before, others] = [await read(harness, person), JSON.stringify(await read(harness, another))];
    await eraseAll(harness, person);
    const kept = before.filter(({ onErasure }) => onErasure.does === 'keep');
    const after = await read(harness, person);
    for (const { id } of after) assert.ok(kept.some((one) => one.id === id) || !before.some((one) => one.id === id), `${id} was erased and is still there`);
    assert.equal(after.length, kept.length, 'something that was to be kept is gone');
    const [said, left] = [JSON.stringify(before.filter(({ onErasure }) => onErasure.does === 'erase')), JSON.stringify(after)];
    for (const word of harness.words.person) if (said.includes(word) && !JSON.stringify(kept).includes(word)) assert.ok(!left.includes(word), `"${word}" was erased and is still there`);
    assert.equal(JSON.stringify(await read(harness, another)), others, 'somebody else’s has changed');
  } },
  { id: 'PDA-008', title: 'erasing again, what is not there, or what is somebody else’s, changes nothing', async run(harness) {
    const { source, as, elsewhere, person, another } = harness;
    const [mine, theirs] = [await read(harness, person), await read(harness, another)];
    for (const { id } of theirs) if (!mine.some((one) => one.id === id)) await source.erase(as(JOB), person, id);
    for (const id of ['', 'x', '../..', 'nothing/01990000-0000-7000-8000-0000000000ff', `${mine[0]?.id.split('/')[0] ?? ''}/01990000-0000-7000-8000-0000000000ff`, `${mine[0]?.id.split('/')[0] ?? ''}/x`]) if (!mine.some((one) => one.id === id)) await source.erase(as(JOB), person, id);
    for (const { id } of mine) await source.erase(elsewhere(JOB), person, id);
    assert.deepEqual(await read(harness, another), theirs);
    assert.deepEqual(idsOf(await read(harness, person)), idsOf(mine));
    await eraseAll(harness, person);
    const after = await read(harness, person);
    for (const { id, onErasure } of mine) if (onErasure.does === 'erase') await source.erase(as(JOB), person, id);
    assert.deepEqual(idsOf(await read(harness, person)), idsOf(after));
  } },
];

/** The rules of what a module says it holds about people, for every module that registers a {@link PersonalData}. @public */
export const personalDataKit = defineKit<PersonalDataHarness>({ id: 'information-rights.personal-data', contract: '@guildhall/information-rights-contract', version: '0.1.0', cases });
