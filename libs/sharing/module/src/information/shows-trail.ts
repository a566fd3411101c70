import { CLOCK, NotFound, type Clock, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { subjectMark } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Agreements, type KeptAgreement } from '../knowing/agreements';
import { becauseIn } from '../looking/keep-look';
import { OwnNode } from '../node/own-node';
import { SubjectKeys } from './subject-keys';
import { Trail, type ProvedLine } from './trail';
import { trailLine, type TrailLine, type TrailWords } from './trail-line';
import { demandInformationOf } from './whose-information';

/** One page of a trail in words. */
export interface TrailPage {
  readonly lines: readonly TrailLine[];
  /** Below which index the next page begins, where there is one. */
  readonly next: number | undefined;
}

/** Who looked at somebody's information. */
@Injectable()
export class ShowsTrail {
  constructor(private readonly trail: Trail, private readonly keys: SubjectKeys, private readonly agreements: Agreements, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @param before from the page before */
  async page(ctx: RequestContext, personId: string, before?: string): Promise<TrailPage> {
    demandInformationOf(ctx, personId);
    const [key, kept] = await Promise.all([this.keys.find(ctx, personId), this.agreements.newest(ctx)]);
    if (!key) return { lines: [], next: undefined };
    const { rows, next } = await this.trail.page(ctx, personId, subjectMark(key, personId), before);
    const words = this.#words(ctx, kept);
    return { lines: rows.map((row) => trailLine(row, words)), next };
  }

  /** One line with its proof. @throws NotFound when it is not theirs */
  async line(ctx: RequestContext, personId: string, index: string): Promise<ProvedLine & { readonly line: TrailLine }> {
    demandInformationOf(ctx, personId);
    const [key, kept] = await Promise.all([this.keys.find(ctx, personId), this.agreements.newest(ctx)]);
    if (!key) throw new NotFound('There is no such line in this trail.');
    const proved = await this.trail.find(ctx, personId, subjectMark(key, personId), index);
    return { ...proved, line: trailLine(proved.row, this.#words(ctx, kept)) };
  }

  #words(ctx: RequestContext, kept: readonly KeptAgreement[]): TrailWords {
    const own = this.node.body(ctx);
    return {
      own: own.name, now: this.clock.now(), becauseIn: (peer, exchange, sealed) => becauseIn(ctx, peer, exchange, sealed),
      // Each agreement knows the names of its own parties.
      vocabulary: { ...this.agreements.vocabulary(ctx, []), bodies: Object.assign({ [own.id]: own.name }, ...kept.map(({ vocabulary }) => vocabulary.bodies)) as Readonly<Record<string, Text>> },
      agreements: new Map(kept.map(({ document: { id, name } }): [string, Text] => [id, name])),
    };
  }
}
