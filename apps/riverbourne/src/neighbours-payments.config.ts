import { paymentsOverHttp } from '@guildhall/payments-over-http';
import { developmentSystems, riverbourneWith } from './council.config';

/** Riverbourne with a neighbour's payments in place of its own: one line is another. */
export const riverbourneWithNeighboursPayments = riverbourneWith(developmentSystems, (env) => paymentsOverHttp({ origin: env.url('PAYMENTS_ORIGIN'), credential: env.secret('PAYMENTS_CREDENTIAL'), payPages: env.string('PAYMENTS_PAGES') }));
