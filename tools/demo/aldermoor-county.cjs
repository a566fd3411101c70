'use strict';
const { identity } = require('@guildhall/identity');
const { demoOfficers, demoResidents } = require('@guildhall/identity-provider-dev-oidc');
const { oneTimeCode } = require('@guildhall/identity-provider-one-time-code');
const { defineCouncil } = require('@guildhall/kernel-contract');
const { notifications } = require('@guildhall/notifications');
const { outbox } = require('@guildhall/notifications-provider-outbox');
const { portal } = require('@guildhall/portal');
const { sharing } = require('@guildhall/sharing');
const { starterGuideline } = require('@guildhall/sharing-contract');
const { csvRegister } = require('@guildhall/sharing-provider-csv-drop');
const { COUNTY, VOCABULARY } = require('./what-they-agreed.cjs');

const NAME = { en: 'Aldermoor County Council', cy: 'Cyngor Sir Aldermoor' };
const EMBLEM = '<path d="M4 26 12 10l5 8 4-6 7 14z" fill="#fff"/>';

/** A county that knows where people live and who gets a council tax reduction: its revenues system exports both every night. */
const aldermoorCounty = defineCouncil(COUNTY, ({ env }) => ({
  council: {
    id: '01990000-0000-7000-8000-0000000000d2', gssCode: 'E10000999', name: NAME, languages: ['en', 'cy'], nation: 'england',
    origin: env.origin(), referencePrefix: 'AC', contact: { telephone: '01632 960300', email: 'help@aldermoor-county.example', address: 'County Hall, Moor Road, Aldermoor ZZ99 3AA' },
  },
  theme: {
    id: COUNTY, brand: '#4a2545', brandDark: '#321a2f', ground: '#f6f2f5', link: '#4a2545', fontStack: 'Arial, sans-serif',
    emblemSvg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32">${EMBLEM}</svg>`,
    faviconSvg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#4a2545"/>${EMBLEM}</svg>`,
  },
  modules: [
    identity({ residents: [oneTimeCode(), demoResidents()], officers: [demoOfficers()] }),
    notifications({ providers: [outbox()] }), portal(),
    sharing({
      body: COUNTY, name: NAME, logOrigin: 'aldermoor-county.example/log', keys: [{ name: '2026-1', from: '2026-01-01T00:00:00Z' }], vocabulary: VOCABULARY, guideline: starterGuideline(COUNTY),
      providers: [csvRegister({
        name: 'revenues', folder: env.string('REVENUES_EXPORT'), file: 'council-tax-*.csv', completeWhen: { marker: '.done' }, goodForInDays: 366,
        columns: {
          source: 'council-tax-register', sourceTitle: { en: 'Council Tax register', cy: 'Cofrestr y Dreth Gyngor' }, localId: 'portal_id', asOf: 'updated_on', verified: 'bill', dates: 'dd/mm/yyyy',
          attributes: { 'person.name': { column: 'name' }, 'address.current': { lines: ['addr1', 'town'], postcode: 'pc', uprn: 'uprn' }, 'council-tax-reduction.receives': { column: 'ctr_award', yesWhen: ['Y'], noWhen: ['N'] } },
        },
      })],
    }),
  ],
}));

module.exports = { aldermoorCounty };
