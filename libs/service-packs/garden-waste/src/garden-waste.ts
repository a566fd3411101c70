import path from 'node:path';
import { SERVICE_CATEGORIES, defineService, pounds, servicePack } from '@guildhall/services-contract';
import { subscription } from './case-type';
import { subscribed } from './subscribed';

/**
 * A yearly subscription to the collection of garden waste: address, bins, a concession, payment.
 * @public
 */
export const gardenWasteService = defineService({
  slug: 'garden-waste',
  version: 1,
  title: { en: 'Garden waste collection', cy: 'Casglu gwastraff gardd' },
  summary: { en: 'Subscribe to have grass, leaves and cuttings taken from your garden every two weeks.', cy: 'Tanysgrifiwch i gael gwair, dail a thoriadau wedi’u casglu o’ch gardd bob pythefnos.' },
  category: SERVICE_CATEGORIES.binsAndRecycling,
  keywords: {
    en: ['garden bin', 'brown bin', 'green bin', 'grass', 'leaves', 'hedge cuttings', 'compost', 'subscription', 'permit'],
    cy: ['bin gardd', 'bin brown', 'bin gwyrdd', 'gwair', 'dail', 'toriadau gwrych', 'compost', 'tanysgrifiad', 'trwydded'],
  },
  audience: { signIn: 'required' },
  start: {
    who: { en: 'For people who live in our area and have a garden.', cy: 'I bobl sy’n byw yn ein hardal ac sydd â gardd.' },
    need: [
      { en: 'a bank card to pay with', cy: 'cerdyn banc i dalu ag ef' },
      { en: 'an email address or a mobile phone, to sign in', cy: 'cyfeiriad e-bost neu ffôn symudol, i fewngofnodi' },
    ],
    minutes: 5,
    cost: {
      en: 'The first bin is ((yearlyFee)) a year, and each further bin ((additionalBin)). If you get Council Tax Reduction, the first bin is ((concession)) cheaper.',
      cy: 'Mae’r bin cyntaf yn ((yearlyFee)) y flwyddyn, a phob bin ychwanegol yn ((additionalBin)). Os ydych yn cael Gostyngiad y Dreth Gyngor, mae’r bin cyntaf ((concession)) yn rhatach.',
    },
  },
  settings: {
    yearlyFee: { type: 'money', title: { en: 'Fee for the first bin, a year', cy: 'Ffi am y bin cyntaf, y flwyddyn' }, default: pounds(55), atMost: pounds(500) },
    additionalBin: { type: 'money', title: { en: 'Fee for each further bin, a year', cy: 'Ffi am bob bin ychwanegol, y flwyddyn' }, default: pounds(45), atMost: pounds(500) },
    concession: { type: 'money', title: { en: 'How much less the first bin costs with Council Tax Reduction', cy: 'Faint yn llai y mae’r bin cyntaf yn ei gostio gyda Gostyngiad y Dreth Gyngor' }, default: pounds(15), atMost: pounds(500) },
    season: { type: 'words', title: { en: 'When waste is collected', cy: 'Pryd y cesglir y gwastraff' }, default: { en: 'from March to November', cy: 'o fis Mawrth i fis Tachwedd' } },
    ledgerCode: { type: 'code', title: { en: 'Ledger code', cy: 'Cod cyfriflyfr' }, default: 'GW-4410' },
  },
  sections: {
    collection: { en: 'Your collection', cy: 'Eich casgliad' },
    cost: { en: 'Paying less', cy: 'Talu llai' },
  },
  pages: [
    {
      slug: 'address', section: 'collection',
      questions: [{
        id: 'property', type: 'address', mustBeHere: true, attribute: 'address.current', purposes: ['garden-waste-concession'],
        title: { en: 'Where should we collect from?', cy: 'O ble y dylem gasglu?' },
        shortTitle: { en: 'Address', cy: 'Cyfeiriad' },
        hint: { en: 'We collect ((season)), every two weeks.', cy: 'Rydym yn casglu ((season)), bob pythefnos.' },
        missing: { en: 'Find your address and choose it, or enter it by hand', cy: 'Dewch o hyd i’ch cyfeiriad a’i ddewis, neu rhowch ef â llaw' },
      }],
    },
    {
      slug: 'number-of-bins', section: 'collection',
      questions: [{
        id: 'numberOfBins', type: 'number', atLeast: 1, atMost: 5, unit: { en: 'bins', cy: 'bin' }, unitOfOne: { en: 'bin', cy: 'bin' }, attribute: 'garden-waste.bins',
        title: { en: 'How many bins do you want?', cy: 'Faint o finiau hoffech chi?' },
        shortTitle: { en: 'Number of bins', cy: 'Nifer y biniau' },
        hint: { en: 'You can have up to 5. One bin holds about as much as four large sacks.', cy: 'Gallwch gael hyd at 5. Mae un bin yn dal tua’r un faint â phedair sach fawr.' },
        missing: { en: 'Enter how many bins you want, from 1 to 5', cy: 'Rhowch faint o finiau hoffech chi, o 1 i 5' },
      }],
    },
    {
      slug: 'concession', section: 'cost',
      questions: [{
        id: 'getsCouncilTaxReduction', type: 'yes-no', personal: true, attribute: 'council-tax-reduction.receives', purposes: ['garden-waste-concession'],
        title: { en: 'Do you get Council Tax Reduction?', cy: 'Ydych chi’n cael Gostyngiad y Dreth Gyngor?' },
        shortTitle: { en: 'Council Tax Reduction', cy: 'Gostyngiad y Dreth Gyngor' },
        hint: { en: 'If you do, your first bin costs ((concession)) less. We check this with our Council Tax team.', cy: 'Os ydych, mae eich bin cyntaf yn costio ((concession)) yn llai. Byddwn yn gwirio hyn gyda’n tîm Treth Gyngor.' },
        yes: { en: 'Yes', cy: 'Ydw' }, no: { en: 'No', cy: 'Nac ydw' },
        missing: { en: 'Select yes if you get Council Tax Reduction', cy: 'Dewiswch “Ydw” os ydych yn cael Gostyngiad y Dreth Gyngor' },
      }],
    },
  ],
  declaration: {
    id: 'agreesToTerms', type: 'declaration',
    title: { en: 'What you agree to', cy: 'Yr hyn rydych yn cytuno iddo' },
    statements: [
      { en: 'My answers are true.', cy: 'Mae fy atebion yn wir.' },
      { en: 'I will put only garden waste into the bins: no food, soil, stones or plastic.', cy: 'Byddaf yn rhoi gwastraff gardd yn unig yn y biniau: dim bwyd, pridd, cerrig na phlastig.' },
      { en: 'I will put the bins out by 7am on my collection day.', cy: 'Byddaf yn rhoi’r biniau allan erbyn 7am ar fy niwrnod casglu.' },
    ],
    confirm: { en: 'I agree', cy: 'Rwy’n cytuno' },
    missing: { en: 'Tick the box to agree', cy: 'Ticiwch y blwch i gytuno' },
  },
  fee: ({ answers, settings }) => {
    const isReduced = answers.getsCouncilTaxReduction;
    const booking = { ledgerCode: settings.ledgerCode, vatRate: 'outside-the-scope' as const };
    const further = answers.numberOfBins - 1;
    return [
      {
        code: isReduced ? 'first-bin-reduced' : 'first-bin', ...booking,
        title: isReduced ? { en: 'First bin for a year, with Council Tax Reduction', cy: 'Bin cyntaf am flwyddyn, gyda Gostyngiad y Dreth Gyngor' } : { en: 'First bin for a year', cy: 'Bin cyntaf am flwyddyn' },
        amountInPence: isReduced ? Math.max(0, settings.yearlyFee - settings.concession) : settings.yearlyFee,
      },
      {
        code: 'further-bins', ...booking,
        title: further === 1 ? { en: '1 further bin for a year', cy: '1 bin ychwanegol am flwyddyn' } : { en: `${further} further bins for a year`, cy: `${further} bin ychwanegol am flwyddyn` },
        amountInPence: further * settings.additionalBin,
      },
    ];
  },
  opens: {
    types: [subscription],
    summary: ({ answers }) => ({ en: `Garden waste subscription, ${answers.numberOfBins === 1 ? '1 bin' : `${answers.numberOfBins} bins`}`, cy: `Tanysgrifiad gwastraff gardd, nifer y biniau: ${answers.numberOfBins}` }),
    location: 'property',
  },
  messages: [subscribed],
  standardTexts: [
    { id: 'garden-waste.bins-next-week', title: 'Bins come next week', text: { en: 'We are bringing your bins next week. You do not need to be at home.', cy: 'Byddwn yn dod â’ch biniau yr wythnos nesaf. Nid oes angen i chi fod gartref.' }, use: ['update'] },
    { id: 'garden-waste.no-access', title: 'The lorry cannot reach it', text: { en: 'Our lorry cannot get close enough to your property to empty the bins safely.', cy: 'Ni all ein lori fynd yn ddigon agos at eich eiddo i wagio’r biniau’n ddiogel.' }, use: ['reasons'], transitions: ['decline'] },
  ],
  confirmation: {
    sent: { en: 'Subscription sent', cy: 'Tanysgrifiad wedi’i anfon' },
    track: { en: 'Track this subscription', cy: 'Olrhain y tanysgrifiad hwn' },
    next: [
      { en: 'We bring your bins within 10 working days. You do not need to be at home.', cy: 'Byddwn yn dod â’ch biniau o fewn 10 diwrnod gwaith. Nid oes angen i chi fod gartref.' },
      { en: 'The calendar with your collection days is in the lid of the first bin.', cy: 'Mae’r calendr â’ch diwrnodau casglu yng nghaead y bin cyntaf.' },
    ],
  },
  privacy: {
    data: { en: 'Your name and contact details, your address, how many bins you have, whether you get Council Tax Reduction, and what you paid.', cy: 'Eich enw a’ch manylion cyswllt, eich cyfeiriad, faint o finiau sydd gennych, a ydych yn cael Gostyngiad y Dreth Gyngor, a’r hyn a dalwyd gennych.' },
    lawfulBasis: { en: 'We do this to carry out a contract with you (UK GDPR, article 6(1)(b)).', cy: 'Rydym yn gwneud hyn i gyflawni contract gyda chi (GDPR y DU, erthygl 6(1)(b)).' },
    keptFor: { en: 'Seven years after your subscription ends, because payments must be kept for the accounts.', cy: 'Saith mlynedd ar ôl i’ch tanysgrifiad ddod i ben, am fod rhaid cadw taliadau ar gyfer y cyfrifon.' },
  },
  shares: [{
    with: { en: 'Our Council Tax team', cy: 'Ein tîm Treth Gyngor' },
    what: { en: 'Your name and address.', cy: 'Eich enw a’ch cyfeiriad.' },
    why: { en: 'To check that you get Council Tax Reduction, if you said so.', cy: 'I wirio eich bod yn cael Gostyngiad y Dreth Gyngor, os dywedoch hynny.' },
    lawfulBasis: { en: 'A contract with you (UK GDPR, article 6(1)(b)).', cy: 'Contract gyda chi (GDPR y DU, erthygl 6(1)(b)).' },
  }],
});

/**
 * The garden waste service in a council's configuration.
 * @public
 * @example gardenWaste({ yearlyFee: pounds(55) })
 */
export const gardenWaste = servicePack(gardenWasteService, { version: '0.1.0', packageFolder: path.join(__dirname, '..') });
