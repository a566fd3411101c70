import type { Answer } from '@guildhall/payments-contract/far-end';
import { govUkPayProblem, json, nothing, record } from '@guildhall/payments-contract/far-end';
import type { KnownAccount } from './accounts';
import type { AgreementBook } from './agreement-book';
import { checkAgreement } from './check-recurring';
import type { KeptAgreement } from './kept-agreement';
import { viewAgreement } from './view';

/** What the API does with single agreements for recurring payments (API reference, "Agreements for recurring payments"). A payment sets one up, and payments are taken by it: that is the payments' part. */
export class AgreementsApi {
  constructor(private readonly agreements: AgreementBook) {}

  create(account: KnownAccount, body: string): Answer {
    const asked = record(body);
    if (!asked) return govUkPayProblem(400, 'P2197', 'Unable to parse JSON');
    const order = checkAgreement(asked, account);
    return 'body' in order ? order : json(201, viewAgreement(this.agreements.create(account.id, order)));
  }

  fetch(account: KnownAccount, id: string): Answer {
    const agreement = this.#of(account, id);
    return agreement ? json(200, viewAgreement(agreement)) : govUkPayProblem(404, 'P2200', 'Not found');
  }

  cancel(account: KnownAccount, id: string): Answer {
    const agreement = this.#of(account, id);
    if (!agreement) return govUkPayProblem(404, 'P2500', 'Not found');
    return this.agreements.cancel(agreement) ? nothing(204) : govUkPayProblem(400, 'P2501', 'Cancellation of agreement failed');
  }

  #of(account: KnownAccount, id: string): KeptAgreement | undefined {
    const agreement = this.agreements.find(id);
    return agreement?.account === account.id ? agreement : undefined;
  }
}
