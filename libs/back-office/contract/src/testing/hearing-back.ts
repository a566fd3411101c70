import assert from 'node:assert/strict';
import { isGuildhallError, type ConformanceCase } from '@guildhall/kernel-contract';
import { aCase, can, handed, isAbout, progressOf, throwsCode, type BackOfficeHarness } from './harness';

const at = (time: string): Date => new Date(`2026-11-23T${time}Z`);

export const HEARING_BACK: readonly ConformanceCase<BackOfficeHarness>[] = [
  {
    id: 'BKO-020', title: 'what happens at the far end is told with its case, status, moment and words', needs: 'polls', async run(harness) {
      const happens = can(harness.happens?.bind(harness));
      const [given, other] = [aCase(), aCase()];
      const [taken] = [await handed(harness, given), await handed(harness, other)];
      await happens(given.reference, { status: 'in_progress', at: at('10:00:00'), text: 'A crew is on its way & “near”.' });
      await happens(other.reference, { status: 'fixed', at: at('10:30:00') });
      await happens(given.reference, { status: 'fixed', at: at('11:00:00'), text: 'Filled.' });
      const told = await progressOf(harness, given, taken);
      assert.deepEqual(told.map(({ status }) => status), ['in_progress', 'fixed']);
      assert.equal(told[0]?.at.getTime(), at('10:00:00').getTime());
      assert.equal(told[0]?.text, 'A crew is on its way & “near”.');
    },
  },
  {
    id: 'BKO-021', title: 'the same thing told again has the same id, and no other has it', needs: 'polls', async run(harness) {
      const happens = can(harness.happens?.bind(harness));
      const given = aCase();
      const taken = await handed(harness, given);
      await happens(given.reference, { status: 'in_progress', at: at('10:00:00') });
      await happens(given.reference, { status: 'in_progress', at: at('10:05:00') });
      const first = (await progressOf(harness, given, taken)).map(({ progressId }) => progressId);
      assert.equal(new Set(first).size, 2);
      for (const id of first) assert.ok(id.length > 0 && id.length <= 200);
      await happens(given.reference, { status: 'fixed', at: at('11:00:00') });
      assert.deepEqual((await progressOf(harness, given, taken)).slice(0, 2).map(({ progressId }) => progressId), first);
    },
  },
  {
    id: 'BKO-022', title: 'a status that nobody has heard of is passed on as a word', needs: 'polls', async run(harness) {
      const given = aCase();
      const taken = await handed(harness, given);
      await can(harness.happens?.bind(harness))(given.reference, { status: 'awaiting_the_moon', at: at('10:00:00'), text: 'Not tonight.' });
      assert.deepEqual((await progressOf(harness, given, taken)).map(({ status, text }) => [status, text]), [['awaiting_the_moon', 'Not tonight.']]);
    },
  },
  {
    id: 'BKO-023', title: 'what happened at the very moment from which is asked is told', needs: 'polls', async run(harness) {
      const given = aCase();
      const taken = await handed(harness, given);
      await can(harness.happens?.bind(harness))(given.reference, { status: 'fixed', at: at('10:00:00') });
      assert.equal((await progressOf(harness, given, taken, at('10:00:00'))).length, 1);
    },
  },
  {
    id: 'BKO-024', title: 'a far end that does not answer, or not so that it can be read, is Unavailable: nothing is taken for nothing', needs: 'polls', async run(harness) {
      if (!harness.farEnd || !harness.provider.progress) return;
      for (const behaviour of ['unreachable', 'talk-nonsense', 'refuse-key'] as const) {
        await harness.farEnd(behaviour);
        await throwsCode('unavailable', async () => harness.provider.progress?.({ since: at('10:00:00'), farReferences: ['1'] }));
        await harness.farEnd('accept');
      }
    },
  },
  {
    id: 'BKO-025', title: 'photos of what happened are told as where they are, in their order, asked for and pushed alike', needs: 'told-photos', async run(harness) {
      const happens = can(harness.happens?.bind(harness));
      const given = aCase();
      const taken = await handed(harness, given);
      const photos = ['https://works.example/photos/1.jpg?key=a&size=“large”', 'https://works.example/photos/2.jpg'].map((url) => new URL(url).href);
      const told: (readonly string[] | undefined)[] = [];
      for (const one of [photos, photos.slice(1), undefined]) {
        await happens(given.reference, { status: 'fixed', at: at(`11:0${told.length}:00`), text: 'Filled.', ...(one && { photos: one }) });
        told.push(one);
        if (harness.provider.progress) assert.deepEqual((await progressOf(harness, given, taken)).at(-1)?.photos, one);
        if (harness.provider.receive && harness.pushed) assert.deepEqual((await harness.provider.receive(await harness.pushed(given.reference))).progress[0]?.photos, one);
      }
    },
  },
  {
    id: 'BKO-030', title: 'what the far end pushes is what happened, with the id that it always has', needs: 'pushes', async run(harness) {
      const [happens, pushed, receive] = [can(harness.happens?.bind(harness)), can(harness.pushed?.bind(harness)), can(harness.provider.receive?.bind(harness.provider))];
      const given = aCase();
      const taken = await handed(harness, given);
      await happens(given.reference, { status: 'in_progress', at: at('10:00:00'), text: 'A crew is on its way & “near”.' });
      const message = await pushed(given.reference);
      const [told, ...others] = (await receive(message)).progress.filter((one) => isAbout(one, given, taken.farReference));
      assert.equal(others.length, 0);
      assert.deepEqual([told?.status, told?.at.getTime(), told?.text], ['in_progress', at('10:00:00').getTime(), 'A crew is on its way & “near”.']);
      // Sent once more by a far end that did not hear us: the same id, or not believed any more.
      const again = await receive(message).then(({ progress }) => progress.map(({ progressId }) => progressId), (error: { code?: string }) => { assert.equal(error.code, 'not-authenticated'); return undefined; });
      if (again) assert.deepEqual(again, [told?.progressId]);
      if (harness.provider.progress) {
        const asked = await progressOf(harness, given, taken);
        if (asked.length) assert.deepEqual(asked.map(({ progressId }) => progressId), [told?.progressId]);
      }
    },
  },
  {
    id: 'BKO-031', title: 'what the far end did not send is refused before it is read', needs: 'pushes', async run(harness) {
      const given = aCase();
      await handed(harness, given);
      await can(harness.happens?.bind(harness))(given.reference, { status: 'fixed', at: at('10:00:00') });
      const genuine = await can(harness.pushed?.bind(harness))(given.reference);
      const forged = await can(harness.forged?.bind(harness))(genuine);
      assert.ok(forged.length >= 2);
      const receive = can(harness.provider.receive?.bind(harness.provider));
      for (const message of [...forged, { path: '', headers: {}, bytes: new Uint8Array() }, { path: genuine.path, headers: {}, bytes: Buffer.from('\u0000{<') }]) await throwsCode('not-authenticated', () => receive(message));
    },
  },
  {
    id: 'BKO-032', title: 'what the far end did send and nobody can read is InvalidInput', needs: 'pushes', async run(harness) {
      const unreadable = await can(harness.unreadable?.bind(harness))();
      assert.ok(unreadable.length >= 2);
      for (const message of unreadable) await throwsCode('invalid-input', () => can(harness.provider.receive?.bind(harness.provider))(message));
    },
  },
  {
    id: 'BKO-033', title: 'what is refused is answered as the far end reads it, and says nothing back of the message', needs: 'writes-refusals', async run(harness) {
      const given = aCase();
      await handed(harness, given);
      await can(harness.happens?.bind(harness))(given.reference, { status: 'fixed', at: at('10:00:00'), text: 'CANARY' });
      const forged = await can(harness.forged?.bind(harness))(await can(harness.pushed?.bind(harness))(given.reference));
      for (const message of [...forged, ...(await can(harness.unreadable?.bind(harness))())]) {
        const { status, contentType, body } = await can(harness.provider.receive?.bind(harness.provider))(message).then(() => assert.fail('It must be refused.'), (error: unknown) => {
          assert.ok(isGuildhallError(error));
          return can(harness.provider.writeRefusal?.bind(harness.provider))(error, message);
        });
        assert.ok(status >= 400 && status < 500);
        assert.ok(contentType !== '' && body !== '' && !body.includes('CANARY'));
      }
    },
  },
];
