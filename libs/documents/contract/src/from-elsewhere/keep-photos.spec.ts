import { Unavailable, type Outbound, type OutboundRequest } from '@guildhall/kernel-contract';
import { FixedClock, testContext } from '@guildhall/kernel-contract/testing';
import { InMemoryDocuments } from '../testing';
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
