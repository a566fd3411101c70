import path from 'node:path';
import { SERVICE_CATEGORIES, defineService, servicePack, type Option } from '@guildhall/services-contract';
import type { Text } from '@guildhall/kernel-contract';
import { flyTipping, missedBin, pothole, streetLight } from './case-types';

/** One sentence wherever somebody may be in danger. */
const danger: Text = {
  en: 'If somebody could get hurt, call us at any hour on ((emergencyTelephone)). If a life is in danger, call 999.',
  cy: 'Os gallai rhywun gael niwed, ffoniwch ni unrhyw bryd ar ((emergencyTelephone)). Os oes bywyd mewn perygl, ffoniwch 999.',
};
const outside = { problem: ['pothole', 'street-light', 'fly-tipping'] } as const;

const problems = [
  { value: 'pothole', title: { en: 'A pothole', cy: 'Twll yn y ffordd' }, hint: { en: 'in a road, a cycle lane or a pavement', cy: 'mewn ffordd, lôn feicio neu balmant' } },
  { value: 'street-light', title: { en: 'A street light', cy: 'Golau stryd' }, hint: { en: 'out, flickering, always on or damaged', cy: 'wedi diffodd, yn fflachio, ymlaen drwy’r amser neu wedi’i ddifrodi' } },
  { value: 'fly-tipping', title: { en: 'Fly-tipping', cy: 'Tipio anghyfreithlon' }, hint: { en: 'rubbish that somebody has dumped', cy: 'sbwriel y mae rhywun wedi’i adael' } },
  { value: 'missed-bin', title: { en: 'A missed bin', cy: 'Bin heb ei gasglu' }, hint: { en: 'your bin was out and was not emptied', cy: 'roedd eich bin allan ac ni chafodd ei wagio' } },
] as const satisfies readonly Option[];

const inASentence: Readonly<Record<(typeof problems)[number]['value'], Text>> = {
  pothole: { en: 'Pothole', cy: 'Twll yn y ffordd' },
  'street-light': { en: 'Street light', cy: 'Golau stryd' },
  'fly-tipping': { en: 'Fly-tipping', cy: 'Tipio anghyfreithlon' },
  'missed-bin': { en: 'Missed bin', cy: 'Bin heb ei gasglu' },
};

/**
 * Reports of potholes, street lights, fly-tipping and missed bins, with a name or without.
 * @public
 */
export const reportAProblemService = defineService({
  slug: 'report-a-problem',
  version: 1,
  title: { en: 'Report a problem', cy: 'Rhoi gwybod am broblem' },
  summary: { en: 'Tell us about a pothole, a street light, fly-tipping or a bin that was missed.', cy: 'Rhowch wybod i ni am dwll yn y ffordd, golau stryd, tipio anghyfreithlon neu fin na chafodd ei gasglu.' },
  category: SERVICE_CATEGORIES.streetsAndParking,
  keywords: {
    en: ['pothole', 'road', 'pavement', 'street light', 'lamp post', 'fly-tipping', 'dumped rubbish', 'litter', 'missed bin', 'bin not collected', 'report'],
    cy: ['twll', 'ffordd', 'palmant', 'golau stryd', 'polyn lamp', 'tipio anghyfreithlon', 'sbwriel', 'ysbwriel', 'bin heb ei gasglu', 'rhoi gwybod'],
  },
  audience: { signIn: 'offered' },
  start: {
    who: { en: 'For anybody who sees something wrong in a street, or whose bin was missed. You do not have to give your name.', cy: 'I unrhyw un sy’n gweld rhywbeth o’i le mewn stryd, neu na chafodd eu bin ei gasglu. Nid oes rhaid i chi roi eich enw.' },
    need: [
      { en: 'the place: an address, a street, or a point on the map', cy: 'y lle: cyfeiriad, stryd, neu bwynt ar y map' },
      { en: 'photos, if you have any', cy: 'lluniau, os oes gennych rai' },
    ],
    minutes: 4,
    urgent: danger,
  },
  settings: {
    emergencyTelephone: { type: 'line', title: { en: 'Telephone number for dangers, at any hour', cy: 'Rhif ffôn ar gyfer peryglon, ar unrhyw awr' }, default: '01632 960099' },
    binsOutBy: { type: 'words', title: { en: 'When bins must be out', cy: 'Erbyn pryd y mae’n rhaid i’r biniau fod allan' }, default: { en: '7am', cy: '7am' } },
  },
  sections: {
    problem: { en: 'The problem', cy: 'Y broblem' },
    where: { en: 'Where it is', cy: 'Ble mae' },
    details: { en: 'More about it', cy: 'Mwy amdano' },
    you: { en: 'About you', cy: 'Amdanoch chi' },
  },
  pages: [
    {
      slug: 'problem', section: 'problem',
      questions: [{
        id: 'problem', type: 'radios', attribute: 'report.kind', options: problems,
        title: { en: 'What do you want to report?', cy: 'Am beth hoffech chi roi gwybod?' },
        shortTitle: { en: 'Problem', cy: 'Problem' },
        missing: { en: 'Select what you want to report', cy: 'Dewiswch am beth hoffech chi roi gwybod' },
      }],
    },
    {
      slug: 'danger', section: 'problem', when: outside,
      questions: [{
        id: 'isDangerous', type: 'yes-no',
        title: { en: 'Could somebody get hurt right now?', cy: 'A allai rhywun gael niwed nawr?' },
        shortTitle: { en: 'Danger right now', cy: 'Perygl nawr' },
        hint: { en: 'For example: bare wires, a leaning post, needles, chemicals, or something that makes cars swerve.', cy: 'Er enghraifft: gwifrau noeth, polyn yn gwyro, nodwyddau, cemegau, neu rywbeth sy’n gwneud i geir wyro.' },
        yes: { en: 'Yes', cy: 'Gallai' }, no: { en: 'No', cy: 'Na allai' },
        missing: { en: 'Select yes if somebody could get hurt right now', cy: 'Dewiswch “Gallai” os gallai rhywun gael niwed nawr' },
      }],
    },
    {
      slug: 'call-us', section: 'problem', when: { isDangerous: true },
      title: { en: 'Please call us now', cy: 'Ffoniwch ni nawr, os gwelwch yn dda' },
      ending: [
        danger,
        { en: 'We can send a crew at once, so do not send this form.', cy: 'Gallwn anfon criw ar unwaith, felly peidiwch ag anfon y ffurflen hon.' },
      ],
    },
    {
      slug: 'where', section: 'where', when: outside,
      questions: [{
        id: 'place', type: 'location', attribute: 'report.place',
        title: { en: 'Where is it?', cy: 'Ble mae?' },
        shortTitle: { en: 'Place', cy: 'Lle' },
      }],
    },
    {
      slug: 'your-bin', section: 'where', when: { problem: 'missed-bin' },
      questions: [{
        id: 'property', type: 'address', mustBeHere: true, attribute: 'address.current',
        title: { en: 'Whose bin was missed?', cy: 'Bin pwy na chafodd ei gasglu?' },
        shortTitle: { en: 'Address', cy: 'Cyfeiriad' },
        hint: { en: 'We need the address where the bin stands.', cy: 'Mae angen y cyfeiriad lle mae’r bin yn sefyll arnom.' },
        missing: { en: 'Find the address and choose it, or enter it by hand', cy: 'Dewch o hyd i’r cyfeiriad a’i ddewis, neu rhowch ef â llaw' },
      }],
    },
    {
      slug: 'pothole', section: 'details', when: { problem: 'pothole' }, title: { en: 'What is the pothole like?', cy: 'Sut dwll ydyw?' },
      questions: [
        {
          id: 'potholeSize', type: 'radios', attribute: 'report.size',
          title: { en: 'How wide is it?', cy: 'Pa mor llydan ydyw?' }, shortTitle: { en: 'Width', cy: 'Lled' },
          options: [
            { value: 'small', title: { en: 'Smaller than a dinner plate', cy: 'Llai na phlât cinio' } },
            { value: 'medium', title: { en: 'About as big as a dinner plate', cy: 'Tua’r un faint â phlât cinio' } },
            { value: 'large', title: { en: 'Bigger than a dinner plate', cy: 'Mwy na phlât cinio' } },
          ],
          missing: { en: 'Select how wide the pothole is', cy: 'Dewiswch pa mor llydan yw’r twll' },
        },
        {
          id: 'potholeSurface', type: 'radios', attribute: 'report.surface',
          title: { en: 'What is it in?', cy: 'Ym mhle mae’r twll?' }, shortTitle: { en: 'Surface', cy: 'Arwyneb' },
          options: [
            { value: 'road', title: { en: 'The road', cy: 'Y ffordd' } },
            { value: 'cycle-lane', title: { en: 'A cycle lane', cy: 'Lôn feicio' } },
            { value: 'pavement', title: { en: 'The pavement', cy: 'Y palmant' } },
          ],
          missing: { en: 'Select what the pothole is in', cy: 'Dewiswch ym mhle mae’r twll' },
        },
      ],
    },
    {
      slug: 'street-light', section: 'details', when: { problem: 'street-light' },
      questions: [{
        id: 'lightFault', type: 'radios', attribute: 'report.fault',
        title: { en: 'What is wrong with the light?', cy: 'Beth sydd o’i le ar y golau?' }, shortTitle: { en: 'Fault', cy: 'Nam' },
        options: [
          { value: 'out', title: { en: 'It is out', cy: 'Mae wedi diffodd' } },
          { value: 'flickering', title: { en: 'It flickers', cy: 'Mae’n fflachio' } },
          { value: 'always-on', title: { en: 'It is on in the daytime', cy: 'Mae ymlaen yn ystod y dydd' } },
          { value: 'damaged', title: { en: 'It is damaged', cy: 'Mae wedi’i ddifrodi' } },
        ],
        missing: { en: 'Select what is wrong with the light', cy: 'Dewiswch beth sydd o’i le ar y golau' },
      }],
    },
    {
      slug: 'light-number', section: 'details', when: { problem: 'street-light' },
      questions: [{
        id: 'lightNumber', type: 'text', optional: true, maxLength: 20, width: 10, attribute: 'report.asset',
        title: { en: 'What is the number on the post?', cy: 'Beth yw’r rhif ar y polyn?' }, shortTitle: { en: 'Number on the post', cy: 'Rhif ar y polyn' },
        hint: { en: 'It stands on a small plate. Leave this empty if you cannot see it.', cy: 'Mae ar blât bach. Gadewch hwn yn wag os na allwch ei weld.' },
      }],
    },
    {
      slug: 'rubbish', section: 'details', when: { problem: 'fly-tipping' }, title: { en: 'What has been dumped?', cy: 'Beth sydd wedi’i adael?' },
      questions: [
        {
          id: 'rubbishKinds', type: 'checkboxes', attribute: 'report.waste-kinds',
          title: { en: 'What is there?', cy: 'Beth sydd yno?' }, shortTitle: { en: 'Kinds of rubbish', cy: 'Mathau o sbwriel' },
          hint: { en: 'Select all that you can see.', cy: 'Dewiswch bopeth y gallwch ei weld.' },
          options: [
            { value: 'bags', title: { en: 'Bags of rubbish', cy: 'Bagiau sbwriel' } },
            { value: 'furniture', title: { en: 'Furniture or mattresses', cy: 'Dodrefn neu fatresi' } },
            { value: 'appliances', title: { en: 'Fridges, washing machines or televisions', cy: 'Oergelloedd, peiriannau golchi neu setiau teledu' } },
            { value: 'rubble', title: { en: 'Rubble, wood or soil', cy: 'Rwbel, pren neu bridd' } },
            { value: 'tyres', title: { en: 'Tyres', cy: 'Teiars' } },
            { value: 'garden', title: { en: 'Garden waste', cy: 'Gwastraff gardd' } },
            { value: 'other', title: { en: 'Something else', cy: 'Rhywbeth arall' } },
          ],
          missing: { en: 'Select what has been dumped', cy: 'Dewiswch beth sydd wedi’i adael' },
        },
        {
          id: 'rubbishAmount', type: 'radios', attribute: 'report.amount',
          title: { en: 'How much is it?', cy: 'Faint sydd yno?' }, shortTitle: { en: 'Amount', cy: 'Maint' },
          options: [
            { value: 'one', title: { en: 'One bag or one thing', cy: 'Un bag neu un peth' } },
            { value: 'car', title: { en: 'As much as fits in a car', cy: 'Cymaint ag a fyddai’n ffitio mewn car' } },
            { value: 'van', title: { en: 'As much as fits in a van', cy: 'Cymaint ag a fyddai’n ffitio mewn fan' } },
            { value: 'more', title: { en: 'More', cy: 'Mwy' } },
          ],
          missing: { en: 'Select how much it is', cy: 'Dewiswch faint sydd yno' },
        },
      ],
    },
    {
      slug: 'witness', section: 'details', when: { problem: 'fly-tipping' },
      questions: [{
        id: 'sawIt', type: 'yes-no',
        title: { en: 'Did you see who left it?', cy: 'Welsoch chi pwy a’i gadawodd?' }, shortTitle: { en: 'Saw who left it', cy: 'Wedi gweld pwy a’i gadawodd' },
        yes: { en: 'Yes', cy: 'Do' }, no: { en: 'No', cy: 'Naddo' },
        missing: { en: 'Select yes if you saw who left it', cy: 'Dewiswch “Do” os gwelsoch pwy a’i gadawodd' },
      }],
    },
    {
      slug: 'what-you-saw', section: 'details', when: { sawIt: true },
      questions: [{
        id: 'whatYouSaw', type: 'textarea', personal: true, maxLength: 1000,
        title: { en: 'What did you see?', cy: 'Beth welsoch chi?' }, shortTitle: { en: 'What you saw', cy: 'Yr hyn a welsoch' },
        hint: { en: 'For example: when it was, what they looked like, the number plate of a car. Only our officers read this.', cy: 'Er enghraifft: pryd y digwyddodd, sut olwg oedd arnynt, rhif car. Dim ond ein swyddogion sy’n darllen hwn.' },
        missing: { en: 'Enter what you saw', cy: 'Rhowch yr hyn a welsoch' },
      }],
    },
    {
      slug: 'which-bin', section: 'details', when: { problem: 'missed-bin' },
      questions: [{
        id: 'binKind', type: 'radios', attribute: 'report.bin',
        title: { en: 'Which bin was missed?', cy: 'Pa fin na chafodd ei gasglu?' }, shortTitle: { en: 'Bin', cy: 'Bin' },
        options: [
          { value: 'rubbish', title: { en: 'Rubbish', cy: 'Sbwriel' } },
          { value: 'recycling', title: { en: 'Recycling', cy: 'Ailgylchu' } },
          { value: 'food', title: { en: 'Food waste', cy: 'Gwastraff bwyd' } },
          { value: 'garden', title: { en: 'Garden waste', cy: 'Gwastraff gardd' } },
        ],
        missing: { en: 'Select which bin was missed', cy: 'Dewiswch pa fin na chafodd ei gasglu' },
      }],
    },
    {
      slug: 'collection-day', section: 'details', when: { problem: 'missed-bin' },
      questions: [{
        id: 'collectionDay', type: 'date', earliestInDays: -14, latestInDays: 0,
        title: { en: 'When should it have been emptied?', cy: 'Pryd y dylid bod wedi’i wagio?' }, shortTitle: { en: 'Collection day', cy: 'Diwrnod casglu' },
        hint: { en: 'The day must be in the last two weeks.', cy: 'Rhaid i’r diwrnod fod yn y pythefnos diwethaf.' },
        missing: { en: 'Enter the day on which it should have been emptied', cy: 'Rhowch y diwrnod y dylid bod wedi’i wagio' },
      }],
    },
    {
      slug: 'bin-was-out', section: 'details', when: { problem: 'missed-bin' },
      questions: [{
        id: 'binWasOut', type: 'yes-no',
        title: { en: 'Was the bin out by ((binsOutBy))?', cy: 'Oedd y bin allan erbyn ((binsOutBy))?' }, shortTitle: { en: 'Out in time', cy: 'Allan mewn pryd' },
        yes: { en: 'Yes', cy: 'Oedd' }, no: { en: 'No', cy: 'Nac oedd' },
        missing: { en: 'Select yes if the bin was out in time', cy: 'Dewiswch “Oedd” os oedd y bin allan mewn pryd' },
      }],
    },
    {
      slug: 'next-collection', section: 'details', when: { binWasOut: false },
      title: { en: 'We will empty it at its next collection', cy: 'Byddwn yn ei wagio yn ei gasgliad nesaf' },
      ending: [
        { en: 'The lorry comes once, and cannot come back for bins that were not out by ((binsOutBy)).', cy: 'Daw’r lori unwaith, ac ni all ddod yn ôl i gasglu biniau nad oeddent allan erbyn ((binsOutBy)).' },
        { en: 'If your bin is full, you can put one extra bag beside it at the next collection.', cy: 'Os yw eich bin yn llawn, gallwch roi un bag ychwanegol wrth ei ymyl yn y casgliad nesaf.' },
        { en: 'If you need help to put your bin out, call us.', cy: 'Os oes angen help arnoch i roi eich bin allan, ffoniwch ni.' },
      ],
    },
    {
      slug: 'description', section: 'details',
      questions: [{
        id: 'description', type: 'textarea', optional: true, maxLength: 500,
        title: { en: 'Is there anything else that we should know?', cy: 'Oes unrhyw beth arall y dylem ei wybod?' }, shortTitle: { en: 'Anything else', cy: 'Unrhyw beth arall' },
        hint: { en: 'Please leave out names and telephone numbers.', cy: 'Peidiwch â chynnwys enwau na rhifau ffôn, os gwelwch yn dda.' },
      }],
    },
    {
      slug: 'photos', section: 'details', when: outside,
      questions: [{
        id: 'pictures', type: 'photos', optional: true, atMost: 3,
        title: { en: 'Do you have photos of it?', cy: 'Oes gennych chi luniau ohono?' }, shortTitle: { en: 'Photos', cy: 'Lluniau' },
        hint: { en: 'You can add up to 3. They help us to find it and to bring the right tools.', cy: 'Gallwch ychwanegu hyd at 3. Maent yn ein helpu i ddod o hyd iddo ac i ddod â’r offer cywir.' },
      }],
    },
    {
      slug: 'updates', section: 'you',
      questions: [{
        id: 'updates', type: 'radios',
        title: { en: 'Shall we tell you what we do about it?', cy: 'Sut hoffech chi glywed beth a wnawn amdano?' }, shortTitle: { en: 'Keep you informed', cy: 'Rhoi gwybod i chi' },
        hint: { en: 'You can always look it up with the link that we give you.', cy: 'Gallwch edrych arno unrhyw bryd gyda’r ddolen y byddwn yn ei rhoi i chi.' },
        options: [
          { value: 'email', title: { en: 'Yes, by email', cy: 'Drwy e-bost' } },
          { value: 'text', title: { en: 'Yes, by text message', cy: 'Drwy neges destun' } },
          { value: 'no', title: { en: 'No, I want to stay anonymous', cy: 'Dim o gwbl: rwyf am aros yn ddienw' } },
        ],
        missing: { en: 'Select whether we should tell you', cy: 'Dewiswch sut hoffech glywed gennym' },
      }],
    },
    {
      slug: 'contact', section: 'you', when: { updates: ['email', 'text'] }, title: { en: 'How can we reach you?', cy: 'Sut gallwn ni gysylltu â chi?' },
      questions: [
        { id: 'yourName', type: 'name', attribute: 'person.name', title: { en: 'Your full name', cy: 'Eich enw llawn' }, shortTitle: { en: 'Name', cy: 'Enw' } },
        { id: 'email', type: 'email', attribute: 'person.email', when: { updates: 'email' }, title: { en: 'Your email address', cy: 'Eich cyfeiriad e-bost' }, shortTitle: { en: 'Email address', cy: 'Cyfeiriad e-bost' } },
        { id: 'mobile', type: 'phone', forTexts: true, attribute: 'person.phone', when: { updates: 'text' }, title: { en: 'Your mobile number', cy: 'Eich rhif ffôn symudol' }, shortTitle: { en: 'Mobile number', cy: 'Rhif ffôn symudol' }, missing: { en: 'Enter your mobile number', cy: 'Rhowch eich rhif ffôn symudol' } },
      ],
    },
  ],
  opens: {
    types: [pothole, streetLight, flyTipping, missedBin],
    which: ({ answers }) => `report-a-problem.${answers.problem}`,
    summary: ({ answers }) => {
      const words = inASentence[answers.problem];
      const street = answers.place?.way === 'street' ? answers.place.lines?.[0] : undefined;
      return street ? { en: `${words.en}, ${street}`, cy: `${words.cy}, ${street}` } : words;
    },
    location: ['place', 'property'],
    contact: { name: 'yourName', email: 'email', phone: 'mobile' },
  },
  // Whoever reports through another system has seen its own warning of dangers, and is told by it how things go.
  open311: { given: { isDangerous: false, updates: 'no' }, description: 'description' },
  standardTexts: [
    { id: 'report-a-problem.repair-planned', title: 'Repair planned', text: { en: 'We have planned the repair. The road may be closed for a short time while we work.', cy: 'Rydym wedi trefnu’r gwaith atgyweirio. Efallai y bydd y ffordd ar gau am gyfnod byr tra byddwn yn gweithio.' }, use: ['update'], caseTypes: ['report-a-problem.pothole', 'report-a-problem.street-light'] },
    { id: 'report-a-problem.too-shallow', title: 'Too shallow to repair', text: { en: 'We measured the hole. It is less than 40 mm deep, which is below our limit for a repair. We look at this road again in three months.', cy: 'Rydym wedi mesur y twll. Mae’n llai na 40 mm o ddyfnder, sy’n is na’n trothwy ar gyfer atgyweirio. Byddwn yn edrych ar y ffordd hon eto ymhen tri mis.' }, use: ['reasons'], caseTypes: ['report-a-problem.pothole'], transitions: ['close-without-action'] },
    { id: 'report-a-problem.not-found', title: 'Could not be found', text: { en: 'We went there and could not find the problem.', cy: 'Aethom yno ac nid oedd modd dod o hyd i’r broblem.' }, use: ['reasons'], transitions: ['close-without-action'] },
  ],
  confirmation: {
    sent: { en: 'Report sent', cy: 'Adroddiad wedi’i anfon' },
    track: { en: 'Track this report', cy: 'Olrhain yr adroddiad hwn' },
    next: [
      { en: 'We look at your report within 2 working days and decide what to do.', cy: 'Byddwn yn edrych ar eich adroddiad o fewn 2 ddiwrnod gwaith ac yn penderfynu beth i’w wneud.' },
      { en: 'The status page always says how it stands.', cy: 'Mae’r dudalen statws bob amser yn dweud sut mae pethau’n sefyll.' },
    ],
  },
  privacy: {
    data: { en: 'What you report and where it is, your photos, and your name and how to reach you, if you give them.', cy: 'Yr hyn rydych yn rhoi gwybod amdano a ble mae, eich lluniau, a’ch enw a sut i gysylltu â chi, os ydych yn eu rhoi.' },
    lawfulBasis: { en: 'We do this because the law gives us the task to keep streets safe and clean (UK GDPR, article 6(1)(e)).', cy: 'Rydym yn gwneud hyn am fod y gyfraith yn rhoi’r dasg i ni o gadw strydoedd yn ddiogel ac yn lân (GDPR y DU, erthygl 6(1)(e)).' },
    keptFor: { en: 'Six years for potholes and street lights, two years for fly-tipping, one year for missed bins.', cy: 'Chwe blynedd ar gyfer tyllau a goleuadau stryd, dwy flynedd ar gyfer tipio anghyfreithlon, blwyddyn ar gyfer biniau na chawsant eu casglu.' },
  },
});

/**
 * The reports in a council's configuration.
 * @public
 * @example reportAProblem({ emergencyTelephone: '01632 960099' })
 */
export const reportAProblem = servicePack(reportAProblemService, { version: '0.1.0', packageFolder: path.join(__dirname, '..') });
