import { paymentsOverHttp } from '@guildhall/payments-over-http';
import { glanafonWith } from './council.config';

/** Glanafon with a neighbour's payments in place of its own: one line is another. */
export const glanafonWithNeighboursPayments = glanafonWith((env) => paymentsOverHttp({ origin: env.url('PAYMENTS_ORIGIN'), credential: env.secret('PAYMENTS_CREDENTIAL'), payPages: env.string('PAYMENTS_PAGES') }));
