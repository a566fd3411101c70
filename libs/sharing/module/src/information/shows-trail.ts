import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import { subjectMark } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { Agreements } from '../knowing/agreements';
import { SubjectKeys } from './subject-keys';
import { Trail, type ProvedLine } from './trail';
import { trailLine, type TrailLine } from './trail-line';
import { demandInformationOf } from './whose-information';
import { WordsOfInformation } from './words-of-information';

/** One page of a trail in words. */
export interface TrailPage {
  readonly lines: readonly TrailLine[];
  /** Below which index the next page begins, where there is one. */
  readonly next: number | undefined;
}

/** Who looked at somebody's information. */
@Injectable()
export class ShowsTrail {
  constructor(private readonly trail: Trail, private readonly keys: SubjectKeys, private readonly agreements: Agreements, private readonly words: WordsOfInformation) {}

  /** @param before from the page before */
  async page(ctx: RequestContext, personId: string, before?: string): Promise<TrailPage> {
    demandInformationOf(ctx, personId);
    const [key, kept] = await Promise.all([this.keys.find(ctx, personId), this.agreements.newest(ctx)]);
    if (!key) return { lines: [], next: undefined };
    const { rows, next } = await this.trail.page(ctx, personId, subjectMark(key, personId), before);
    const words = this.words.trail(ctx, kept);
    return { lines: rows.map((row) => trailLine(row, words)), next };
  }

  /** One line with its proof. @throws NotFound when it is not theirs */
  async line(ctx: RequestContext, personId: string, index: string): Promise<ProvedLine & { readonly line: TrailLine }> {
    demandInformationOf(ctx, personId);
    const [key, kept] = await Promise.all([this.keys.find(ctx, personId), this.agreements.newest(ctx)]);
    if (!key) throw new NotFound('There is no such line in this trail.');
    const proved = await this.trail.find(ctx, personId, subjectMark(key, personId), index);
    return { ...proved, line: trailLine(proved.row, this.words.trail(ctx, kept)) };
  }
}
