import { defineService, servicePack } from '@guildhall/services-contract';
import { waitingForAPlot } from './case-type';

/** Glanafon's own service: the waiting list for an allotment. */
export const allotmentsService = defineService({
  slug: 'allotments',
  version: 1,
  title: { en: 'Ask for an allotment', cy: 'Gofyn am randir' },
  summary: { en: 'Join the waiting list for a plot on one of our allotment sites.', cy: 'Ymunwch â’r rhestr aros am lain ar un o’n safleoedd rhandiroedd.' },
  category: { id: 'parks-and-leisure', title: { en: 'Parks and leisure', cy: 'Parciau a hamdden' } },
  keywords: { en: ['allotment', 'plot', 'grow vegetables', 'garden', 'waiting list'], cy: ['rhandir', 'llain', 'tyfu llysiau', 'gardd', 'rhestr aros'] },
  audience: { signIn: 'offered' },
  start: {
    who: { en: 'For people aged 18 or over who live in Glanafon.', cy: 'I bobl 18 oed neu hŷn sy’n byw yng Nglanafon.' },
    minutes: 3,
    cost: { en: 'Joining the list is free. A plot costs between £30 and £60 a year.', cy: 'Mae ymuno â’r rhestr am ddim. Mae llain yn costio rhwng £30 a £60 y flwyddyn.' },
  },
  settings: {},
  pages: [
    {
      slug: 'site',
      questions: [{
        id: 'sites', type: 'checkboxes',
        title: { en: 'Which sites would you like?', cy: 'Pa safleoedd yr hoffech chi?' },
        shortTitle: { en: 'Sites', cy: 'Safleoedd' },
        hint: { en: 'Choose all that would do. More sites mean a shorter wait.', cy: 'Dewiswch bob un a fyddai’n addas. Mae mwy o safleoedd yn golygu llai o aros.' },
        options: [
          { value: 'cae-melin', title: { en: 'Cae Melin', cy: 'Cae Melin' }, hint: { en: 'By the old mill', cy: 'Ger yr hen felin' } },
          { value: 'pen-y-bryn', title: { en: 'Pen-y-bryn', cy: 'Pen-y-bryn' }, hint: { en: 'At the top of the town', cy: 'Ym mhen uchaf y dref' } },
          { value: 'glan-yr-afon', title: { en: 'Glan-yr-afon', cy: 'Glan-yr-afon' }, hint: { en: 'By the river', cy: 'Wrth yr afon' } },
        ],
        missing: { en: 'Select at least one site', cy: 'Dewiswch o leiaf un safle' },
      }],
    },
    {
      slug: 'size',
      questions: [{
        id: 'size', type: 'radios',
        title: { en: 'How big a plot do you want?', cy: 'Pa mor fawr yw’r llain rydych ei heisiau?' },
        shortTitle: { en: 'Size', cy: 'Maint' },
        options: [
          { value: 'half', title: { en: 'Half a plot, about 125 square metres', cy: 'Hanner llain, tua 125 metr sgwâr' } },
          { value: 'full', title: { en: 'A full plot, about 250 square metres', cy: 'Llain lawn, tua 250 metr sgwâr' } },
          { value: 'raised', title: { en: 'A raised bed that can be reached from a wheelchair', cy: 'Gwely uchel y gellir ei gyrraedd o gadair olwyn' } },
        ],
        missing: { en: 'Select the size of plot', cy: 'Dewiswch faint y llain' },
      }],
    },
    {
      slug: 'home-address',
      questions: [{
        id: 'home', type: 'address', attribute: 'address.current',
        title: { en: 'Where do you live?', cy: 'Ble rydych chi’n byw?' },
        shortTitle: { en: 'Address', cy: 'Cyfeiriad' },
        missing: { en: 'Find your address and choose it, or enter it by hand', cy: 'Dewch o hyd i’ch cyfeiriad a’i ddewis, neu rhowch ef â llaw' },
      }],
    },
    {
      slug: 'contact', title: { en: 'How do we reach you?', cy: 'Sut mae cysylltu â chi?' },
      questions: [
        { id: 'name', type: 'name', title: { en: 'Full name', cy: 'Enw llawn' }, missing: { en: 'Enter your full name', cy: 'Rhowch eich enw llawn' } },
        { id: 'email', type: 'email', title: { en: 'Email address', cy: 'Cyfeiriad e-bost' }, missing: { en: 'Enter your email address', cy: 'Rhowch eich cyfeiriad e-bost' } },
      ],
    },
  ],
  opens: {
    types: [waitingForAPlot],
    summary: ({ answers }) => ({ en: `Allotment, ${answers.sites.length === 1 ? '1 site' : `${answers.sites.length} sites`}`, cy: `Rhandir, nifer y safleoedd: ${answers.sites.length}` }),
    location: 'home',
    contact: { name: 'name', email: 'email', address: 'home' },
  },
  confirmation: { sent: { en: 'Application sent', cy: 'Cais wedi’i anfon' }, track: { en: 'Track this application', cy: 'Olrhain y cais hwn' }, next: [{ en: 'You are on the list. People wait about two years; we write once a year to ask whether you still want a plot.', cy: 'Rydych ar y rhestr. Mae pobl yn aros tua dwy flynedd; byddwn yn ysgrifennu unwaith y flwyddyn i ofyn a ydych yn dal i fod eisiau llain.' }] },
  privacy: {
    data: { en: 'Your name, address and email address, and which plots you would like.', cy: 'Eich enw, eich cyfeiriad a’ch cyfeiriad e-bost, a pha leiniau yr hoffech eu cael.' },
    lawfulBasis: { en: 'Letting allotments is our task under the Small Holdings and Allotments Act 1908 (UK GDPR, article 6(1)(e)).', cy: 'Mae gosod rhandiroedd yn dasg i ni o dan Ddeddf Mân-Ddaliadau a Rhandiroedd 1908 (GDPR y DU, erthygl 6(1)(e)).' },
    keptFor: { en: 'As long as you are on the list or rent a plot, and up to seven years after.', cy: 'Cyhyd â’ch bod ar y rhestr neu’n rhentu llain, a hyd at saith mlynedd wedyn.' },
  },
});

/** The waiting list in a council's configuration. */
export const allotments = servicePack(allotmentsService, { version: '0.1.0' });
