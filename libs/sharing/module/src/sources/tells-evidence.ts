import { providersOf } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { EVIDENCE_SOURCE, basesFor, toldFrom, type AttributeId, type Evidence } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';
import { ukDay } from '../uk-day';

/** What this body's sources have that may be told: nothing that is too old, and what is worked out instead of what it is worked out from. */
@Injectable()
export class TellsEvidence {
  constructor(private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws Unavailable when a source does not answer */
  async of(ctx: RequestContext, localId: string, asked: readonly AttributeId[]): Promise<readonly Evidence[]> {
    const definitions = this.node.options(ctx).vocabulary.attributes;
    const sources = providersOf(ctx, EVIDENCE_SOURCE);
    // Also where a source says it itself: that may be too old.
    const bases = basesFor(asked, definitions);
    const found = await Promise.all(sources.map((source) => ({ source, of: source.attributes.filter((id) => asked.includes(id) || bases.includes(id)) })).filter(({ of }) => of.length > 0).map(({ source, of }) => source.read(ctx, localId, of)));
    return toldFrom(found.flat(), asked, { definitions, today: ukDay(this.clock.now()) });
  }

  /** These, and what they are worked out from. */
  bases(ctx: RequestContext, asked: readonly AttributeId[]): readonly AttributeId[] { return basesFor(asked, this.node.options(ctx).vocabulary.attributes); }

  /** Which of these are disputed, or are worked out from what is. @param disputed of their bases */
  disputed(ctx: RequestContext, asked: readonly AttributeId[], disputed: readonly string[]): readonly AttributeId[] { return disputed.length === 0 ? [] : asked.filter((id) => this.bases(ctx, [id]).some((base) => disputed.includes(base))); }
}
