import { defineCaseType } from '@guildhall/cases-contract';
import { SERVICE_CATEGORIES, defineService } from '@guildhall/services-contract';

const kept = { months: 12, because: { en: 'So that we can answer questions about it', cy: 'Er mwyn i ni allu ateb cwestiynau amdano' } };

/** An invented service whose reports are private: none of Riverbourne’s own is. */
export const noiseNextDoor = defineService({
  slug: 'noise-next-door', version: 1, title: { en: 'Report noise next door', cy: 'Rhoi gwybod am sŵn drws nesaf' }, summary: { en: 'Tell us about noise that does not stop.', cy: 'Rhowch wybod i ni am sŵn nad yw’n peidio.' },
  category: SERVICE_CATEGORIES.parksAndLeisure, keywords: { en: ['noise'], cy: ['sŵn'] }, audience: { signIn: 'offered' }, start: { who: { en: 'Anybody.', cy: 'Unrhyw un.' }, minutes: 2 }, settings: {},
  pages: [{ slug: 'where', questions: [{ id: 'place', type: 'location', title: { en: 'Where is the noise?', cy: 'Ble mae’r sŵn?' } }] }],
  opens: {
    types: [defineCaseType({
      id: 'noise-next-door', version: 1, title: { en: 'Noise next door', cy: 'Sŵn drws nesaf' }, initial: 'heard', deadlineInWorkingDays: 2,
      states: {
        heard: { kind: 'open', title: { en: 'Heard', cy: 'Wedi’i glywed' }, colour: 'blue', publicText: { en: 'We have your report.', cy: 'Mae eich adroddiad gennym.' }, retention: kept },
        quiet: { kind: 'closed', title: { en: 'Quiet', cy: 'Tawel' }, colour: 'green', publicText: { en: 'It is quiet.', cy: 'Mae’n dawel.' }, retention: kept },
      },
      transitions: [{ id: 'quieten', from: ['heard'], to: 'quiet', title: { en: 'Quieten', cy: 'Tawelu' } }],
    })],
    summary: () => ({ en: 'Noise next door', cy: 'Sŵn drws nesaf' }), location: 'place',
  },
  open311: { isPrivate: true },
  confirmation: { next: [{ en: 'We listen.', cy: 'Rydym yn gwrando.' }] },
  privacy: { data: { en: 'Where it is.', cy: 'Ble mae.' }, lawfulBasis: { en: 'Our task (article 6(1)(e)).', cy: 'Ein tasg (erthygl 6(1)(e)).' }, keptFor: { en: 'One year.', cy: 'Blwyddyn.' } },
});
