import { addresses } from '@guildhall/addresses';
import { geojsonZones } from '@guildhall/addresses-provider-geojson-boundaries';
import { localGazetteer, riverbourne as inventedTown, riverbourneGardenWasteRounds } from '@guildhall/addresses-provider-local-gazetteer';
import { simulatedOsPlaces } from '@guildhall/addresses-provider-os-places/simulator';
import { simulatedPostcodesIo } from '@guildhall/addresses-provider-postcodes-io/simulator';
import { backOffice } from '@guildhall/back-office';
import { simulatedCsvDrop } from '@guildhall/back-office-provider-csv-drop/simulator';
import { simulatedOpen311 } from '@guildhall/back-office-provider-open311/simulator';
import { simulatedWebhook } from '@guildhall/back-office-provider-webhook/simulator';
import { cases } from '@guildhall/cases';
import { catalogue } from '@guildhall/catalogue';
import { configuration } from '@guildhall/configuration';
import { connections } from '@guildhall/connections';
import { documents } from '@guildhall/documents';
import { simulatedClamAv } from '@guildhall/documents-provider-clamav/simulator';
import { simulatedS3 } from '@guildhall/documents-provider-s3/simulator';
import { gardenWaste } from '@guildhall/garden-waste';
import { identity } from '@guildhall/identity';
import { demoOfficers, demoResidents } from '@guildhall/identity-provider-dev-oidc';
import { simulatedOneLogin } from '@guildhall/identity-provider-govuk-one-login/simulator';
import { simulatedKeycloak, simulatedOidc } from '@guildhall/identity-provider-oidc/simulator';
import { oneTimeCode } from '@guildhall/identity-provider-one-time-code';
import { informationRights } from '@guildhall/information-rights';
import { defineCouncil } from '@guildhall/kernel-contract';
import { notifications } from '@guildhall/notifications';
import { simulatedGovUkNotify } from '@guildhall/notifications-provider-govuk-notify/simulator';
import { outbox } from '@guildhall/notifications-provider-outbox';
import { simulatedSmtp } from '@guildhall/notifications-provider-smtp/simulator';
import { open311 } from '@guildhall/open311';
import { payments } from '@guildhall/payments';
import { simulatedGovUkPay } from '@guildhall/payments-provider-govuk-pay/simulator';
import { sandboxRedirect } from '@guildhall/payments-provider-sandbox-redirect';
import { sandboxSession } from '@guildhall/payments-provider-sandbox-session';
import { simulatedStripe } from '@guildhall/payments-provider-stripe/simulator';
import { portal } from '@guildhall/portal';
import { reportAProblem } from '@guildhall/report-a-problem';
import { services } from '@guildhall/services';
import { pounds } from '@guildhall/services-contract';
import { sharing } from '@guildhall/sharing';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES, starterGuideline } from '@guildhall/sharing-contract';
import { csvRegister } from '@guildhall/sharing-provider-csv-drop';
import { simulatedRestRegister } from '@guildhall/sharing-provider-rest/simulator';
import { sqlRegister } from '@guildhall/sharing-provider-sql';
import { subscriptions } from '@guildhall/subscriptions';
import { riverbourneTheme } from '@guildhall/theme-riverbourne';

const name = { en: 'Aldermoor County Council', cy: 'Cyngor Sir Aldermoor' };
/** The town as OS has it: every home, approved and delivered to. */
const places = () => inventedTown.properties().map((property) => ({ ...property, classification: 'RD04', status: '1', isDeliveredTo: true } as const));
const rounds = geojsonZones([{ kind: 'garden-waste-round', title: { en: 'Garden waste round', cy: 'Rownd gwastraff gardd' }, file: riverbourneGardenWasteRounds, properties: { code: 'code', name: 'name', nameInWelsh: 'nameInWelsh' } }]);

/** A council that has all of it: each module, and behind each port every provider that we publish, those of other systems at their simulators. */
export const aldermoor = defineCouncil('aldermoor', ({ env }) => ({
  council: {
    id: '019db6a2-6c00-7f52-8d11-3e0b9c7a4d26', gssCode: 'E10000997', name, languages: ['en', 'cy'], nation: 'england',
    origin: env.origin(), referencePrefix: 'AL', contact: { telephone: '01632 960300', email: 'help@aldermoor.example', address: 'County Hall, Mill Lane, Aldermoor ZZ99 3AA' },
  },
  theme: riverbourneTheme,
  modules: [
    identity({ residents: [oneTimeCode(), demoResidents(), simulatedOneLogin(), simulatedOidc()], officers: [demoOfficers(), simulatedKeycloak()] }),
    payments({ providers: [simulatedGovUkPay(), simulatedStripe(), sandboxRedirect(), sandboxSession()], neighbours: [{ clientId: 'westmarch', returnOrigin: env.url('WESTMARCH_ORIGIN') }] }),
    notifications({ providers: [simulatedGovUkNotify(), simulatedSmtp(), outbox()] }),
    addresses({ providers: [simulatedOsPlaces({ places }), simulatedPostcodesIo(), localGazetteer({ dataset: inventedTown }), rounds] }),
    documents({ providers: [simulatedS3(), simulatedClamAv()] }),
    cases(), services(), connections(), portal(), informationRights({ dataProtectionOfficer: { name: 'Owen Fairclough', email: 'dpo@aldermoor.example' }, transfers: { en: 'None', cy: 'Dim' } }), configuration(),
    open311({ reading: 'anyone' }), subscriptions(),
    backOffice({ handOver: [
      { caseTypes: ['report-a-problem.pothole'], provider: simulatedOpen311() }, { caseTypes: ['report-a-problem.fly-tipping'], provider: simulatedWebhook() }, { caseTypes: ['report-a-problem.street-light'], provider: simulatedCsvDrop() },
    ] }),
    sharing({
      body: 'aldermoor', name, logOrigin: 'aldermoor.example/log', keys: [{ name: '2026-1', from: '2026-01-01T00:00:00Z' }],
      vocabulary: { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES }, guideline: starterGuideline('aldermoor'),
      providers: [
        simulatedRestRegister(),
        csvRegister({ folder: env.string('REGISTER_FOLDER'), file: 'care-*.csv', columns: { source: 'care-register', localId: 'id', attributes: { 'care.receives': { column: 'care' } } } }),
        sqlRegister({ connection: env.secret('REGISTER_DATABASE'), tables: [{ table: 'household', source: 'household-register', localId: 'id', attributes: { 'household.single-adult': { column: 'alone' } } }] }),
      ],
    }),
    catalogue({ feedOrigin: 'aldermoor.example/feed', keys: [{ name: '2026-1' }], registries: { '*': env.url('PACKAGES') } }),
    reportAProblem({ emergencyTelephone: '01632 960399' }), gardenWaste({ yearlyFee: pounds(60) }),
  ],
}));
