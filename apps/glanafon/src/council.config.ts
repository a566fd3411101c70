import { addresses } from '@guildhall/addresses';
import { glanafon as glanafonTown, localGazetteer } from '@guildhall/addresses-provider-local-gazetteer';
import { cases } from '@guildhall/cases';
import { configuration } from '@guildhall/configuration';
import { gardenWaste } from '@guildhall/garden-waste';
import { identity } from '@guildhall/identity';
import { demoOfficers } from '@guildhall/identity-provider-dev-oidc';
import { oneTimeCode } from '@guildhall/identity-provider-one-time-code';
import { informationRights } from '@guildhall/information-rights';
import { defineCouncil, type CouncilDefinition, type Env, type Installation } from '@guildhall/kernel-contract';
import { notifications } from '@guildhall/notifications';
import { outbox } from '@guildhall/notifications-provider-outbox';
import { payments } from '@guildhall/payments';
import { sandboxSession } from '@guildhall/payments-provider-sandbox-session';
import { portal } from '@guildhall/portal';
import { services } from '@guildhall/services';
import { pounds } from '@guildhall/services-contract';
import { sharing } from '@guildhall/sharing';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES, starterGuideline } from '@guildhall/sharing-contract';
import { glanafonTheme } from '@guildhall/theme-glanafon';
import { allotments } from './allotments/allotments';
import { gateQuestion } from './garden-waste/gate-question';

/** Glanafon with its payments taken in this way; everything else is the same with any. */
export const glanafonWith = (paymentsIn: (env: Env) => Installation): CouncilDefinition => defineCouncil('glanafon', ({ env }) => ({
  council: {
    id: '019db6a2-6c00-7d15-8c2e-94a7d06e1f2b', gssCode: 'W06000999', name: { en: 'Glanafon Council', cy: 'Cyngor Glanafon' }, languages: ['cy', 'en'], nation: 'wales',
    origin: env.origin(), referencePrefix: 'GL', contact: { telephone: '01632 960200', email: 'cymorth@glanafon.example', address: 'Neuadd y Dref, Heol y Bont, Glanafon ZZ99 2AA' },
  },
  theme: glanafonTheme,
  acceptedSandboxes: env.string('ACCEPTED_SANDBOXES', '').split(',').map((id) => id.trim()),
  modules: [
    identity({ residents: [oneTimeCode()], officers: [demoOfficers()] }),
    paymentsIn(env),
    notifications({ providers: [outbox()] }),
    addresses({ providers: [localGazetteer({ dataset: glanafonTown })] }),
    cases(), services(), portal(),
    sharing({
      body: 'glanafon', name: { en: 'Glanafon Council', cy: 'Cyngor Glanafon' }, logOrigin: env.string('SHARING_LOG_ORIGIN', 'glanafon.example/log'), keys: [{ name: '2026-1', from: '2026-01-01T00:00:00Z' }],
      vocabulary: { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES }, guideline: starterGuideline('glanafon'),
    }),
    informationRights({ dataProtectionOfficer: { name: 'Elin Parry', email: 'dpo@glanafon.example' }, transfers: { en: 'None', cy: 'Dim' } }), configuration(),
    gardenWaste({ yearlyFee: pounds(42), additionalBin: pounds(38), concession: pounds(12) }), gateQuestion, allotments(),
  ],
}));

export const glanafon = glanafonWith(() => payments({ providers: [sandboxSession()] }));
