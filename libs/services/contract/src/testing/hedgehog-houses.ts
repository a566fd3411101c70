import { defineCaseType } from '@guildhall/cases-contract';
import { defineService } from '../define-service';
import { SERVICE_CATEGORIES } from '../service';

const kept = { months: 12, because: { en: 'So that we can answer questions about it', cy: 'Er mwyn i ni allu ateb cwestiynau amdano' } };

/** A small invented service with everything in it, for specs. @public */
export const hedgehogHouses = defineService({
  slug: 'hedgehog-houses',
  version: 1,
  title: { en: 'Get a hedgehog house', cy: 'Cael tŷ draenog' },
  summary: { en: 'Get a house for hedgehogs in your garden.', cy: 'Cael tŷ i ddraenogod yn eich gardd.' },
  category: SERVICE_CATEGORIES.parksAndLeisure,
  keywords: { en: ['hedgehog', 'wildlife'], cy: ['draenog', 'bywyd gwyllt'] },
  audience: { signIn: 'offered' },
  start: { who: { en: 'Anybody with a garden.', cy: 'Unrhyw un â gardd.' }, minutes: 2, cost: { en: 'Each house costs ((price)).', cy: 'Mae pob tŷ yn costio ((price)).' } },
  settings: {
    price: { type: 'money', title: 'Price of a house', default: 1250, atMost: 10_000 },
    ledgerCode: { type: 'code', title: 'Ledger code', default: 'HH-1000' },
  },
  sections: { house: { en: 'The house', cy: 'Y tŷ' }, you: { en: 'About you', cy: 'Amdanoch chi' } },
  pages: [
    { slug: 'garden', section: 'house', questions: [{ id: 'hasGarden', type: 'yes-no', title: { en: 'Do you have a garden?', cy: 'Oes gennych chi ardd?' }, missing: { en: 'Select yes if you have a garden', cy: 'Dewiswch oes os oes gennych ardd' } }] },
    { slug: 'no-garden', section: 'house', when: { hasGarden: false }, title: { en: 'You need a garden', cy: 'Mae angen gardd arnoch' }, ending: [{ en: 'Hedgehogs need a garden.', cy: 'Mae angen gardd ar ddraenogod.' }] },
    { slug: 'how-many', section: 'house', questions: [{ id: 'numberOfHouses', type: 'number', title: { en: 'How many houses do you want?', cy: 'Faint o dai hoffech chi?' }, hint: { en: 'Each costs ((price)).', cy: 'Mae pob un yn costio ((price)).' }, atLeast: 1, atMost: 3, missing: { en: 'Enter how many houses you want', cy: 'Rhowch faint o dai hoffech chi' } }] },
    { slug: 'your-name', section: 'you', title: { en: 'About you', cy: 'Amdanoch chi' }, questions: [
      { id: 'yourName', type: 'name', title: { en: 'Your name', cy: 'Eich enw' } },
      { id: 'why', type: 'textarea', title: { en: 'Why do you want one?', cy: 'Pam hoffech chi un?' }, maxLength: 50, optional: true },
    ] },
  ],
  declaration: { id: 'promise', type: 'declaration', title: { en: 'Your promise', cy: 'Eich addewid' }, statements: [{ en: 'I will put it in my garden.', cy: 'Byddaf yn ei roi yn fy ngardd.' }], confirm: { en: 'I promise', cy: 'Rwy’n addo' } },
  fee: ({ answers, settings }) => [{ code: 'houses', title: { en: 'Hedgehog houses', cy: 'Tai draenogod' }, amountInPence: answers.numberOfHouses * settings.price, ledgerCode: settings.ledgerCode, vatRate: 'standard' }],
  opens: {
    types: [defineCaseType({
      id: 'hedgehog-houses', version: 1, title: { en: 'Hedgehog house', cy: 'Tŷ draenog' }, initial: 'ordered', deadlineInWorkingDays: 5,
      states: {
        ordered: { kind: 'open', title: { en: 'Ordered', cy: 'Wedi’i archebu' }, colour: 'blue', publicText: { en: 'We have your order.', cy: 'Mae eich archeb gennym.' }, retention: kept },
        delivered: { kind: 'closed', title: { en: 'Delivered', cy: 'Wedi’i ddanfon' }, colour: 'green', publicText: { en: 'Your house has arrived.', cy: 'Mae eich tŷ wedi cyrraedd.' }, retention: kept },
      },
      transitions: [{ id: 'deliver', from: ['ordered'], to: 'delivered', title: { en: 'Deliver', cy: 'Danfon' } }],
    })],
    summary: ({ answers }) => ({ en: answers.numberOfHouses === 1 ? 'One hedgehog house' : `${answers.numberOfHouses} hedgehog houses`, cy: `${answers.numberOfHouses} tŷ draenog` }),
    contact: { name: 'yourName' },
  },
  confirmation: { next: [{ en: 'We will bring it within 5 working days.', cy: 'Byddwn yn dod ag ef o fewn 5 diwrnod gwaith.' }] },
  privacy: { data: { en: 'Your name.', cy: 'Eich enw.' }, lawfulBasis: { en: 'A contract with you (article 6(1)(b)).', cy: 'Contract gyda chi (erthygl 6(1)(b)).' }, keptFor: { en: 'One year.', cy: 'Blwyddyn.' } },
});
