import { randomInt } from 'node:crypto';
import { Database, enqueue, nextTryAt } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { EvidenceStore } from '../evidence/evidence-store';
import { FindsAnswers } from './finds-answers';
import { ConfirmTyped } from './jobs';
import { OnceOnly } from './once-only';

/**
 * Asks whoever did not answer when somebody had said that they may be asked, and had to type it: what is told then is used from then on, as if it had been told at once.
 * Nobody is asked for whom they have not said yes, or who is not known to be meant, or of what they say is wrong; and not for longer than a message is tried.
 */
@Injectable()
export class ConfirmsTyped implements JobHandler<{ readonly evidenceId: string; readonly because: Text; readonly tries: number }> {
  constructor(private readonly db: Database, private readonly evidence: EvidenceStore, private readonly finds: FindsAnswers, private readonly once: OnceOnly, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext, { evidenceId, because, tries }: { readonly evidenceId: string; readonly because: Text; readonly tries: number }): Promise<void> {
    const typed = await this.evidence.about(ctx, evidenceId);
    const wanted = typed && this.finds.wanted(ctx, { ...typed, personId: typed.localId as PersonId, service: { slug: typed.service, title: because } });
    const offered = wanted && (await this.finds.toConfirm(ctx, wanted, typed.keptAt));
    if (!wanted || !offered) return;
    const told = await this.once.ask(ctx, wanted, offered);
    if (told.ok || told.refusal.reason !== 'unreachable') return;
    const runAt = nextTryAt(this.clock.now(), tries + 1, randomInt(1000) / 1000);
    if (runAt) await this.db.run(ctx, (tx) => Promise.resolve(enqueue(tx, ConfirmTyped, { evidenceId, because, tries: tries + 1 }, { runAt })));
  }
}
