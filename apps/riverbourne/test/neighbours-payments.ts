import { glanafonWith } from '@guildhall/app-glanafon';
import { IDENTITY, type IdentityApi } from '@guildhall/identity-contract';
import { startTestApp } from '@guildhall/kernel/testing';
import { payments } from '@guildhall/payments';
import { sandboxRedirect } from '@guildhall/payments-provider-sandbox-redirect';
import { riverbourneWithNeighboursPayments } from '../src/neighbours-payments.config';
import { freePorts } from './killed-process';
import { sandbox } from './sandbox';
import type { Neighbour, Surroundings } from './surroundings';

const glanafon = glanafonWith((env) => payments({ providers: [sandboxRedirect()], neighbours: [{ clientId: 'riverbourne', returnOrigin: env.url('RIVERBOURNE_ORIGIN') }] }));

/** Glanafon's app with a database of its own, of which Riverbourne's knows an address and a credential. */
async function startGlanafon(): Promise<Neighbour> {
  const port = await freePorts();
  const app = await startTestApp({ councils: [glanafon], withCompanions: true, settings: { RIVERBOURNE_ORIGIN: `http://localhost:${port}` } });
  const { clientId, secret } = await app.get<IdentityApi>(IDENTITY.token).registerMachine(app.systemContext(), {
    clientId: 'riverbourne', title: 'Riverbourne Borough Council', permissions: ['payments.view', 'payments.take', 'payments.refund'], expiresAt: new Date(Date.now() + 86_400_000),
  });
  const pages = app.companions.running.filter(({ companion }) => companion.id.startsWith('payments')).map(({ page }) => new URL(page).origin);
  return { app, known: { port, settings: { PAYMENTS_ORIGIN: app.origin(), PAYMENTS_CREDENTIAL: `${clientId}.${secret}`, PAYMENTS_PAGES: pages.join(',') } } };
}

/** Payments over HTTP from a neighbour; all else is the sandbox's, and so are its pages. */
export const neighboursPayments: Surroundings = {
  ...sandbox, councils: [riverbourneWithNeighboursPayments], onlyHere: /^\/(payments\/|account\/payments|desk\/connections$)/, neighbour: startGlanafon,
  // The first journey leaves an order that is not finished: nobody else is to find it.
  residents: [...sandbox.residents, { name: 'Mali Arall', contact: 'mali.arall@post.example' }],
};
