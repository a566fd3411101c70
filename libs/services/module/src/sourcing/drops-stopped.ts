import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import { wantedBy, type InstalledService } from '@guildhall/services-contract';
import type { Draft } from '../drafts/draft';
import { SaveAnswers } from '../drafts/save-answers';
import { AnswerSources } from './answer-sources';
import { personOf } from './sourced-field';

/** What somebody has stopped, or said to be wrong, goes from their open draft too: its question is asked again. What is sent stays. */
@Injectable()
export class DropsStopped {
  constructor(@Inject(AnswerSources) private readonly sources: AnswerSources, @Inject(SaveAnswers) private readonly saves: SaveAnswers) {}

  /** The draft without what was told and is told no more. Nothing is asked of anybody. */
  async from(ctx: RequestContext, installed: InstalledService, draft: Draft): Promise<Draft> {
    const told = Object.entries(draft.origins).filter(([id, { how }]) => how === 'told' && draft.answers[id] !== undefined);
    const personId = personOf(ctx);
    if (draft.state !== 'open' || told.length === 0 || !personId || !this.sources.areThere(ctx)) return draft;
    const gone = await Promise.all(told.map(async ([id, origin]): Promise<readonly string[]> => {
      const question = installed.questions.get(id);
      const wanted = question && wantedBy(installed, question, personId);
      return wanted && !(await this.sources.isStillTold(ctx, wanted, origin)) ? [id] : [];
    }));
    return gone.flat().length === 0 ? draft : ((await this.saves.without(ctx, draft, gone.flat())) ?? draft);
  }
}
