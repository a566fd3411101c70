import { addresses } from '@guildhall/addresses';
import { glanafon as inventedTown, localGazetteer } from '@guildhall/addresses-provider-local-gazetteer';
import { cases } from '@guildhall/cases';
import { documents } from '@guildhall/documents';
import { localDisk } from '@guildhall/documents-provider-local-disk';
import { gardenWaste } from '@guildhall/garden-waste';
import { identity } from '@guildhall/identity';
import { demoOfficers, demoResidents } from '@guildhall/identity-provider-dev-oidc';
import { oneTimeCode } from '@guildhall/identity-provider-one-time-code';
import { informationRights } from '@guildhall/information-rights';
import { defineCouncil } from '@guildhall/kernel-contract';
import { notifications } from '@guildhall/notifications';
import { outbox } from '@guildhall/notifications-provider-outbox';
import { paymentsOverHttp } from '@guildhall/payments-over-http';
import { portal } from '@guildhall/portal';
import { services } from '@guildhall/services';
import { pounds } from '@guildhall/services-contract';
import { glanafonTheme } from '@guildhall/theme-glanafon';

/** A council that has what cannot be where Aldermoor's is: payments that Aldermoor takes for it, a folder for its documents, another look. */
export const westmarch = defineCouncil('westmarch', ({ env }) => ({
  council: {
    id: '019db6a2-6c00-7b08-9a77-c1d25e6f8034', gssCode: 'W06000997', name: { en: 'Westmarch Council', cy: 'Cyngor Westmarch' }, languages: ['cy', 'en'], nation: 'wales',
    origin: env.origin(), referencePrefix: 'WM', contact: { telephone: '01632 960400', email: 'cymorth@westmarch.example', address: 'Neuadd y Dref, Westmarch ZZ99 4AA' },
  },
  theme: glanafonTheme,
  modules: [
    identity({ residents: [oneTimeCode(), demoResidents()], officers: [demoOfficers()] }),
    paymentsOverHttp({ origin: env.url('PAYMENTS_ORIGIN'), credential: env.secret('PAYMENTS_CREDENTIAL'), payPages: env.string('PAYMENTS_PAGES') }),
    notifications({ providers: [outbox()] }),
    addresses({ providers: [localGazetteer({ dataset: inventedTown })] }),
    documents({ providers: [localDisk()] }),
    cases(), services(), portal(), informationRights(),
    gardenWaste({ yearlyFee: pounds(42) }),
  ],
}));
