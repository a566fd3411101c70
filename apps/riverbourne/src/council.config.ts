import { addresses } from '@guildhall/addresses';
import { localGazetteer, riverbourne as riverbourneTown } from '@guildhall/addresses-provider-local-gazetteer';
import { cases } from '@guildhall/cases';
import { documents } from '@guildhall/documents';
import { localDisk } from '@guildhall/documents-provider-local-disk';
import { gardenWaste } from '@guildhall/garden-waste';
import { identity } from '@guildhall/identity';
import { demoOfficers, demoResidents } from '@guildhall/identity-provider-dev-oidc';
import { oneTimeCode } from '@guildhall/identity-provider-one-time-code';
import { defineCouncil } from '@guildhall/kernel-contract';
import { notifications } from '@guildhall/notifications';
import { outbox } from '@guildhall/notifications-provider-outbox';
import { payments } from '@guildhall/payments';
import { sandboxRedirect } from '@guildhall/payments-provider-sandbox-redirect';
import { portal } from '@guildhall/portal';
import { reportAProblem } from '@guildhall/report-a-problem';
import { services } from '@guildhall/services';
import { pounds } from '@guildhall/services-contract';
import { riverbourneTheme } from '@guildhall/theme-riverbourne';
import { councillors, responsibilities } from './your-area';

/** For dangers, at any hour: the contact page says it, and the service that warns of them. */
const emergencyTelephone = '01632 960099';

export const riverbourne = defineCouncil('riverbourne', ({ env }) => ({
  council: {
    id: '019db6a2-6c00-7a41-9d05-6b1f3f0c51aa', gssCode: 'E07000999', name: { en: 'Riverbourne Borough Council', cy: 'Cyngor Bwrdeistref Riverbourne' }, languages: ['en', 'cy'], nation: 'england',
    origin: env.origin(), referencePrefix: 'RB', contact: { telephone: '01632 960100', emergencyTelephone, email: 'help@riverbourne.example', address: 'Town Hall, Bridge Street, Riverbourne ZZ99 1AA' },
  },
  theme: riverbourneTheme,
  acceptedSandboxes: env.string('ACCEPTED_SANDBOXES', '').split(',').map((id) => id.trim()),
  modules: [
    identity({ residents: [oneTimeCode(), demoResidents()], officers: [demoOfficers()] }),
    payments({ providers: [sandboxRedirect()] }),
    notifications({ providers: [outbox()] }),
    addresses({ providers: [localGazetteer({ dataset: riverbourneTown })] }),
    documents({ providers: [localDisk()] }),
    cases(), services(), portal({ councillors, responsibilities }),
    reportAProblem({ emergencyTelephone }), gardenWaste({ yearlyFee: pounds(55) }),
  ],
}));
