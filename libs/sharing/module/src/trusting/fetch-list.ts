import { OUTBOUND } from '@guildhall/kernel';
import { CLOCK, done, isGuildhallError, refused, type Clock, type Outbound, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';
import { judgeList, type JudgedList, type ListFault } from './judge-list';
import type { FollowedList } from './trust-lists';

/** Two thousand bodies and five hundred assessors take less. */
const MOST_BYTES = 5 * 1024 * 1024;
const ANSWERED_WITHIN_SECONDS = 10;

/** What was found: a list, or that nothing has changed. */
export type FoundList = { readonly isSame: true } | (JudgedList & { readonly isSame: false; readonly etag: string | null });

/** Fetches a list from where its issuer puts it, and says whether it is one to take. Changes nothing. */
@Injectable()
export class FetchesList {
  constructor(private readonly node: OwnNode, @Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(CLOCK) private readonly clock: Clock) {}

  async fetch(ctx: RequestContext, { followed, kept, etag }: FollowedList): Promise<Outcome<FoundList, Refusal<ListFault>>> {
    const { privateNodes: except = [] } = this.node.options(ctx);
    const asked = this.outbound.fetch(followed.url, { headers: { accept: 'application/json', ...(etag !== undefined && { 'if-none-match': etag }) }, timeoutInSeconds: ANSWERED_WITHIN_SECONDS, mostBytes: MOST_BYTES, onlyPublic: { except } });
    const answer = await asked.catch((error: unknown) => {
      if (!isGuildhallError(error)) throw error;
      return error.code === 'not-allowed' ? ('not-public' as const) : ('unreachable' as const);
    });
    if (typeof answer === 'string') return refused(answer, `${followed.url} cannot be read.`);
    if (answer.status === 304 && kept) return done({ isSame: true });
    if (answer.status !== 200) return refused('no-answer', `${followed.url} answers ${answer.status}.`);
    const judged = judgeList(jsonOf(answer.text()), followed, kept, this.clock.now());
    return judged.ok ? done({ ...judged.value, isSame: false, etag: answer.headers['etag'] ?? null }) : judged;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
