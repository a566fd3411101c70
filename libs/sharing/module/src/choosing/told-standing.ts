import type { RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { Agreements } from '../knowing/agreements';
import { Choices } from './choices';
import { HearsChoice } from './hears-choice';

/** What another body has told unasked: of whom, by which agreement, and when it came. */
export interface ToldUnasked { readonly agreementId: string; readonly fromPeer: string; readonly localId: string; readonly toldAt: Date }
/** `stopped`: here, or where it is from, or with the link between the two. `unsure`: nobody can say any more whether it was. */
export type Standing = 'sure' | 'stopped' | 'unsure';

/** Whether what another body told may still go where it belongs: held to the same bound as what is filled in for a question. */
@Injectable()
export class ToldStanding {
  constructor(private readonly agreements: Agreements, private readonly choices: Choices, private readonly hears: HearsChoice) {}

  /** @param silent bodies that have just not answered: they are asked nothing more, and one that does not answer now is among them afterwards */
  async of(ctx: RequestContext, { agreementId, fromPeer, localId, toldAt }: ToldUnasked, silent: Set<string> = new Set()): Promise<Standing> {
    const [kept, choice] = await Promise.all([this.agreements.find(ctx, agreementId), this.choices.find(ctx, localId, agreementId)]);
    if (choice?.state === 'withdrawn') return 'stopped';
    const heard = kept && (await this.hears.hear(ctx, { document: kept.document, holder: fromPeer, localId, choice, since: toldAt, isSilent: silent.has(fromPeer) }));
    if (heard?.isUnlinked) return 'stopped';
    if (heard?.isSilent) silent.add(fromPeer);
    // One of the version before says to nobody how it stands, and brings its stops itself.
    if (!heard?.isCertain) return heard?.isUnsaid && heard.choice?.state !== 'withdrawn' ? 'sure' : 'unsure';
    return heard.choice?.state === 'withdrawn' ? 'stopped' : 'sure';
  }
}
