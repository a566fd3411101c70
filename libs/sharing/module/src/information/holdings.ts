import { PageRenderer, providersOf } from '@guildhall/kernel';
import { CLOCK, unlessUnavailable, type Clock, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { EVIDENCE_SOURCE, isFresh, ukDay, type AttributeForm, type AttributeId, type Evidence, type EvidenceSource } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';
import { KeptHoldings, type KeptHolding } from '../evidence/kept-holdings';
import { Disputes } from './disputes';
import { demandInformationOf } from './whose-information';

/** One thing that is known of somebody here. */
export interface Held {
  readonly attribute: string;
  readonly title: Text;
  readonly form: AttributeForm;
  /** Undefined for what is or was in dispute and not known here. */
  readonly evidence?: Evidence;
  /** What its source is called, in the reader's language. */
  readonly from?: string;
  /** They typed it here themselves: nobody has to look at it, and it is forgotten when they do not want it kept. */
  readonly isTyped?: boolean;
  /** It may not be believed any more: it is neither told nor used. */
  readonly isTooOld?: boolean;
  readonly disputedAt?: Date;
  /** They said that it was wrong, and have an answer. */
  readonly isAnswered?: boolean;
}

/** What is held of somebody. */
export interface WhatIsHeld {
  readonly held: readonly Held[];
  /** Some record does not answer at the moment. */
  readonly isPartial: boolean;
}

/** What this body holds of a person, with where it is from and from when. */
@Injectable()
export class Holdings {
  constructor(private readonly disputes: Disputes, private readonly node: OwnNode, private readonly kept: KeptHoldings, @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(CLOCK) private readonly clock: Clock) {}

  async of(ctx: RequestContext, personId: string): Promise<WhatIsHeld> {
    demandInformationOf(ctx, personId);
    const { attributes } = this.node.options(ctx).vocabulary;
    const [read, disputed, answered] = await Promise.all([Promise.all(this.#records(ctx, personId, attributes.map(({ id }) => id)).map(unlessUnavailable)), this.disputes.open(ctx, personId), this.disputes.answered(ctx, personId)]);
    const evidence = read.flatMap((found) => found ?? []);
    const today = ukDay(this.clock.now());
    const held = attributes.flatMap(({ id, title, form, freshFor }): readonly Held[] => {
      const at = disputed.get(id);
      const dispute = at ? { disputedAt: at } : answered.has(id) ? { isAnswered: true } : undefined;
      const found = evidence.filter(({ attribute }) => attribute === id).map((one): Held => ({ attribute: id, title, form, evidence: one, from: one.from, isTyped: one.isTyped, ...(!isFresh({ freshFor }, one.asOf, today) && { isTooOld: true }), ...dispute }));
      return found.length > 0 || !dispute ? found : [{ attribute: id, title, form, ...dispute }];
    });
    return { held, isPartial: read.includes(undefined) };
  }

  /** Each record by itself, so that one that does not answer leaves the others. What else keeps evidence of people is read here. */
  #records(ctx: RequestContext, personId: string, ids: readonly AttributeId[]): readonly Promise<readonly KeptHolding[]>[] {
    return [...providersOf(ctx, EVIDENCE_SOURCE).map((source) => this.#ofRecord(ctx, personId, { source, of: source.attributes.filter((id) => ids.includes(id)) })), this.kept.of(ctx, personId)];
  }

  async #ofRecord(ctx: RequestContext, personId: string, { source, of }: { readonly source: EvidenceSource; readonly of: readonly AttributeId[] }): Promise<readonly KeptHolding[]> {
    const evidence = await source.read(ctx, personId, of);
    return evidence.map((one) => ({ ...one, isTyped: false, from: source.sourceTitles?.[one.source]?.[ctx.language] ?? this.renderer.messages.t(ctx, 'sharing.information.held.a-record') }));
  }
}
