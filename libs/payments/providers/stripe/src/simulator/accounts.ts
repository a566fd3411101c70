import { createHash, randomBytes } from 'node:crypto';
import type { Text } from '@guildhall/kernel-contract';

/** Where an account's events go and what signs them: several secrets while one is being rolled. @public */
export interface SimulatedWebhook { readonly url: string; readonly secrets: readonly string[]; readonly events?: readonly string[]; readonly isDisabled?: boolean }

/** An account at the simulator, opened by its API key. @public */
export interface SimulatedAccount {
  /** `sk_test_…`, `sk_live_…`, or a restricted `rk_…`: only live accounts insist on https. */
  readonly apiKey: string;
  /** Whom the payment page names. */
  readonly name?: Text;
  /** The key may only work with sessions, payments, refunds and payouts: neither the account nor its webhooks may be read. */
  readonly isRestricted?: boolean;
  /** Whether the account may take money; yes unless told. */
  readonly maySell?: boolean;
  readonly webhooks?: readonly SimulatedWebhook[];
}
/** @internal */
export interface KnownAccount extends SimulatedAccount { readonly id: string; webhooks: readonly KnownWebhook[] }
/** @internal */
export interface KnownWebhook extends SimulatedWebhook { readonly id: string }

const KEY = /^(sk|rk)_(test|live)_[A-Za-z0-9_]{1,200}$/;

/** The accounts that there are; where none are named, every key of the right form opens one of its own. */
export class Accounts {
  readonly #byKey = new Map<string, KnownAccount>();
  readonly #isOpen: boolean;

  constructor(named: readonly SimulatedAccount[] | undefined) {
    for (const account of named ?? []) this.#add(account);
    this.#isOpen = named === undefined;
  }

  /** The account that an Authorization header opens: the key as a bearer's token, or as the name of a user without a password. */
  openedBy(authorization: string | undefined): KnownAccount | undefined {
    const [, scheme = '', given = ''] = /^(Bearer|Basic) +(\S+)$/i.exec(authorization ?? '') ?? [];
    const key = scheme.toLowerCase() === 'basic' ? Buffer.from(given, 'base64').toString('utf8').replace(/:.*$/s, '') : given;
    return this.#byKey.get(key) ?? (this.#isOpen && KEY.test(key) ? this.#add({ apiKey: key }) : undefined);
  }

  find(id: string): KnownAccount | undefined { return this.all().find((account) => account.id === id); }
  all(): readonly KnownAccount[] { return [...this.#byKey.values()]; }

  #add(account: SimulatedAccount): KnownAccount {
    const known: KnownAccount = { ...account, webhooks: (account.webhooks ?? []).map((webhook) => ({ ...webhook, id: newId('we') })), id: `acct_${createHash('sha256').update(account.apiKey).digest('hex').slice(0, 16)}` };
    this.#byKey.set(account.apiKey, known);
    return known;
  }
}

/** @internal */
export function isLive(account: SimulatedAccount): boolean { return /^(sk|rk)_live_/.test(account.apiKey); }
/** An id of the API's form: `pi_…`. */
export function newId(kind: string, bytes = 12): string { return `${kind}_${randomBytes(bytes).toString('hex')}`; }
