import { localGazetteer, riverbourne as riverbourneTown } from '@guildhall/addresses-provider-local-gazetteer';
import { simulatedOsPlaces } from '@guildhall/addresses-provider-os-places/simulator';
import { demoOfficers } from '@guildhall/identity-provider-dev-oidc';
import { simulatedOneLogin } from '@guildhall/identity-provider-govuk-one-login/simulator';
import { oneTimeCode } from '@guildhall/identity-provider-one-time-code';
import { simulatedGovUkNotify } from '@guildhall/notifications-provider-govuk-notify/simulator';
import { simulatedGovUkPay } from '@guildhall/payments-provider-govuk-pay/simulator';
import { riverbourneWith } from './council.config';

/** The town as OS has it: every home, approved and delivered to, and a record of every street that has any. */
const places = () => {
  const homes = riverbourneTown.properties().map((property) => ({ ...property, classification: 'RD04', status: '1', isDeliveredTo: true } as const));
  const streets = new Map(homes.map(({ usrn, street, town, point }) => [usrn, { uprn: `9901${usrn}`, usrn, street, town, postcode: '', point, classification: 'PS', status: '1', isDeliveredTo: false } as const]));
  return [...homes, ...streets.values()];
};

/** Riverbourne with GOV.UK One Login, GOV.UK Pay, GOV.UK Notify and OS Places around it, simulated: `npm start -- --with-simulators`. */
export const riverbourneSimulated = riverbourneWith({
  residents: [simulatedOneLogin(), oneTimeCode()],
  officers: [demoOfficers()],
  payments: [simulatedGovUkPay()],
  messages: [simulatedGovUkNotify()],
  // OS Places knows neither wards nor streets to draw: the next one does.
  addresses: [simulatedOsPlaces({ places }), localGazetteer({ dataset: riverbourneTown })],
});
