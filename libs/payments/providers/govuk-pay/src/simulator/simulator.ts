import { serveOnThisMachine } from '@guildhall/payments-contract/far-end';
import type { SimulatedAccount } from './accounts';
import { Accounts } from './accounts';
import { AgreementsApi } from './agreements-api';
import { ApiRoutes } from './api-routes';
import { SimulatorControls } from './controls';
import { ControlDesk } from './control-desk';
import { noFaults } from './faults';
import { FrontDesk } from './front-desk';
import { PayerPages } from './payer-pages';
import type { SimulatedTimes } from './payment-book';
import { PaymentBook } from './payment-book';
import { PaymentsApi } from './payments-api';
import { RateLimits } from './rate-limits';
import { Searches } from './searches';
import { RETRIES_IN_SECONDS, Webhooks } from './webhooks';

/** How a simulator is started. @public */
export interface SimulatorOptions {
  /** A free one unless told. */
  readonly port?: number;
  /** Which API keys there are; every key that begins with `api_test_` or `api_live_` unless told. */
  readonly accounts?: readonly SimulatedAccount[];
  readonly times?: Partial<SimulatedTimes>;
  /** 15 creations, 15 captures and 15 other POSTs a second and account, 75 GETs; on unless told. */
  readonly hasRateLimits?: boolean;
  /** Whether Idempotency-Keys are kept for every creation, or, as GOV.UK Pay's documentation promises, for recurring payments only. Every creation unless told. */
  readonly keysFor?: 'every-payment' | 'recurring-only';
  /** After how many seconds a webhook that was not taken is told again. */
  readonly webhookRetriesInSeconds?: readonly number[];
  readonly now?: () => Date;
}
/** A simulator that runs. @public */
export interface RunningSimulator {
  /** `http://localhost:4110`: for `govUkPay({ origin })`. A page to drive it is at `/simulator`. */
  readonly origin: string;
  readonly controls: SimulatorControls;
  stop(): Promise<void>;
}

const TIMES: SimulatedTimes = { expiresAfterInSeconds: 90 * 60, refundsTakeInSeconds: 5, slowBankInSeconds: 20, recurringTakesInSeconds: 0, listsLagInSeconds: 0, keysLastInSeconds: 24 * 60 * 60 };

/**
 * Starts a GOV.UK Pay that moves no money, on the loopback interface only and in memory.
 * @public
 * @example const pay = await startGovUkPaySimulator(); pay.controls.faults.plan('create', 'too-many'); await pay.stop();
 */
export async function startGovUkPaySimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const now = options.now ?? (() => new Date());
  let origin = '';
  const at = (): string => origin;
  const accounts = new Accounts(options.accounts);
  const book = new PaymentBook({ ...TIMES, ...options.times }, now);
  const webhooks = new Webhooks(accounts, book, at, now, options.webhookRetriesInSeconds ?? RETRIES_IN_SECONDS);
  book.onEvent = (payment, type) => { webhooks.tell(payment, type); };
  const faults = noFaults();
  const controls = new SimulatorControls(book, faults, webhooks, accounts);
  const routes = new ApiRoutes(new PaymentsApi(book, at, options.keysFor ?? 'every-payment'), new AgreementsApi(book.agreements), new Searches(book, at));
  const desk = new FrontDesk(accounts, new RateLimits(now, options.hasRateLimits ?? true), faults, routes, new PayerPages(book, accounts, now), new ControlDesk(controls, now));
  const server = await serveOnThisMachine(options.port ?? 0, (request, response) => desk.serve(request, response));
  ({ origin } = server);
  // Time moves payments on by itself: a slow bank decides and an unpaid payment expires while nobody looks.
  const clockwork = setInterval(() => book.all(), 1000);
  clockwork.unref();
  return {
    origin, controls,
    stop: async () => {
      clearInterval(clockwork);
      await webhooks.stop();
      await server.close();
    },
  };
}
