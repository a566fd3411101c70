import { isDeepStrictEqual } from 'node:util';
import type { AnswerOrigin } from '@guildhall/cases-contract';
import { Injectable } from '@nestjs/common';
import { extensionsOf } from '@guildhall/kernel';
import { unlessUnavailable, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import { ANSWER_SOURCE, type NotTold, type OfferPressed, type SourceHas, type ToldAnswer, type ToldValue, type TypedBecause, type WantedAnswer } from '@guildhall/services-contract';

const NOTHING: SourceHas = {};

/** Whoever tells answers in this council. One that does not answer at the moment is passed over: the person can still be asked. */
@Injectable()
export class AnswerSources {
  /** Whether there is any. Where there is none, nothing else here is called. */
  areThere(ctx: RequestContext): boolean { return extensionsOf(ctx, ANSWER_SOURCE).length > 0; }

  /** What the first has that has something. */
  async look(ctx: RequestContext, wanted: WantedAnswer): Promise<SourceHas> {
    let keeps: string | undefined;
    for (const source of extensionsOf(ctx, ANSWER_SOURCE)) {
      const has = (await unlessUnavailable(source.look(ctx, wanted))) ?? NOTHING;
      keeps ??= has.keeps;
      if (has.told || has.offer) return { ...(keeps !== undefined && { keeps }), ...has, ...(has.offer && { offer: { ...has.offer, id: `${source.id} ${has.offer.id}` } }) };
    }
    return keeps === undefined ? NOTHING : { keeps };
  }

  /** Whether somebody still tells what was used: by the same body, as at the same day. While a source does not answer, or cannot say, it is taken to. */
  async isStillTold(ctx: RequestContext, wanted: WantedAnswer, origin: AnswerOrigin): Promise<boolean> {
    for (const source of extensionsOf(ctx, ANSWER_SOURCE)) {
      const has = await unlessUnavailable(source.look(ctx, wanted));
      if (!has || has.isUnsure) return true;
      if (has.told) return isDeepStrictEqual(has.told.origin, origin);
    }
    return false;
  }

  /** @returns undefined when what was offered is not there any more */
  async get(ctx: RequestContext, wanted: WantedAnswer, { id, ...pressed }: OfferPressed): Promise<Outcome<ToldAnswer, NotTold> | undefined> {
    const [sourceId = '', ...offer] = id.split(' ');
    return extensionsOf(ctx, ANSWER_SOURCE).find((source) => source.id === sourceId)?.get(ctx, wanted, { id: offer.join(' '), ...pressed });
  }

  /** @returns what becomes of it, as the first says who says anything */
  async wrong(ctx: RequestContext, wanted: WantedAnswer): Promise<string | undefined> {
    const said = await Promise.all(extensionsOf(ctx, ANSWER_SOURCE).map((source) => source.wrong(ctx, wanted)));
    return said.find((words): words is string => typeof words === 'string');
  }

  /** The answer has its place in the draft: it is not lost when a source cannot take it. */
  async typed(ctx: RequestContext, wanted: WantedAnswer, value: ToldValue, because: TypedBecause): Promise<void> {
    await Promise.all(extensionsOf(ctx, ANSWER_SOURCE).map((source) => unlessUnavailable(source.typed(ctx, wanted, { value, because }))));
  }
}
