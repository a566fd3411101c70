import { OUTBOUND } from '@guildhall/kernel';
import { CLOCK, done, isGuildhallError, refused, type Clock, type Outbound, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';
import { judgeList, judgePublications, type JudgedList, type JudgedPublications, type ListFault } from './judge-list';
import type { FollowedPublications } from './publications';
import type { FollowedList } from './trust-lists';

/** Two thousand bodies and five hundred assessors take less. */
const MOST_BYTES = 5 * 1024 * 1024;
/** Twenty guidelines and a hundred models take less. */
const MOST_BYTES_PUBLISHED = 1024 * 1024;
const ANSWERED_WITHIN_SECONDS = 10;

/** What was found: a list, or that nothing has changed. */
export type FoundList = { readonly isSame: true } | (JudgedList & { readonly isSame: false; readonly etag: string | null });

export type FoundPublications = { readonly isSame: true } | (JudgedPublications & { readonly isSame: false; readonly etag: string | null });

/** Fetches a list from where its issuer puts it, and says whether it is one to take. Changes nothing. */
@Injectable()
export class FetchesList {
  constructor(private readonly node: OwnNode, @Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(CLOCK) private readonly clock: Clock) {}

  fetch(ctx: RequestContext, { followed, kept, etag }: FollowedList): Promise<Outcome<FoundList, Refusal<ListFault>>> {
    return this.#found(ctx, { url: followed.url, isKept: kept !== undefined, etag, mostBytes: MOST_BYTES }, (json) => judgeList(json, followed, kept, this.clock.now()));
  }

  /** What is published beside a list, from its own address. */
  fetchPublications(ctx: RequestContext, url: string, { followed, kept, etag }: FollowedPublications): Promise<Outcome<FoundPublications, Refusal<ListFault>>> {
    return this.#found(ctx, { url, isKept: kept !== undefined, etag, mostBytes: MOST_BYTES_PUBLISHED }, (json) => judgePublications(json, followed, kept, this.clock.now()));
  }

  async #found<Judged extends object>(ctx: RequestContext, { url, isKept, etag, mostBytes }: { readonly url: string; readonly isKept: boolean; readonly etag: string | undefined; readonly mostBytes: number }, judge: (json: unknown) => Outcome<Judged, Refusal<ListFault>>): Promise<Outcome<{ readonly isSame: true } | (Judged & { readonly isSame: false; readonly etag: string | null }), Refusal<ListFault>>> {
    const { privateNodes: except = [] } = this.node.options(ctx);
    const asked = this.outbound.fetch(url, { headers: { accept: 'application/json', ...(etag !== undefined && { 'if-none-match': etag }) }, timeoutInSeconds: ANSWERED_WITHIN_SECONDS, mostBytes, onlyPublic: { except } });
    const answer = await asked.catch((error: unknown) => {
      if (!isGuildhallError(error)) throw error;
      return error.code === 'not-allowed' ? ('not-public' as const) : ('unreachable' as const);
    });
    if (typeof answer === 'string') return refused(answer, `${url} cannot be read.`);
    if (answer.status === 304 && isKept) return done({ isSame: true });
    if (answer.status !== 200) return refused('no-answer', `${url} answers ${answer.status}.`);
    const judged = judge(jsonOf(answer.text()));
    return judged.ok ? done({ ...judged.value, isSame: false as const, etag: answer.headers['etag'] ?? null }) : judged;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
