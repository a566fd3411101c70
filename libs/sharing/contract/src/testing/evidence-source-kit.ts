import assert from 'node:assert/strict';
import { defineKit, isGuildhallError, type ConformanceCase } from '@guildhall/kernel-contract';
import { testContext, type RecordedLog } from '@guildhall/kernel-contract/testing';
import { STARTER_ATTRIBUTES } from '../agreeing/starter-vocabulary';
import { valueFault, type AttributeId } from '../agreeing/vocabulary';
import type { EvidenceSource } from '../asking/evidence-source';
import type { Evidence } from '../asking/exchange';
import type { QualityReport, RowsPreviewed } from '../asking/quality-report';
import { isDate } from '../read-document';
import type { PersonFound, PersonKeys } from '../linking/person-keys';
import { DOUBLE, HALF_KNOWN, KNOWN_ATTRIBUTES, MANY, MISFIT, NAMESAKES, WELL_KNOWN, type KnownPerson } from './known-people';

/**
 * A source under test, which knows the people of this kit: `WELL_KNOWN`, `HALF_KNOWN`, `NAMESAKES` and `MANY`, and with the ability `raw` also `MISFIT` and `DOUBLE`.
 * Other abilities: `find` when people can be found in it by their name, date of birth and address, `report` when it has a report and a preview of all its rows, `test-person` when it tells of one person at a time, `WELL_KNOWN` is its test person, and nobody was read before; `far-end` when it can be made not to answer, `contents` when it can be seen that nothing was changed.
 * @public
 */
export interface EvidenceSourceHarness {
  readonly source: EvidenceSource;
  /** What the source logs. */
  readonly log: Pick<RecordedLog, 'lines'>;
  /** From now on what it reads from does not answer. Needs `far-end`. */
  breakFarEnd?(): Promise<void> | void;
  /** It answers again. Needs `far-end`. */
  mendFarEnd?(): Promise<void> | void;
  /** All that is kept where it reads from. Needs `contents`. */
  contents?(): Promise<unknown>;
}

/** Names that nobody has: SQL, patterns, paths, signs of many languages, what is very long, and what is nearly somebody's. @public */
export const HOSTILE_LOCAL_IDS: readonly string[] = [
  '', ' ', '0', "' or '1'='1", "CT-1001' --", "CT-1001'; drop table account; --", 'CT-1001; delete from account', '$1', '%', 'CT-100_', '.*', '*', '../../etc/passwd', '{"$ne":null}', '"CT-1001"', '=CT-1001',
  '\0', 'CT-1001\0', '\0CT-1001', 'CT-1001\n', '\ufeffCT-1001', 'CT-1001 ', ' CT-1001', 'ct-1001', 'CT-1001,CT-1002', 'CT\u20111001', 'ＣＴ-1001', '\ud800', '🏡'.repeat(10), '\u202eCT-1001', 'x'.repeat(100_000), 'CT-1001'.repeat(500),
  '__proto__', 'constructor', 'toString', 'null', 'undefined', 'NaN', '9'.repeat(40), '-1', '1e3', '00000000-0000-0000-0000-000000000000',
];

const ctx = testContext();
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const inOrder = (evidence: readonly Evidence[]): readonly Evidence[] => [...evidence].sort((a, b) => (a.attribute < b.attribute ? -1 : 1));
const readAll = (source: EvidenceSource, localId: string, attributes: readonly AttributeId[] = KNOWN_ATTRIBUTES): Promise<readonly Evidence[]> => source.read(ctx, localId, attributes);

async function isTold(source: EvidenceSource, { localId, evidence }: KnownPerson): Promise<void> { assert.deepEqual(inOrder(await readAll(source, localId)), inOrder(evidence)); }

/** The keys of `WELL_KNOWN`, as somebody else would write them. */
const KEYS: PersonKeys = { name: ' SIÂN "Nan"  O\'Brien, née Llŷr', dateOfBirth: '1951-02-28', postcode: 'zz991ab', uprn: '990000012345' };
async function found(source: EvidenceSource, changes: Partial<PersonKeys> = {}): Promise<PersonFound> {
  assert.ok(source.find, 'people can be found in it, and it has no find');
  return source.find(ctx, { ...KEYS, ...changes });
}

async function reportsOf(source: EvidenceSource): Promise<readonly QualityReport[]> {
  assert.ok(source.report, 'it has a report');
  return source.report(ctx);
}
async function previewsOf(source: EvidenceSource, count: number): Promise<readonly RowsPreviewed[]> {
  assert.ok(source.preview, 'it has a preview');
  return source.preview(ctx, count);
}

async function unavailable(asking: Promise<unknown>): Promise<Error> {
  const error: unknown = await asking.then(() => undefined, (thrown: unknown) => thrown);
  assert.ok(isGuildhallError(error) && error.code === 'unavailable', `it must throw Unavailable: ${error === undefined ? 'it answered although what it reads from does not' : String(error)}`);
  return error;
}

/** Nothing that is known of anybody, nor who was asked about, stands in these words. */
function namesNobody(words: string): void {
  for (const { localId, evidence } of [WELL_KNOWN, HALF_KNOWN, MISFIT, DOUBLE, ...NAMESAKES, ...MANY]) {
    const values = evidence.flatMap(({ value }) => (typeof value === 'boolean' ? [] : typeof value === 'string' ? [value] : [...value.lines, value.postcode, value.uprn ?? value.postcode]));
    for (const word of [localId, ...values, 'NOT KNOWN', 'PENDING', '1980-02-30', '30/02/1980', 'drop table']) assert.ok(!words.includes(word), `"${word}" stands in ${words.slice(0, 500)}`);
  }
}

/** An error as a log would have it: its words, where it came from, what it carries, and what caused it. */
function allOf(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? '';
  return [error.message, error.stack, JSON.stringify(error, Object.getOwnPropertyNames(error)), error.cause === undefined ? '' : allOf(error.cause)].join('\n');
}

const cases: readonly ConformanceCase<EvidenceSourceHarness>[] = [
  { id: 'EVS-001', title: 'it has an id, and says what can be had from it, each once', async run({ source }) {
    assert.match(source.id, SLUG);
    assert.deepEqual([...source.attributes].sort(), [...KNOWN_ATTRIBUTES].sort());
  } },
  { id: 'EVS-002', title: 'what is known of a person is told as it is, whatever signs are in it', run: ({ source }) => isTold(source, WELL_KNOWN) },
  { id: 'EVS-003', title: 'nothing is told of a person whom it does not know', async run({ source }) {
    assert.deepEqual(await readAll(source, 'CT-9999'), []);
  } },
  { id: 'EVS-004', title: 'only what is asked for is told', async run({ source }) {
    for (const attribute of KNOWN_ATTRIBUTES) assert.deepEqual(await readAll(source, WELL_KNOWN.localId, [attribute]), WELL_KNOWN.evidence.filter((each) => each.attribute === attribute));
    assert.deepEqual(inOrder(await readAll(source, WELL_KNOWN.localId, ['person.name', 'address.current'])), inOrder(WELL_KNOWN.evidence.filter(({ attribute }) => attribute === 'person.name' || attribute === 'address.current')));
    assert.deepEqual(await readAll(source, WELL_KNOWN.localId, []), []);
  } },
  { id: 'EVS-005', title: 'nothing is told of what cannot be had from it, and the rest is', async run({ source }) {
    assert.deepEqual(await readAll(source, WELL_KNOWN.localId, ['care.receives']), []);
    assert.deepEqual((await readAll(source, WELL_KNOWN.localId, ['care.receives', 'person.name', '__proto__.constructor'])).map(({ attribute }) => attribute), ['person.name']);
  } },
  { id: 'EVS-006', title: 'what is not known is left out, never told as nothing', async run({ source }) {
    await isTold(source, HALF_KNOWN);
    assert.deepEqual(await readAll(source, HALF_KNOWN.localId, ['person.date-of-birth']), []);
  } },
  { id: 'EVS-007', title: 'each value has the form of its attribute, a day and a source, and comes with nothing else', async run({ source }) {
    for (const { localId } of [WELL_KNOWN, HALF_KNOWN, ...MANY.slice(0, 3)]) {
      for (const evidence of await readAll(source, localId)) {
        const definition = STARTER_ATTRIBUTES.find(({ id }) => id === evidence.attribute);
        assert.ok(definition);
        assert.equal(valueFault(definition.form, evidence.value), undefined);
        assert.ok(isDate(evidence.asOf), `${evidence.attribute} has no day`);
        assert.match(evidence.source, SLUG);
        assert.ok(evidence.verified === null || SLUG.test(evidence.verified));
        assert.deepEqual(Object.keys(evidence).sort(), ['asOf', 'attribute', 'source', 'value', 'verified']);
      }
    }
  } },
  { id: 'EVS-008', title: 'a value that does not fit its attribute is not told, and the others are', needs: 'raw', run: ({ source }) => isTold(source, MISFIT) },
  { id: 'EVS-009', title: 'nothing is told of a person who is there twice: it is not known which is right', needs: 'raw', run: ({ source }) => isTold(source, DOUBLE) },
  { id: 'EVS-010', title: 'hostile names find nobody, and change nothing', async run({ source, contents }) {
    const before = await contents?.();
    for (const localId of HOSTILE_LOCAL_IDS) assert.deepEqual(await readAll(source, localId), [], JSON.stringify(localId.slice(0, 60)));
    await isTold(source, WELL_KNOWN);
    assert.deepEqual(await contents?.(), before);
  } },
  { id: 'EVS-011', title: 'reading changes nothing where it is kept', needs: 'contents', async run({ source, contents }) {
    const before = await contents?.();
    for (const { localId } of [WELL_KNOWN, HALF_KNOWN, MISFIT, DOUBLE, { localId: 'CT-9999' }]) await readAll(source, localId);
    assert.deepEqual(await contents?.(), before);
  } },
  { id: 'EVS-012', title: 'many who ask at once are each told of the person they ask about', async run({ source }) {
    const asked = Array.from({ length: 400 }, (_, at) => MANY[at % MANY.length] as KnownPerson);
    const told = await Promise.all(asked.map(({ localId }) => readAll(source, localId)));
    assert.deepEqual(told.map(inOrder), asked.map(({ evidence }) => inOrder(evidence)));
  } },
  { id: 'EVS-013', title: 'what is told is the asker’s own: changing it changes nothing that is told later', async run({ source }) {
    const told = await readAll(source, WELL_KNOWN.localId);
    for (const evidence of told) { try { Object.assign(evidence, { value: 'Somebody Else' }); } catch { assert.ok(Object.isFrozen(evidence)); } }
    await isTold(source, WELL_KNOWN);
  } },
  { id: 'EVS-014', title: 'the log names nobody and says nothing of anybody', async run({ source, log }) {
    for (const { localId } of [WELL_KNOWN, HALF_KNOWN, MISFIT, DOUBLE, ...NAMESAKES, ...MANY]) await readAll(source, localId);
    for (const localId of HOSTILE_LOCAL_IDS) await readAll(source, localId);
    namesNobody(JSON.stringify(log.lines));
  } },
  { id: 'EVS-015', title: 'a source that does not answer is Unavailable, never "nothing known", and says so without naming anybody', needs: 'far-end', async run({ source, log, breakFarEnd }) {
    await isTold(source, WELL_KNOWN);
    await breakFarEnd?.();
    namesNobody(allOf(await unavailable(readAll(source, WELL_KNOWN.localId))));
    namesNobody(allOf(await unavailable(readAll(source, "CT-1001'; drop table account; --"))));
    namesNobody(JSON.stringify(log.lines));
  } },
  { id: 'EVS-016', title: 'when it answers again, it is told again', needs: 'far-end', async run({ source, breakFarEnd, mendFarEnd }) {
    await breakFarEnd?.();
    for (const { localId } of MANY.slice(0, 20)) await unavailable(readAll(source, localId));
    await mendFarEnd?.();
    await Promise.all([WELL_KNOWN, HALF_KNOWN, ...MANY].map((person) => isTold(source, person)));
  } },
  { id: 'EVS-017', title: 'one person whom all the keys fit is found, by the rules of comparing alone', needs: 'find', async run({ source }) {
    const one: PersonFound = { match: 'one', localId: WELL_KNOWN.localId };
    assert.deepEqual(await found(source), one);
    assert.deepEqual(await found(source, { uprn: undefined }), one);
    assert.deepEqual(await found(source, { postcode: 'ZZ99 9ZZ' }), one, 'where both know the UPRN, it decides');
  } },
  { id: 'EVS-018', title: 'nobody is found whom one key does not fit', needs: 'find', async run({ source }) {
    for (const changes of [{ name: 'Siân O’Brien' }, { name: 'Sian "Nan" O\'Brien, nee Llyr' }, { name: '' }, { name: '%' }, { name: 'Resident Number 1' }, { dateOfBirth: '1951-02-27' }, { dateOfBirth: '1951-02-29' }, { dateOfBirth: '28/02/1951' }, { dateOfBirth: '%' }, { dateOfBirth: '' }, { uprn: '990000012346' }, { uprn: undefined, postcode: 'ZZ99 1AC' }, { uprn: undefined, postcode: '' }]) assert.deepEqual(await found(source, changes), { match: 'none' }, JSON.stringify(changes));
  } },
  { id: 'EVS-019', title: 'of two people with one name and one date of birth neither is found, not even by their address', needs: 'find', async run({ source }) {
    for (const postcode of ['ZZ99 1CD', 'ZZ99 2CD', 'ZZ99 9ZZ']) assert.deepEqual(await found(source, { name: 'Pat Namesake', dateOfBirth: '1970-05-17', postcode, uprn: undefined }), { match: 'several' });
    for (const person of NAMESAKES) await isTold(source, person);
  } },
  { id: 'EVS-020', title: 'hostile keys find nobody, change nothing, and are in no log', needs: 'find', async run({ source, log, contents }) {
    const before = await contents?.();
    for (const hostile of HOSTILE_LOCAL_IDS) for (const changes of [{ name: hostile }, { dateOfBirth: hostile }, { postcode: hostile, uprn: undefined }]) assert.deepEqual(await found(source, changes), { match: 'none' }, JSON.stringify(hostile.slice(0, 60)));
    await found(source);
    assert.deepEqual(await contents?.(), before);
    namesNobody(JSON.stringify(log.lines));
  } },
  { id: 'EVS-021', title: 'while it does not answer, finding is Unavailable, never "nobody"', needs: 'far-end', async run({ source, log, breakFarEnd, mendFarEnd }) {
    if (!source.find) return;
    await breakFarEnd?.();
    namesNobody(allOf(await unavailable(found(source))));
    namesNobody(JSON.stringify(log.lines));
    await mendFarEnd?.();
    assert.deepEqual(await found(source), { match: 'one', localId: WELL_KNOWN.localId });
  } },
  { id: 'EVS-022', title: 'its report counts people, those who are there twice and what does not fit, and names nobody', needs: 'report', async run({ source }) {
    // A source that takes in what it tells from has done so when it is asked.
    await isTold(source, WELL_KNOWN);
    const reports = await reportsOf(source);
    const singles = [WELL_KNOWN, HALF_KNOWN, MISFIT, ...NAMESAKES, ...MANY];
    assert.deepEqual(reports.flatMap(({ attributes }) => Object.keys(attributes)).sort(), [...KNOWN_ATTRIBUTES].sort());
    for (const { rows, people, doubles, withoutLocalId, attributes } of reports) {
      assert.deepEqual([rows, people, doubles.count, withoutLocalId.count], [singles.length + 2, singles.length, 1, 0]);
      for (const [id, { known, misfits }] of Object.entries(attributes)) {
        const told = singles.filter(({ evidence }) => evidence.some(({ attribute }) => attribute === id)).length;
        assert.ok(known >= told && known <= told + 2, `${id} is known of ${told} people and at most of the two rows of the one who is there twice, not of ${known}`);
        assert.equal(misfits.count, id === 'person.name' ? 0 : 1, `${id} does not fit in one row`);
      }
    }
    namesNobody(JSON.stringify(reports));
  } },
  { id: 'EVS-023', title: 'its preview shows as many rows as are asked for, each as it is told', needs: 'report', async run({ source }) {
    const previews = await previewsOf(source, 3);
    assert.ok(previews.length > 0);
    for (const { rows } of previews) {
      assert.equal(rows.length, 3);
      for (const { localId, evidence } of rows.filter((row) => row.localId !== DOUBLE.localId)) assert.deepEqual(inOrder(evidence), inOrder(await readAll(source, localId, evidence.map(({ attribute }) => attribute))));
    }
    assert.ok(previews.some(({ rows }) => rows.some(({ evidence }) => evidence.length > 0)));
  } },
  { id: 'EVS-024', title: 'while it does not answer, a preview is Unavailable, and says so without naming anybody', needs: 'far-end', async run({ source, log, breakFarEnd }) {
    if (!source.preview) return;
    await breakFarEnd?.();
    namesNobody(allOf(await unavailable(previewsOf(source, 3))));
    namesNobody(JSON.stringify(log.lines));
  } },
  { id: 'EVS-025', title: 'of a source that tells of one person at a time the preview is its test person, as they are told, and nobody else', needs: 'test-person', async run({ source }) {
    assert.deepEqual((await previewsOf(source, 0)).flatMap(({ rows }) => rows), []);
    const rows = (await previewsOf(source, 5)).flatMap((one) => one.rows);
    assert.deepEqual(rows.map(({ localId, misfits }) => [localId, misfits]), [[WELL_KNOWN.localId, []]]);
    assert.deepEqual(inOrder(rows[0]?.evidence ?? []), inOrder(WELL_KNOWN.evidence));
  } },
  { id: 'EVS-026', title: 'its report counts what was read since it began, a preview not among it, and names nobody', needs: 'test-person', async run({ source }) {
    await previewsOf(source, 5);
    const [before, ...others] = await reportsOf(source);
    assert.ok(before?.since, 'it says since when it counts');
    assert.deepEqual([others.length, before.rows, before.people, Object.keys(before.attributes).sort()], [0, 0, 0, [...KNOWN_ATTRIBUTES].sort()]);
    for (const { localId } of [WELL_KNOWN, HALF_KNOWN, ...MANY.slice(0, 3), { localId: 'CT-9999' }]) await readAll(source, localId);
    await readAll(source, WELL_KNOWN.localId, ['person.name']);
    const [after] = await reportsOf(source);
    assert.deepEqual([after?.rows, after?.people, after?.since], [6, 6, before.since]);
    assert.deepEqual([after?.attributes['person.name']?.known, after?.attributes['address.current']?.known, after?.attributes['council-tax-reduction.receives']?.known], [5, 2, 5]);
    namesNobody(JSON.stringify([before, after]));
  } },
  { id: 'EVS-027', title: 'it counts what did not fit, and people who are there twice', needs: 'test-person', async run({ source }) {
    for (const { localId } of [MISFIT, MISFIT, DOUBLE]) await readAll(source, localId);
    const [report] = await reportsOf(source);
    assert.deepEqual([report?.rows, report?.people, report?.doubles.count], [3, 2, 1]);
    assert.deepEqual(Object.entries(report?.attributes ?? {}).map(([id, { misfits }]) => [id, misfits.count]).sort(), [...KNOWN_ATTRIBUTES].map((id) => [id, id === 'person.name' ? 0 : 2]).sort());
    namesNobody(JSON.stringify(report));
  } },
];

/** The rules of a source of evidence. @public */
export const evidenceSourceKit = defineKit<EvidenceSourceHarness>({ id: 'sharing.evidence-source', contract: '@guildhall/sharing-contract', version: '0.1.0', cases });
