import { serveOnThisMachine } from '@guildhall/payments-contract/far-end';
import type { SimulatedAccount } from './accounts';
import { Accounts } from './accounts';
import { ControlDesk } from './control-desk';
import { SimulatorControls } from './controls';
import { noFaults } from './faults';
import { FrontDesk } from './front-desk';
import { IdempotencyKeys } from './idempotency';
import { PayerPages } from './payer-pages';
import { PaymentsApi } from './payments-api';
import { RateLimits } from './rate-limits';
import { Searches } from './searches';
import type { SimulatedTimes } from './session-book';
import { SessionBook } from './session-book';
import { RETRIES_IN_SECONDS, Webhooks } from './webhooks';

/** How a simulator is started. @public */
export interface SimulatorOptions {
  /** A free one unless told. */
  readonly port?: number;
  /** Which API keys there are; every key that begins with `sk_test_`, `sk_live_`, `rk_test_` or `rk_live_` unless told. */
  readonly accounts?: readonly SimulatedAccount[];
  readonly times?: Partial<SimulatedTimes>;
  /** 25 requests a second and test account, 100 a live one; on unless told. */
  readonly hasRateLimits?: boolean;
  /** After how many seconds a webhook that was not taken is told again. */
  readonly webhookRetriesInSeconds?: readonly number[];
  readonly now?: () => Date;
}
/** A simulator that runs. @public */
export interface RunningSimulator {
  /** `http://localhost:4120`: for `stripe({ origin })`. A page to drive it is at `/simulator`. */
  readonly origin: string;
  readonly controls: SimulatorControls;
  stop(): Promise<void>;
}

const TIMES: SimulatedTimes = { refundsTakeInSeconds: 0, slowBankInSeconds: 20, keysLastInSeconds: 24 * 60 * 60 };

/**
 * Starts a Stripe that moves no money, on the loopback interface only and in memory.
 * @public
 * @example const far = await startStripeSimulator(); far.controls.faults.plan('create', 'too-many'); await far.stop();
 */
export async function startStripeSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const now = options.now ?? (() => new Date());
  let origin = '';
  const at = (): string => origin;
  const times = { ...TIMES, ...options.times };
  const accounts = new Accounts(options.accounts);
  const book = new SessionBook(times, now);
  const webhooks = new Webhooks(accounts, at, now, options.webhookRetriesInSeconds ?? RETRIES_IN_SECONDS);
  book.onEvent = (type, subject) => { webhooks.tell(type, subject); };
  const faults = noFaults();
  const controls = new SimulatorControls(book, faults, webhooks, accounts, now);
  const desks = { api: new PaymentsApi(book, at, now), searches: new Searches(book, at), pages: new PayerPages(book, accounts, now), control: new ControlDesk(controls, now) };
  const desk = new FrontDesk(accounts, new RateLimits(now, options.hasRateLimits ?? true), faults, new IdempotencyKeys(now, times.keysLastInSeconds), desks, now);
  const server = await serveOnThisMachine(options.port ?? 0, (request, response) => desk.serve(request, response));
  ({ origin } = server);
  // Time moves sessions on by itself: a slow bank decides and an unpaid session expires while nobody looks.
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
