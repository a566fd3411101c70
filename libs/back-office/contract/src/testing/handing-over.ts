import assert from 'node:assert/strict';
import { Unavailable, type ConformanceCase } from '@guildhall/kernel-contract';
import { aCase, aPhoto, assertSamePhotos, can, handed, refusal, squeezed, throwsCode, type BackOfficeHarness } from './harness';

const IDA = { name: 'Ida Byrne', email: 'ida@byrne.example', phone: '07700 900123' } as const;
const HOSTILE = 'Line one\r\nLine two & <b>three</b> ]]> "four", it’s “deep”\u0000\u0008 \u{1F573} Tŷ =HYPERLINK("http://elsewhere.example")';

export const HANDING_OVER: readonly ConformanceCase<BackOfficeHarness>[] = [
  {
    id: 'BKO-001', title: 'a case arrives with our reference, what it is about and where', async run(harness) {
      assert.ok(harness.provider.title.trim().length > 0);
      const given = aCase();
      await handed(harness, given);
      const [received, ...others] = await harness.received();
      assert.equal(others.length, 0);
      for (const words of [given.reference, 'Deeper than a hand', '52.1', '-1.5', '4 Mill Lane']) assert.ok(received && squeezed(received.text).includes(words), `${words} did not arrive`);
    },
  },
  {
    id: 'BKO-002', title: 'each case gets a reference of its own, which is short enough to keep', needs: 'gives-references', async run(harness) {
      const references = new Set<string | undefined>();
      for (let each = 0; each < 3; each++) references.add((await handed(harness, aCase())).farReference);
      assert.equal(references.size, 3);
      for (const one of references) assert.ok(one !== undefined && one.length > 0 && one.length <= 200);
    },
  },
  {
    id: 'BKO-003', title: 'the same case handed over again is one case with the same reference', async run(harness) {
      const given = aCase();
      const first = await handed(harness, given);
      const again = await handed(harness, { ...given, attempt: 2 });
      assert.deepEqual(again.farReference, first.farReference);
      assert.equal((await harness.received()).length, 1);
    },
  },
  {
    id: 'BKO-004', title: 'a case that was taken without an answer is the same case on the next try', needs: 'far-end', async run(harness) {
      const [before, given, after] = [aCase(), aCase(), aCase()];
      await handed(harness, before);
      await can(harness.farEnd?.bind(harness))('accept-then-vanish');
      await throwsCode('unavailable', () => harness.provider.handOver(given));
      await can(harness.farEnd?.bind(harness))('accept');
      const kept = await handed(harness, { ...given, attempt: 2 });
      const next = await handed(harness, after);
      const received = await harness.received();
      assert.equal(received.length, 3, `${received.length} cases are there`);
      assert.equal(received.filter(({ text }) => text.includes(given.reference)).length, 1);
      if (kept.farReference !== undefined) assert.notEqual(kept.farReference, next.farReference);
    },
  },
  {
    id: 'BKO-005', title: 'what nobody answers, or not so that it can be read, is Unavailable and leaves nothing behind', needs: 'far-end', async run(harness) {
      for (const behaviour of ['unreachable', 'talk-nonsense'] as const) {
        await can(harness.farEnd?.bind(harness))(behaviour);
        await throwsCode('unavailable', () => harness.provider.handOver(aCase()));
        await can(harness.farEnd?.bind(harness))('accept');
      }
      assert.equal((await harness.received()).length, 0);
    },
  },
  {
    id: 'BKO-006', title: 'a case that is refused for good, for now or for the key says which, and repeats nothing about the person', needs: 'refuses', async run(harness) {
      for (const [behaviour, reason] of [['refuse-for-good', 'not-accepted'], ['refuse-for-now', 'temporary'], ['refuse-key', 'technical']] as const) {
        await can(harness.farEnd?.bind(harness))(behaviour);
        const said = await refusal(harness, aCase({ contact: IDA }));
        assert.equal(said.reason, reason, behaviour);
        assert.match(said.code, /^[a-z0-9-]{1,60}$/);
        for (const personal of ['Ida', 'Byrne', '900123', '900 123']) assert.ok(!`${said.code} ${said.message}`.toLowerCase().includes(personal.toLowerCase()), `the refusal repeats ${personal}`);
      }
      await can(harness.farEnd?.bind(harness))('accept');
      assert.equal((await harness.received()).length, 0);
    },
  },
  {
    id: 'BKO-007', title: 'who the person is arrives when it was given, and not otherwise', async run(harness) {
      const [quiet, told] = [aCase(), aCase({ contact: IDA })];
      await handed(harness, quiet);
      await handed(harness, told);
      const [first, second] = await harness.received();
      for (const words of ['Ida', 'Byrne', 'ida@byrne.example', '900123']) {
        assert.ok(!first?.text.includes(words), `${words} arrived and was not given`);
        assert.ok(second?.text.replaceAll('900 123', '900123').includes(words), `${words} did not arrive`);
      }
    },
  },
  {
    id: 'BKO-008', title: 'words that look like markup, fields or formulas stay words', async run(harness) {
      await handed(harness, aCase({ summary: HOSTILE, answers: [{ question: HOSTILE, answer: HOSTILE, code: 'depth' }, { question: 'a&b=c', answer: 'x&service_code=other&api_key=none', code: 'a b]&c' }], place: { ...aCase().place, note: HOSTILE }, contact: { name: HOSTILE } }));
      const [received, ...others] = await harness.received();
      assert.equal(others.length, 0);
      for (const words of ['Line two & <b>three</b> ]]> "four", it’s “deep”', '\u{1F573} Tŷ =HYPERLINK', 'x&service_code=other']) assert.ok(received && squeezed(received.text).includes(words), `${words} did not arrive as it is`);
    },
  },
  {
    id: 'BKO-009', title: 'very long words, a case without a place and one without answers are taken', async run(harness) {
      await handed(harness, aCase({ answers: [{ question: 'What is wrong?', answer: '\u{1F573}'.repeat(10_000) }] }));
      await handed(harness, aCase({ answers: [], place: { lines: ['Testham'] } }));
      assert.equal((await harness.received()).length, 2);
    },
  },
  {
    id: 'BKO-010', title: 'a ticket leads to the reference later; the same case again comes to the same', needs: 'references-later', async run(harness) {
      await can(harness.givesTickets?.bind(harness))();
      const given = aCase();
      const { ticket, farReference } = await handed(harness, given);
      assert.ok(ticket !== undefined && ticket.length > 0 && ticket.length <= 500 && farReference === undefined);
      const ask = can(harness.provider.referenceOf?.bind(harness.provider));
      assert.equal(await ask(ticket), undefined);
      await can(harness.settles?.bind(harness))(ticket);
      const found = await ask(ticket);
      assert.ok(found !== undefined && found.length > 0 && found.length <= 200);
      const again = await handed(harness, { ...given, attempt: 2 });
      assert.equal(again.farReference ?? (again.ticket === undefined ? undefined : await ask(again.ticket)), found);
      assert.equal((await harness.received()).length, 1);
    },
  },
  {
    id: 'BKO-011', title: 'what a resident writes later arrives as it was written, once, also when the answer to it is lost', needs: 'writes', async run(harness) {
      const [write, written] = [can(harness.provider.write?.bind(harness.provider)), can(harness.written?.bind(harness))];
      const given = aCase();
      const { farReference } = await handed(harness, given);
      const words = { wordsId: '01990000-0000-7000-8000-0000000000e1', caseId: given.caseId, caseReference: given.reference, ...(farReference !== undefined && { farReference }), at: new Date('2026-11-23T11:00:00Z'), text: HOSTILE, reopens: false };
      assert.ok((await write(words)).ok);
      assert.ok((await write(words)).ok);
      const second = { ...words, wordsId: '01990000-0000-7000-8000-0000000000e2', text: 'It is still there.', reopens: true };
      if (harness.farEnd) {
        await harness.farEnd('accept-then-vanish');
        await throwsCode('unavailable', () => write(second));
        await harness.farEnd('accept');
      }
      assert.ok((await write(second)).ok);
      const [first, next, ...others] = await written(given.reference);
      assert.equal(others.length, 0, 'words arrived twice');
      assert.ok(first !== undefined && squeezed(first).includes('Line two & <b>three</b> ]]> "four", it’s “deep”'));
      assert.ok(next?.includes('It is still there.'));
    },
  },
  {
    id: 'BKO-012', title: 'photos arrive with their case, in their order: what they are, or where to fetch them', needs: 'photos', async run(harness) {
      const [given, plain] = [aCase({ photos: [aPhoto(), aPhoto(), aPhoto()] }), aCase()];
      await handed(harness, given);
      await handed(harness, plain);
      const [first, second] = await harness.received();
      await assertSamePhotos(first?.photos, given.photos ?? []);
      await assertSamePhotos(second?.photos, []);
    },
  },
  {
    id: 'BKO-013', title: 'the same case again, with new links, brings no photo twice', needs: 'photos', async run(harness) {
      const given = aCase({ photos: [aPhoto(), aPhoto()] });
      await handed(harness, given);
      await handed(harness, { ...given, attempt: 2, photos: (given.photos ?? []).map((photo) => ({ ...photo, url: `${photo.url}-new` })) });
      const [received, ...others] = await harness.received();
      assert.equal(others.length, 0);
      assert.equal(received?.photos?.length, 2);
    },
  },
  {
    id: 'BKO-014', title: 'a photo whose bytes cannot be had is a link, or the case waits for it: it does not go without', needs: 'photos', async run(harness) {
      const given = aCase({ photos: [aPhoto(), aPhoto({ bytes: () => Promise.reject(new Unavailable('The store does not answer.')) })] });
      const outcome = await harness.provider.handOver(given).catch((error: unknown) => error);
      if ((outcome as { code?: string }).code === 'unavailable') assert.equal((await harness.received()).length, 0);
      else assert.deepEqual((await harness.received())[0]?.photos, given.photos?.map(({ url }) => url));
    },
  },
  {
    id: 'BKO-015', title: 'a refusal repeats no link to a photo', needs: 'refuses', async run(harness) {
      await can(harness.farEnd?.bind(harness))('refuse-for-good');
      const { code, message } = await refusal(harness, aCase({ photos: [aPhoto(), aPhoto()] }));
      assert.doesNotMatch(`${code} ${message}`, /key-of|shown\?/);
      await can(harness.farEnd?.bind(harness))('accept');
    },
  },
  {
    id: 'BKO-016', title: 'photos that a resident sends later arrive with the words, or without any', needs: 'later-photos', async run(harness) {
      const [write, photosOf] = [can(harness.provider.write?.bind(harness.provider)), can(harness.writtenPhotos?.bind(harness))];
      const given = aCase();
      const { farReference } = await handed(harness, given);
      for (const [wordsId, text, count] of [['01990000-0000-7000-8000-0000000000f1', 'It has grown.', 2], ['01990000-0000-7000-8000-0000000000f2', '', 1]] as const) {
        const photos = Array.from({ length: count }, () => aPhoto());
        assert.ok((await write({ wordsId, caseId: given.caseId, caseReference: given.reference, ...(farReference !== undefined && { farReference }), at: new Date('2026-11-23T11:00:00Z'), text, photos, reopens: false })).ok);
        await assertSamePhotos(await photosOf(given.reference), photos);
      }
    },
  },
  {
    id: 'BKO-017', title: 'whoever passes photos on as files says so: of those there are no links to end', needs: 'photos', async run(harness) {
      await handed(harness, aCase({ photos: [aPhoto(), aPhoto()] }));
      const [received] = await harness.received();
      assert.equal(received?.photos?.length, 2);
      assert.equal(received.photos.some((photo) => typeof photo === 'string'), harness.provider.takesPhotosAsFiles !== true);
    },
  },
];
