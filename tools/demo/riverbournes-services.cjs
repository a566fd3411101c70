'use strict';
// Two more services of Riverbourne's for the demonstration, written as any council would, and one system of its own that wants to hear when somebody moves.
const { mkdir, rename, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { defineCaseType } = require('@guildhall/cases-contract');
const { Unavailable, defineServicePack, register } = require('@guildhall/kernel-contract');
const { SERVICE_CATEGORIES, defineService, servicePack } = require('@guildhall/services-contract');
const { CHANGE_TAKER } = require('@guildhall/sharing-contract');

const whileItRuns = { months: 12, because: { en: 'We need it for as long as we collect from you, and it is looked at every year.', cy: 'Mae ei angen arnom cyhyd â’n bod yn casglu gennych, ac edrychir arno bob blwyddyn.' } };

/** A case that one officer decides. */
const decidedOnce = (id, title, doneText) => defineCaseType({
  id, version: 1, title, team: 'waste', initial: 'asked', deadlineInWorkingDays: 10,
  states: {
    asked: { kind: 'open', colour: 'blue', retention: whileItRuns, title: { en: 'Asked for', cy: 'Gofynnwyd amdano' }, publicText: { en: 'We have what you sent us.', cy: 'Mae’r hyn a anfonoch atom gennym.' } },
    arranged: { kind: 'closed', colour: 'green', retention: whileItRuns, title: { en: 'Arranged', cy: 'Wedi’i drefnu' }, publicText: doneText },
  },
  transitions: [{ id: 'arrange', from: ['asked'], to: 'arranged', title: { en: 'Arranged', cy: 'Trefnwyd' } }],
});

const address = (purposes, title) => ({
  slug: 'address',
  questions: [{ id: 'home', type: 'address', mustBeHere: true, attribute: 'address.current', purposes, title, shortTitle: { en: 'Address', cy: 'Cyfeiriad' }, missing: { en: 'Find your address and choose it, or enter it by hand', cy: 'Dewch o hyd i’ch cyfeiriad a’i ddewis, neu rhowch ef â llaw' } }],
});
const yesOrNo = (id, attribute, purposes, title, shortTitle) => ({
  slug: id, questions: [{ id, type: 'yes-no', personal: true, attribute, purposes, title, shortTitle, yes: { en: 'Yes', cy: 'Ydw' }, no: { en: 'No', cy: 'Nac ydw' }, missing: { en: 'Select yes or no', cy: 'Dewiswch “Ydw” neu “Nac ydw”' } }],
});
const contract = { en: 'We do this to carry out a contract with you (UK GDPR, article 6(1)(b)).', cy: 'Rydym yn gwneud hyn i gyflawni contract gyda chi (GDPR y DU, erthygl 6(1)(b)).' };
const publicTask = { en: 'A public task: collecting waste (UK GDPR, article 6(1)(e)).', cy: 'Tasg gyhoeddus: casglu gwastraff (GDPR y DU, erthygl 6(1)(e)).' };
const aYear = { en: 'A year after it was arranged.', cy: 'Blwyddyn ar ôl iddo gael ei drefnu.' };

/** For the same purpose as garden waste itself: what is known for that is not asked again. */
const anotherBin = defineService({
  slug: 'another-garden-bin', version: 1, category: SERVICE_CATEGORIES.binsAndRecycling,
  title: { en: 'Ask for another garden waste bin', cy: 'Gofyn am fin gwastraff gardd arall' }, summary: { en: 'For people who subscribe already and have more to put in.', cy: 'I bobl sydd eisoes yn tanysgrifio ac sydd â mwy i’w roi ynddo.' },
  keywords: { en: ['second bin', 'more bins'], cy: ['ail fin', 'mwy o finiau'] }, audience: { signIn: 'required' },
  start: { who: { en: 'For people who subscribe to the garden waste collection.', cy: 'I bobl sy’n tanysgrifio i’r casgliad gwastraff gardd.' }, minutes: 2 }, settings: {},
  pages: [
    address(['garden-waste-concession'], { en: 'Where should we bring it?', cy: 'I ble y dylem ddod ag ef?' }),
    yesOrNo('reduction', 'council-tax-reduction.receives', ['garden-waste-concession'], { en: 'Do you get Council Tax Reduction?', cy: 'Ydych chi’n cael Gostyngiad y Dreth Gyngor?' }, { en: 'Council Tax Reduction', cy: 'Gostyngiad y Dreth Gyngor' }),
  ],
  opens: { types: [decidedOnce('another-garden-bin.request', { en: 'Another garden waste bin', cy: 'Bin gwastraff gardd arall' }, { en: 'We brought your bin.', cy: 'Rydym wedi dod â’ch bin.' })], summary: () => ({ en: 'Another garden waste bin', cy: 'Bin gwastraff gardd arall' }), location: 'home' },
  confirmation: { next: [{ en: 'We bring your bin within 10 working days.', cy: 'Byddwn yn dod â’ch bin o fewn 10 diwrnod gwaith.' }] },
  privacy: { data: { en: 'Your address, and whether you get Council Tax Reduction.', cy: 'Eich cyfeiriad, ac a ydych yn cael Gostyngiad y Dreth Gyngor.' }, lawfulBasis: contract, keptFor: aYear },
});

/** The care trust knows whether somebody gets care at home: yes or no, and nothing else. */
const assistedCollection = defineService({
  slug: 'assisted-collection', version: 1, category: SERVICE_CATEGORIES.binsAndRecycling,
  title: { en: 'Have your bins fetched from your door', cy: 'Casglu eich biniau o’ch drws' }, summary: { en: 'For people who cannot bring their bins to the road.', cy: 'I bobl na allant ddod â’u biniau at y ffordd.' },
  keywords: { en: ['assisted', 'disabled', 'care'], cy: ['cymorth', 'anabl', 'gofal'] }, audience: { signIn: 'required' },
  start: { who: { en: 'For people whom nobody in the house can help with the bins.', cy: 'I bobl nad oes neb yn y tŷ a all eu helpu gyda’r biniau.' }, minutes: 2 }, settings: {},
  pages: [
    yesOrNo('care', 'care.receives', ['assisted-collection'], { en: 'Do you get care at home?', cy: 'Ydych chi’n cael gofal gartref?' }, { en: 'Care at home', cy: 'Gofal gartref' }),
    address(['assisted-collection'], { en: 'Where do you live?', cy: 'Ble ydych chi’n byw?' }),
  ],
  opens: { types: [decidedOnce('assisted-collection.request', { en: 'Bins fetched from the door', cy: 'Casglu biniau o’r drws' }, { en: 'We fetch your bins from your door.', cy: 'Rydym yn casglu eich biniau o’ch drws.' })], summary: () => ({ en: 'Bins fetched from the door', cy: 'Casglu biniau o’r drws' }), location: 'home' },
  confirmation: { next: [{ en: 'We begin within 10 working days.', cy: 'Byddwn yn dechrau o fewn 10 diwrnod gwaith.' }] },
  privacy: { data: { en: 'Your address, and whether you get care at home.', cy: 'Eich cyfeiriad, ac a ydych yn cael gofal gartref.' }, lawfulBasis: publicTask, keptFor: aYear },
});

/** The crews' list of whom they call on: a system beside the app, here a folder with a file for each. It hears of a change of address as any service that subscribes would. */
const rounds = (folder) => defineServicePack({
  id: 'rounds', version: '0.1.0', options: {}, requires: [],
  registers: [register(CHANGE_TAKER, {
    id: 'rounds.crews', titleKey: 'demo-set-up.rounds', attributes: ['address.current'],
    /** The same again is the same file. */
    async take(_ctx, { changeId, personId, evidence: { value, asOf } }) {
      const file = path.join(folder, `${personId}.json`);
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(`${file}.${changeId}`, JSON.stringify({ ...value, asOf }));
        await rename(`${file}.${changeId}`, file);
      } catch (error) {
        throw Object.assign(new Unavailable('The crews’ list cannot be written at the moment.'), { cause: error });
      }
    },
  })],
});

const pack = { version: '0.1.0', packageFolder: __dirname };
/** @param folder where the crews' list lies */
const riverbournesServices = (folder) => [servicePack(anotherBin, pack)(), servicePack(assistedCollection, pack)(), rounds(folder)];

module.exports = { riverbournesServices };
