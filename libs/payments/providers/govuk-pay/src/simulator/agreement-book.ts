import type { AgreementOrder, KeptAgreement } from './kept-agreement';
import type { UsedCard } from './kept-payment';
import { newId } from './new-id';

/** Every agreement of every account. */
export class AgreementBook {
  readonly #agreements = new Map<string, KeptAgreement>();

  constructor(private readonly now: () => Date) {}

  create(account: string, order: AgreementOrder): KeptAgreement {
    const agreement: KeptAgreement = { id: newId(), account, order, createdAt: this.now(), status: 'created', bankSays: 'yes' };
    this.#agreements.set(agreement.id, agreement);
    return agreement;
  }

  find(id: string | undefined): KeptAgreement | undefined { return id === undefined ? undefined : this.#agreements.get(id); }
  /** The oldest first. */
  all(): readonly KeptAgreement[] { return [...this.#agreements.values()]; }

  /** A payment that was to set it up went through: its card is saved, in place of an older one, and a cancelled or inactive agreement is active again. */
  setUp(id: string, card: UsedCard): void {
    const agreement = this.find(id);
    if (!agreement) return;
    agreement.status = 'active';
    agreement.bankSays = 'yes';
    agreement.instrument = { card, createdAt: this.now() };
    agreement.cancelledAt = undefined;
  }

  /** Whether it could be cancelled: only an active one can. */
  cancel(agreement: KeptAgreement): boolean {
    if (agreement.status !== 'active') return false;
    agreement.status = 'cancelled';
    agreement.cancelledAt = this.now();
    return true;
  }
}
