import { Unavailable, atRest, type Outbound, type OutboundRequest } from '@guildhall/kernel-contract';
import { FixedClock, testContext, testOfficer } from '@guildhall/kernel-contract/testing';
import type { DocumentId } from '../document';
import { ADD_DOCUMENTS, READ_DOCUMENTS, REMOVE_DOCUMENTS } from '../permissions';
import { InMemoryDocuments, photoWithPlace, plainPng } from '../testing';
import type { OfferedPhoto } from './offered-photo';
import { keepPhotos, lostPhotosInWords } from './keep-photos';

it('waits a minute for all photos together, however many do not answer and wherever they lead', async () => {
  const clock = new FixedClock();
  const began = clock.now().getTime();
  const outbound: Outbound = { fetch: async (_url: string, request?: OutboundRequest) => {
    clock.advance(request?.timeoutInSeconds ?? 10);
    return Promise.reject(new Unavailable('nobody there'));
  } };
  const photos = Array.from({ length: 10 }, (_, place) => ({ kind: 'address' as const, url: `https://slow.example/${place}` }));
  const kept = await keepPhotos({ outbound, documents: new InMemoryDocuments(clock), clock }, testContext(), '01990000-0000-7000-8000-000000000001', photos);
  expect(kept).toEqual({ documentIds: [], lost: photos.map(() => 'does-not-answer') });
  expect((clock.now().getTime() - began) / 1000).toBeLessThanOrEqual(60);
  expect(lostPhotosInWords(kept.lost, 'The other system')).toBe('10 photos that were sent are not here: its address did not answer. The other system may still have them.');
});

describe('one photo of several that cannot be kept', () => {
  const caseId = '01990000-0000-7000-8000-000000000001';
  const outbound: Outbound = { fetch: () => Promise.reject(new Unavailable('nobody there')) };
  const ctx = testContext({ actor: testOfficer([ADD_DOCUMENTS, READ_DOCUMENTS, REMOVE_DOCUMENTS].map(({ id }) => id)) });
  const photos: readonly OfferedPhoto[] = [photoWithPlace, plainPng(4, 4)].map((bytes) => ({ kind: 'bytes', bytes: atRest(bytes), filename: 'photo' }));

  it('since it was removed here before leaves the others where they are', async () => {
    const clock = new FixedClock();
    const documents = new InMemoryDocuments(clock);
    const [removed = '', other = ''] = (await keepPhotos({ outbound, documents, clock }, ctx, caseId, photos)).documentIds;
    await documents.remove(ctx, removed as DocumentId);
    const kept = await keepPhotos({ outbound, documents, clock }, ctx, caseId, photos);
    expect(kept).toEqual({ documentIds: [other], lost: ['removed-here'] });
    expect(lostPhotosInWords(kept.lost, 'The other system')).toBe('A photo that was sent is not here: it was removed here before. The other system may still have it.');
  });
  it('since it cannot be looked at just now is lost by itself where that is asked for, and otherwise nothing is told of any', async () => {
    const clock = new FixedClock();
    const documents = new InMemoryDocuments(clock);
    const [bad] = photos;
    const choosy: Pick<InMemoryDocuments, 'store'> = { store: (given, order) => (order.bytes === (bad?.kind === 'bytes' && bad.bytes) ? Promise.reject(new Unavailable('The scanner did not answer.')) : documents.store(given, order)) };
    await expect(keepPhotos({ outbound, documents: choosy, clock }, ctx, caseId, photos)).rejects.toMatchObject({ code: 'unavailable' });
    const { documentIds, lost } = await keepPhotos({ outbound, documents: choosy, clock, whenUnavailable: 'lose' }, ctx, caseId, photos);
    expect([documentIds.length, lost]).toEqual([1, ['not-kept-now']]);
    expect((await documents.forSubject(ctx, { type: 'case', id: caseId })).map(({ id }) => id)).toEqual(documentIds);
  });
});
