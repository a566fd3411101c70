import { localGazetteer, riverbourne as riverbourneTown } from '@guildhall/addresses-provider-local-gazetteer';
import { simulatedCsvDrop } from '@guildhall/back-office-provider-csv-drop/simulator';
import { simulatedOpen311 } from '@guildhall/back-office-provider-open311/simulator';
import { simulatedWebhook } from '@guildhall/back-office-provider-webhook/simulator';
import { simulatedClamAv } from '@guildhall/documents-provider-clamav/simulator';
import { simulatedS3 } from '@guildhall/documents-provider-s3/simulator';
import { simulatedKeycloak, simulatedOidc } from '@guildhall/identity-provider-oidc/simulator';
import { outbox } from '@guildhall/notifications-provider-outbox';
import { simulatedSmtp } from '@guildhall/notifications-provider-smtp/simulator';
import { simulatedStripe } from '@guildhall/payments-provider-stripe/simulator';
import { riverbourneWith } from './council.config';

const teams = [
  { teamId: 'streets', title: { en: 'Streets', cy: 'Strydoedd' }, from: ['/guildhall/streets'] },
  { teamId: 'waste', title: { en: 'Waste', cy: 'Gwastraff' }, from: ['/guildhall/waste'] },
] as const;

const statuses = { fixed: { move: 'finish', tell: 'their-words' }, unchanged: { tell: 'their-words' } } as const;

/** Riverbourne on what is not the government's: any OpenID Connect, Keycloak, Stripe, a mail server, a bucket of S3, ClamAV, and three systems to which reports go, by Open311, by signed webhooks and in files, simulated: `npm start -- --with-simulators=open-standards`. */
export const riverbourneOnOpenStandards = riverbourneWith({
  residents: [simulatedOidc()],
  officers: [simulatedKeycloak({ teams })],
  payments: [simulatedStripe()],
  // A mail server takes neither texts nor letters.
  messages: [simulatedSmtp(), outbox()],
  addresses: [localGazetteer({ dataset: riverbourneTown })],
  documents: [simulatedS3(), simulatedClamAv()],
  backOffices: [
    { caseTypes: ['report-a-problem.pothole'], provider: simulatedOpen311(), sends: { photos: true }, statuses },
    { caseTypes: ['report-a-problem.fly-tipping'], provider: simulatedWebhook(), sends: { photos: true }, statuses },
    { caseTypes: ['report-a-problem.street-light'], provider: simulatedCsvDrop(), sends: { photos: true }, statuses },
  ],
});
