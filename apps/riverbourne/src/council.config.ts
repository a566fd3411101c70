import { addresses } from '@guildhall/addresses';
import { localGazetteer, riverbourne as riverbourneTown } from '@guildhall/addresses-provider-local-gazetteer';
import { backOffice } from '@guildhall/back-office';
import { cases } from '@guildhall/cases';
import { configuration } from '@guildhall/configuration';
import { connections } from '@guildhall/connections';
import { documents } from '@guildhall/documents';
import { localDisk } from '@guildhall/documents-provider-local-disk';
import { gardenWaste } from '@guildhall/garden-waste';
import { identity } from '@guildhall/identity';
import { demoOfficers, demoResidents } from '@guildhall/identity-provider-dev-oidc';
import { oneTimeCode } from '@guildhall/identity-provider-one-time-code';
import { informationRights } from '@guildhall/information-rights';
import { defineCouncil, type CouncilDefinition, type Env, type Installation } from '@guildhall/kernel-contract';
import { notifications } from '@guildhall/notifications';
import { outbox } from '@guildhall/notifications-provider-outbox';
import { open311 } from '@guildhall/open311';
import { payments } from '@guildhall/payments';
import { sandboxRedirect } from '@guildhall/payments-provider-sandbox-redirect';
import { portal } from '@guildhall/portal';
import { reportAProblem } from '@guildhall/report-a-problem';
import { services } from '@guildhall/services';
import { pounds } from '@guildhall/services-contract';
import { sharing } from '@guildhall/sharing';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES, starterGuideline } from '@guildhall/sharing-contract';
import { subscriptions } from '@guildhall/subscriptions';
import { riverbourneTheme } from '@guildhall/theme-riverbourne';
import { councillors, responsibilities } from './your-area';
import { zones } from './zones';

/** For dangers, at any hour: the contact page says it, and the service that warns of them. */
const emergencyTelephone = '01632 960099';

/** The outside systems: what stands behind each port. */
export interface OutsideSystems {
  readonly residents: Parameters<typeof identity>[0]['residents'];
  readonly officers: Parameters<typeof identity>[0]['officers'];
  readonly payments: Parameters<typeof payments>[0]['providers'];
  readonly messages: NonNullable<Parameters<typeof notifications>[0]>['providers'];
  readonly addresses: Parameters<typeof addresses>[0]['providers'];
  /** Where documents lie, and what scans them; a folder on this machine, and nothing, unless told. */
  readonly documents?: Parameters<typeof documents>[0]['providers'];
  /** Which kinds of case go to which system that the council already has; none unless told: officers work on all of them here. */
  readonly backOffices?: Parameters<typeof backOffice>[0]['handOver'];
}

/** Takes its payments itself, and Glanafon's. */
const ownPayments = (env: Env, { payments: providers }: OutsideSystems): Installation => payments({ providers, neighbours: [{ clientId: 'glanafon', returnOrigin: env.url('GLANAFON_ORIGIN', 'https://apps.glanafon.example') }] });

/** Riverbourne with these systems around it, and its payments taken in this way; everything else is the same with any. */
export const riverbourneWith = (systems: OutsideSystems, paymentsIn = ownPayments): CouncilDefinition => defineCouncil('riverbourne', ({ env }) => ({
  council: {
    id: '019db6a2-6c00-7a41-9d05-6b1f3f0c51aa', gssCode: 'E07000999', name: { en: 'Riverbourne Borough Council', cy: 'Cyngor Bwrdeistref Riverbourne' }, languages: ['en', 'cy'], nation: 'england',
    origin: env.origin(), referencePrefix: 'RB', contact: { telephone: '01632 960100', emergencyTelephone, email: 'help@riverbourne.example', address: 'Town Hall, Bridge Street, Riverbourne ZZ99 1AA' },
  },
  theme: riverbourneTheme,
  acceptedSandboxes: env.string('ACCEPTED_SANDBOXES', '').split(',').map((id) => id.trim()),
  modules: [
    identity({ residents: systems.residents, officers: systems.officers }),
    paymentsIn(env, systems),
    notifications({ providers: systems.messages }),
    addresses({ providers: [...systems.addresses, zones] }),
    documents({ providers: systems.documents ?? [localDisk()] }),
    cases(), services(), connections(), portal({ councillors, responsibilities }),
    informationRights({ dataProtectionOfficer: { name: 'Gwen Pritchard', email: 'dpo@riverbourne.example', telephone: '01632 960015' }, transfers: { en: 'None', cy: 'Dim' } }), configuration(),
    open311({ reading: 'anyone' }),
    subscriptions({ privateReceivers: env.string('PRIVATE_RECEIVERS', '').split(',') }),
    sharing({
      body: 'riverbourne', name: { en: 'Riverbourne Borough Council', cy: 'Cyngor Bwrdeistref Riverbourne' }, logOrigin: env.string('SHARING_LOG_ORIGIN', 'riverbourne.example/log'), keys: [{ name: '2026-1', from: '2026-01-01T00:00:00Z' }],
      vocabulary: { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES }, guideline: starterGuideline('riverbourne'),
      // Whoever fetches bins from the door looks that up over the API.
      alsoAsked: [{ attribute: 'care.receives', purpose: 'assisted-collection' }],
    }),
    reportAProblem({ emergencyTelephone }), gardenWaste({ yearlyFee: pounds(55) }),
    ...(systems.backOffices ? [backOffice({ handOver: systems.backOffices })] : []),
  ],
}));

/** What a development council has: nothing outside this machine. */
export const developmentSystems: OutsideSystems = {
  residents: [oneTimeCode(), demoResidents()],
  officers: [demoOfficers()],
  payments: [sandboxRedirect()],
  messages: [outbox()],
  addresses: [localGazetteer({ dataset: riverbourneTown })],
};

export const riverbourne = riverbourneWith(developmentSystems);
