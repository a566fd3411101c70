import { localGazetteer, riverbourne as riverbourneTown } from '@guildhall/addresses-provider-local-gazetteer';
import { simulatedKeycloak, simulatedOidc } from '@guildhall/identity-provider-oidc/simulator';
import { outbox } from '@guildhall/notifications-provider-outbox';
import { simulatedSmtp } from '@guildhall/notifications-provider-smtp/simulator';
import { simulatedStripe } from '@guildhall/payments-provider-stripe/simulator';
import { riverbourneWith } from './council.config';

const teams = [
  { teamId: 'streets', title: { en: 'Streets', cy: 'Strydoedd' }, from: ['/guildhall/streets'] },
  { teamId: 'waste', title: { en: 'Waste', cy: 'Gwastraff' }, from: ['/guildhall/waste'] },
] as const;

/** Riverbourne on what is not the government's: any OpenID Connect, Keycloak, Stripe and a mail server, simulated: `npm start -- --with-simulators=open-standards`. */
export const riverbourneOnOpenStandards = riverbourneWith({
  residents: [simulatedOidc()],
  officers: [simulatedKeycloak({ teams })],
  payments: [simulatedStripe()],
  // A mail server takes neither texts nor letters.
  messages: [simulatedSmtp(), outbox()],
  addresses: [localGazetteer({ dataset: riverbourneTown })],
});
