import { defineCaseType } from '@guildhall/cases-contract';
import { SERVICE_CATEGORIES, defineService } from '@guildhall/services-contract';

const kept = { months: 12, because: { en: 'So that we can answer questions about it', cy: 'Er mwyn i ni allu ateb cwestiynau amdano' } };

/** An invented service that is reported in private, with questions of many kinds and a name that it insists on. */
export const strayAnimals = defineService({
  slug: 'stray-animals', version: 1, title: { en: 'Report a stray animal', cy: 'Rhoi gwybod am anifail crwydr' }, summary: { en: 'Tell us about an animal without its people.', cy: 'Rhowch wybod i ni am anifail heb ei bobl.' },
  category: SERVICE_CATEGORIES.parksAndLeisure, keywords: { en: ['dog', 'cat', 'staff'], cy: ['ci', 'cath'] }, audience: { signIn: 'offered' }, start: { who: { en: 'Anybody.', cy: 'Unrhyw un.' }, minutes: 2 }, settings: {},
  pages: [
    { slug: 'animals', title: { en: 'The animals', cy: 'Yr anifeiliaid' }, questions: [
      { id: 'kinds', type: 'checkboxes', title: { en: 'Which animals?', cy: 'Pa anifeiliaid?' }, options: [{ value: 'dog', title: { en: 'Dog', cy: 'Ci' } }, { value: 'cat', title: { en: 'Cat', cy: 'Cath' } }], missing: { en: 'Select the animals', cy: 'Dewiswch yr anifeiliaid' } },
      { id: 'howMany', type: 'number', atLeast: 1, atMost: 20, title: { en: 'How many?', cy: 'Faint?' }, missing: { en: 'Enter how many', cy: 'Rhowch faint' } },
      { id: 'seenOn', type: 'date', latestInDays: 0, title: { en: 'When did you see them?', cy: 'Pryd welsoch chi nhw?' }, missing: { en: 'Enter the day', cy: 'Rhowch y diwrnod' } },
      { id: 'isHurt', type: 'yes-no', title: { en: 'Is one hurt?', cy: 'Oes un wedi’i frifo?' }, missing: { en: 'Select yes if one is hurt', cy: 'Dewiswch oes os oes un wedi’i frifo' } },
    ] },
    { slug: 'hurt', when: { isHurt: true }, questions: [{ id: 'wound', type: 'text', title: { en: 'What is the wound?', cy: 'Beth yw’r clwyf?' }, missing: { en: 'Enter the wound', cy: 'Rhowch y clwyf' } }] },
    { slug: 'too-many', when: { howMany: { atLeast: 20 } }, title: { en: 'Call us', cy: 'Ffoniwch ni' }, ending: [{ en: 'So many need a van.', cy: 'Mae angen fan ar gynifer.' }] },
    { slug: 'where', questions: [{ id: 'place', type: 'location', title: { en: 'Where?', cy: 'Ble?' } }] },
    { slug: 'you', questions: [{ id: 'yourName', type: 'name', title: { en: 'Your name', cy: 'Eich enw' } }] },
  ],
  opens: {
    types: [defineCaseType({
      id: 'stray-animals', version: 1, title: { en: 'Stray animal', cy: 'Anifail crwydr' }, initial: 'seen', deadlineInWorkingDays: 2,
      states: {
        seen: { kind: 'open', title: { en: 'Seen', cy: 'Wedi’i weld' }, colour: 'blue', publicText: { en: 'We have your report.', cy: 'Mae eich adroddiad gennym.' }, retention: kept },
        caught: { kind: 'closed', title: { en: 'Caught', cy: 'Wedi’i ddal' }, colour: 'green', publicText: { en: 'It is safe.', cy: 'Mae’n ddiogel.' }, retention: kept },
      },
      transitions: [{ id: 'catch', from: ['seen'], to: 'caught', title: { en: 'Catch', cy: 'Dal' } }],
    })],
    summary: () => ({ en: 'Stray animal', cy: 'Anifail crwydr' }), location: 'place', contact: { name: 'yourName' },
  },
  open311: { isPrivate: true },
  confirmation: { next: [{ en: 'We look for it.', cy: 'Byddwn yn chwilio amdano.' }] },
  privacy: { data: { en: 'Your name.', cy: 'Eich enw.' }, lawfulBasis: { en: 'Our task (article 6(1)(e)).', cy: 'Ein tasg (erthygl 6(1)(e)).' }, keptFor: { en: 'One year.', cy: 'Blwyddyn.' } },
});
