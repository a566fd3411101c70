import { providersOf } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { EVIDENCE_SOURCE, basesFor, toldFrom, tooOldFrom, ukDay, type AttributeId, type ExchangeAnswer } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';

/** What is told, without what was decided. */
export type WhatIsTold = Pick<ExchangeAnswer, 'evidence' | 'tooOld' | 'sourceTitles'>;

/** What this body's sources have that may be told: nothing that is too old, and what is worked out instead of what it is worked out from. */
@Injectable()
export class TellsEvidence {
  constructor(private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws Unavailable when a source does not answer */
  async of(ctx: RequestContext, localId: string, asked: readonly AttributeId[]): Promise<WhatIsTold> {
    const definitions = this.node.options(ctx).vocabulary.attributes;
    const sources = providersOf(ctx, EVIDENCE_SOURCE);
    // Also where a source says it itself: that may be too old.
    const bases = basesFor(asked, definitions);
    const found = await Promise.all(sources.map((source) => ({ source, of: source.attributes.filter((id) => asked.includes(id) || bases.includes(id)) })).filter(({ of }) => of.length > 0).map(({ source, of }) => source.read(ctx, localId, of)));
    const [known, by] = [found.flat(), { definitions, today: ukDay(this.clock.now()) }];
    const [evidence, tooOld] = [toldFrom(known, asked, by), tooOldFrom(known, asked, by)];
    const titles: Readonly<Record<string, Text>> = Object.assign({}, ...sources.map(({ sourceTitles }) => sourceTitles));
    const named = [...new Set(evidence.map(({ source }) => source))].filter((source) => Object.hasOwn(titles, source));
    return { evidence, ...(tooOld.length > 0 && { tooOld }), ...(named.length > 0 && { sourceTitles: Object.fromEntries(named.map((source) => [source, titles[source] as Text])) }) };
  }

  /** These, and what they are worked out from. */
  bases(ctx: RequestContext, asked: readonly AttributeId[]): readonly AttributeId[] { return basesFor(asked, this.node.options(ctx).vocabulary.attributes); }

  /** Which of these are disputed, or are worked out from what is. @param disputed of their bases */
  disputed(ctx: RequestContext, asked: readonly AttributeId[], disputed: readonly string[]): readonly AttributeId[] { return disputed.length === 0 ? [] : asked.filter((id) => this.bases(ctx, [id]).some((base) => disputed.includes(base))); }
}
