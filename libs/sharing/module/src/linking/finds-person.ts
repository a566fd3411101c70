import { providersOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { EVIDENCE_SOURCE, comparableName, type PersonFound, type PersonKeys } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { MatchTries } from './match-tries';

/** So often a day another body may look for somebody of one name and not find them; and anybody. */
const MOST_OF_ONE_NAME = 5;
const MOST_OF_ONE_BODY = 500;

/** Looks whether one person alone fits, in all that this body knows of people. */
@Injectable()
export class FindsPerson {
  constructor(private readonly tries: MatchTries) {}

  /**
   * `not-possible` where no record can be looked through, `too-often` when it was tried too often.
   * @throws Unavailable when one does not answer: it would not be known that somebody is there once
   */
  async find(ctx: RequestContext, peerId: string, keys: PersonKeys): Promise<PersonFound | 'not-possible' | 'too-often'> {
    const sources = providersOf(ctx, EVIDENCE_SOURCE).filter(({ find }) => find !== undefined);
    if (sources.length === 0) return 'not-possible';
    const trying = await this.tries.begin(ctx, [{ who: `peer ${peerId}`, most: MOST_OF_ONE_BODY }, { who: `peer ${peerId} name ${comparableName(keys.name)}`, most: MOST_OF_ONE_NAME }]);
    if (!trying) return 'too-often';
    const found = await Promise.all(sources.map(async (source) => source.find?.(ctx, keys)));
    const fitting = new Set(found.flatMap((one) => (one?.match === 'one' ? [one.localId] : [])));
    if (fitting.size > 1 || found.some((one) => one?.match === 'several')) return { match: 'several' };
    const [localId] = fitting;
    if (localId === undefined) return { match: 'none' };
    await trying.found();
    return { match: 'one', localId };
  }
}
