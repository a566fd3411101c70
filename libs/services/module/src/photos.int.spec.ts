import { photoWithPlace, smallPdf } from '@guildhall/documents-contract/testing';
import type { Visitor } from '@guildhall/kernel/testing';
import { startServicesApp, type ServicesApp } from '../test/council';
import { answer, answerWithFiles, formOf } from '../test/filling-in';
import { ClearDraftsHandler } from './clearing/clear-drafts';

let running: ServicesApp;
beforeAll(async () => { running = await startServicesApp(); });
afterAll(() => running.app.close());
beforeEach(() => running.faults.clear());
afterEach(() => running.app.owner.query('delete from services.draft'));

const sightings = '/services/hedgehog-sightings';
const pictures = `${sightings}/pictures`;
const photo = (name: string, nonce = 0) => ({ field: 'pictures', filename: name, type: 'image/jpeg', bytes: Buffer.concat([photoWithPlace, Buffer.from([nonce])]) });
async function atThePhotos(): Promise<Visitor> {
  const visitor = running.app.visitor();
  await answer(visitor, `${sightings}/alive`, { alive: 'no' });
  await answer(visitor, `${sightings}/where`, { 'place-described': 'here', 'place-typed-point': '' });
  return visitor;
}
const photosIn = async (): Promise<readonly { documentId: string; filename: string }[]> => ((await running.app.owner.query<{ photos: never }>(`select answers -> 'pictures' as photos from services.draft`)).rows[0]?.photos ?? []);

describe('photos', () => {
  it('are taken in, shown small, and can be removed and added again', async () => {
    const visitor = await atThePhotos();
    const { first } = await answerWithFiles(visitor, pictures, { 'pictures-action': 'add' }, [photo('one.jpg')]);
    expect(first.text).toContain('Photo: one.jpg');
    const [kept] = await photosIn();
    const picture = await visitor.request(`${pictures}/photos/${kept?.documentId}`);
    expect([picture.status, picture.headers['content-type']]).toEqual([200, 'image/jpeg']);
    const removed = await visitor.post(pictures, { ...formOf(first.text), 'pictures-remove': kept?.documentId ?? '' });
    expect(removed.text).not.toContain('one.jpg');
    expect(await photosIn()).toEqual([]);
    expect((await visitor.request(`${pictures}/photos/${kept?.documentId}`)).status).toBe(404);
    const { first: again } = await answerWithFiles(visitor, pictures, { 'pictures-action': 'add' }, [photo('one.jpg')]);
    expect(again.text).toContain('Photo: one.jpg');
  });

  it('that go wrong are lost alone: the others are kept, and each is named with what to do', async () => {
    const visitor = await atThePhotos();
    const { first } = await answerWithFiles(visitor, pictures, { 'pictures-action': 'add' }, [{ field: 'pictures', filename: 'letter.pdf', type: 'image/jpeg', bytes: smallPdf }, photo('good.jpg'), { ...photo('nothing.jpg'), bytes: Buffer.alloc(0) }]);
    expect(first.text).toContain('nothing.jpg: the file is empty');
    expect(first.text).toContain('letter.pdf: this is not a photo');
    expect(first.text).toContain('Photo: good.jpg');
    expect((await photosIn()).map(({ filename }) => filename)).toEqual(['good.jpg']);
  });

  it('are no more than the service takes', async () => {
    const visitor = await atThePhotos();
    const { first } = await answerWithFiles(visitor, pictures, { 'pictures-action': 'add' }, [photo('a.jpg', 1), photo('b.jpg', 2), photo('c.jpg', 3)]);
    expect(first.text).toContain('c.jpg: you have added as many photos as you can');
    expect(await photosIn()).toHaveLength(2);
  });

  it('of a form that is sent twice are there once', async () => {
    const visitor = await atThePhotos();
    const { again } = await answerWithFiles(visitor, pictures, {}, [photo('once.jpg')]);
    await again();
    expect(await photosIn()).toHaveLength(1);
  });

  it('can wait: without the store the journey goes on', async () => {
    const visitor = await atThePhotos();
    running.faults.down('documents');
    const { first } = await answerWithFiles(visitor, pictures, { 'pictures-action': 'add' }, [photo('later.jpg')]);
    expect(first.text).toContain('we cannot take photos just now');
    expect((await answer(visitor, pictures, {})).path).toBe(`${sightings}/words`);
  });

  it('belong to the case when the report is sent, and to nobody when it is given up', async () => {
    const visitor = await atThePhotos();
    await answerWithFiles(visitor, pictures, {}, [photo('sent.jpg')]);
    const page = await answer(visitor, `${sightings}/words`, {});
    const [kept] = await photosIn();
    running.faults.dieAt('documents.attach', 'after');
    await visitor.post(page.path, formOf(page.text));
    const done = await visitor.post(page.path, formOf(page.text));
    expect(done.text).toContain('Your reference');
    const [{ case_id: caseId }] = (await running.app.owner.query<{ case_id: string }>('select case_id from services.draft')).rows as [{ case_id: string }];
    expect(await running.documents.find(running.app.systemContext(), kept?.documentId as never, { vouchedFor: { type: 'case', id: caseId } })).toMatchObject({ state: 'attached', subject: { type: 'case', id: caseId } });
    expect(await running.cases.find(running.app.systemContext(), { caseId })).toMatchObject({ documents: [kept?.documentId] });

    const other = await atThePhotos();
    await answerWithFiles(other, pictures, {}, [photo('given-up.jpg', 9)]);
    const [{ draft_id: draftId }] = (await running.app.owner.query<{ draft_id: string }>(`select draft_id from services.draft where state = 'open'`)).rows as [{ draft_id: string }];
    running.clock.advance(8 * 86_400);
    await running.app.get(ClearDraftsHandler).run(running.app.systemContext());
    expect((await running.app.owner.query('select from services.draft where draft_id = $1', [draftId])).rows).toHaveLength(0);
    expect(await running.documents.forSubject(running.app.systemContext(), { type: 'draft', id: draftId }, { vouchedFor: { type: 'draft', id: draftId } })).toEqual([]);
  });
});
