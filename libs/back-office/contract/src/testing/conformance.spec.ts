import { testConformance } from '@guildhall/kernel-contract';
import { InMemoryBackOffice, backOfficeKit } from './index';

testConformance(backOfficeKit, { describe, it }, {
  abilities: ['far-end', 'refuses', 'gives-references', 'references-later', 'polls', 'pushes', 'writes-refusals', 'writes', 'photos', 'later-photos', 'told-photos'],
  open: async () => {
    const far = new InMemoryBackOffice();
    return Promise.resolve({
      provider: far, received: async () => Promise.resolve(far.received()), farEnd: async (behaviour) => { far.behaviour = behaviour; return Promise.resolve(); },
      givesTickets: async () => { far.givesTickets = true; return Promise.resolve(); }, settles: async (ticket) => Promise.resolve(far.settle(ticket)),
      written: async (reference) => Promise.resolve([...far.words.values()].filter(({ caseReference }) => caseReference === reference).map(({ text }) => text)),
      writtenPhotos: async (reference) => Promise.resolve([...far.words.values()].findLast(({ caseReference }) => caseReference === reference)?.photos?.map(({ url }) => url) ?? []),
      happens: async (reference, what) => { far.happens(reference, what); return Promise.resolve(); }, pushed: async (reference) => Promise.resolve(far.pushed(reference)),
      forged: async (genuine) => Promise.resolve([{ ...genuine, headers: {} }, { ...genuine, headers: { 'x-key': 'another' } }]),
      unreadable: async () => Promise.resolve(['{', '{"a":1}'].map((text) => ({ path: '', headers: { 'x-key': 'a-key-of-tests' }, bytes: Buffer.from(text) }))),
    });
  },
});
