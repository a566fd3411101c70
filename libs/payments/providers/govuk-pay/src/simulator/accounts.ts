import { createHash } from 'node:crypto';
import type { Text } from '@guildhall/kernel-contract';

/** Where an account's webhooks go and what signs them. @public */
export interface SimulatedWebhook { readonly url: string; readonly secret: string }

/** A service account at the simulator, opened by its API key. @public */
export interface SimulatedAccount {
  /** `api_test_…` or `api_live_…`: only live accounts insist on https. */
  readonly apiKey: string;
  /** Whom the payment page names. */
  readonly name?: Text;
  /** Its payments may be marked as MOTO, on the page or with card details sent to the API; yes unless told. */
  readonly allowsTelephone?: boolean;
  /** It may have agreements for recurring payments; yes unless told. */
  readonly allowsRecurring?: boolean;
  /** One POST a minute instead of fifteen a second. */
  readonly isLowTraffic?: boolean;
  readonly webhooks?: readonly SimulatedWebhook[];
}
/** @internal */
export interface KnownAccount extends SimulatedAccount { readonly id: string; webhooks: readonly SimulatedWebhook[] }

const KEY = /^api_(test|live)_[A-Za-z0-9_-]{1,200}$/;

/** The accounts that there are; where none are named, every key of the right form opens one of its own. */
export class Accounts {
  readonly #byKey = new Map<string, KnownAccount>();

  constructor(named: readonly SimulatedAccount[] | undefined) {
    for (const account of named ?? []) this.#add(account);
    this.#isOpen = named === undefined;
  }
  readonly #isOpen: boolean;

  /** The account that an Authorization header opens. */
  openedBy(authorization: string | undefined): KnownAccount | undefined {
    const [, key = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    return this.#byKey.get(key) ?? (this.#isOpen && KEY.test(key) ? this.#add({ apiKey: key }) : undefined);
  }

  find(id: string): KnownAccount | undefined { return this.all().find((account) => account.id === id); }
  all(): readonly KnownAccount[] { return [...this.#byKey.values()]; }

  #add(account: SimulatedAccount): KnownAccount {
    const known: KnownAccount = { webhooks: [], ...account, id: createHash('sha256').update(account.apiKey).digest('hex').slice(0, 12) };
    this.#byKey.set(account.apiKey, known);
    return known;
  }
}

/** @internal */
export function isLive(account: SimulatedAccount): boolean { return account.apiKey.startsWith('api_live_'); }
