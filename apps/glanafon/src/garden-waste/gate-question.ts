import { gardenWasteService } from '@guildhall/garden-waste';
import { serviceExtension } from '@guildhall/services-contract';

/** Glanafon's lorries are small and its lanes have gates: one more question in the shared service, and its own words for who it is for. */
export const gateQuestion = serviceExtension(gardenWasteService, {
  id: 'glanafon-garden-waste',
  version: 1,
  texts: { 'start.who': { en: 'For people who live in Glanafon and have a garden. Farms have a collection of their own.', cy: 'I bobl sy’n byw yng Nglanafon ac sydd â gardd. Mae gan ffermydd eu casgliad eu hunain.' } },
  addPages: [{
    after: 'address',
    page: {
      slug: 'gate', section: 'collection',
      questions: [{
        id: 'hasLockedGate', type: 'yes-no',
        title: { en: 'Is there a locked gate between the road and your bins?', cy: 'A oes giât dan glo rhwng y ffordd a’ch biniau?' },
        shortTitle: { en: 'Locked gate', cy: 'Giât dan glo' },
        hint: { en: 'If there is, put your bins outside the gate on your collection day.', cy: 'Os oes, rhowch eich biniau y tu allan i’r giât ar eich diwrnod casglu.' },
        yes: { en: 'Yes', cy: 'Oes' }, no: { en: 'No', cy: 'Nac oes' },
        missing: { en: 'Select yes if there is a locked gate', cy: 'Dewiswch “Oes” os oes giât dan glo' },
      }],
    },
  }],
});
