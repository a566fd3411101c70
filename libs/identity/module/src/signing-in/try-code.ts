import type { CodeChallenge, CodeRefusal, IdentityClaims, SignInContact } from '@guildhall/identity-contract';
import { Database, audit, sql } from '@guildhall/kernel';
import type { GuildhallRequest, ReadAhead } from '@guildhall/kernel';
import { Conflict, done, refused, isUuid } from '@guildhall/kernel-contract';
import type { Outcome, PersonId, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { codesOf } from './providers';

/** What a challenge led to. */
export interface RightCode {
  readonly claims: IdentityClaims;
  readonly provider: string;
  readonly next: string;
  readonly addsTo?: PersonId;
  /** Uses the code up, in the transaction for which it is good: both are kept or neither. */
  readonly use: (tx: TransactionContext) => Promise<void>;
}
/** A challenge as its owner sees it. */
export interface OpenChallenge { readonly challengeId: string; readonly contact: SignInContact; readonly next: string; readonly expiresAt: Date; readonly digits: number; readonly addsTo?: PersonId }

interface Row {
  readonly challenge_id: string; readonly provider: string; readonly channel: SignInContact['channel']; readonly address: string; readonly keep: string;
  readonly tries_left: number; readonly is_used: boolean; readonly version: number; readonly next: string; readonly adds_to: PersonId | null; readonly expires_at: Date;
}
const COLUMNS = 'challenge_id, provider, channel, address, keep, tries_left, is_used, version, next, adds_to, expires_at';
const MOST_RACES = 10;
const CODE_PAGE = /^\/sign-in\/code\/([0-9a-f-]{36})(?:\?|$)/;

/**
 * Tries a code: against the challenge of this page, and against the others that were sent to the same contact from the same browser, since a person with
 * two tabs types the code that came last.
 */
@Injectable()
export class TryCode implements ReadAhead {
  /** What was read together with a request's session, until the request takes it: once, for a try changes it. */
  readonly #ahead = new WeakMap<GuildhallRequest, { readonly challengeId: string; readonly sessionId: string; readonly rows: Promise<readonly Row[]> }>();

  constructor(@Inject(Database) private readonly database: Database) {}

  begin(ctx: RequestContext, request: GuildhallRequest, sessionId: string): void {
    const challengeId = CODE_PAGE.exec(request.url)?.[1];
    if (!challengeId) return;
    const rows = this.sentToTheSame(ctx, challengeId, sessionId);
    rows.catch(() => undefined);
    this.#ahead.set(request, { challengeId, sessionId, rows });
  }

  /** The challenge, if it was begun in the session of this request. */
  async find(ctx: RequestContext, req: GuildhallRequest, challengeId: string): Promise<OpenChallenge | undefined> {
    const row = (await this.ofRequest(ctx, req, challengeId)).find(({ challenge_id }) => challenge_id === challengeId.toLowerCase());
    const provider = row && codesOf(ctx).find(({ id }) => id === row.provider)?.provider;
    return row && provider && { challengeId, contact: { channel: row.channel, address: row.address }, next: row.next, expiresAt: row.expires_at, digits: provider.digits, addsTo: row.adds_to ?? undefined };
  }

  /** @param enter does what a right code is good for, and must use it up */
  async try<Entered>(ctx: RequestContext, req: GuildhallRequest, challengeId: string, code: string, enter: (right: RightCode) => Promise<Entered>): Promise<Outcome<Entered, CodeRefusal> | undefined> {
    let refusal: CodeRefusal | undefined;
    for (const row of await this.ofRequest(ctx, req, challengeId)) {
      const outcome = await this.tryOne(ctx, row, code, enter);
      if (outcome.ok) return outcome;
      // The page's own challenge says what to tell; a code that only another tab's could have been is still a wrong one.
      refusal ??= outcome.refusal;
    }
    return refusal && { ok: false, refusal };
  }

  /** One try at one challenge. Another try that came in between makes this one look again: no two act on the same state. */
  private async tryOne<Entered>(ctx: RequestContext, first: Row, code: string, enter: (right: RightCode) => Promise<Entered>): Promise<Outcome<Entered, CodeRefusal>> {
    let row: Row | undefined = first;
    for (let race = 0; row && race < MOST_RACES; race++) {
      const tried: Row = row;
      const provider = codesOf(ctx).find(({ id }) => id === tried.provider)?.provider;
      if (!provider) return refused('expired', 'This way to sign in is no longer offered.');
      const { outcome, challenge } = await provider.complete(challengeOf(tried), code);
      try {
        if (outcome.ok) return done(await enter({ claims: outcome.value, provider: tried.provider, next: tried.next, addsTo: tried.adds_to ?? undefined, use: (tx) => save(tx, tried, challenge) }));
        await this.database.run(ctx, async (tx) => {
          await save(tx, tried, challenge);
          audit(tx, { action: 'identity.code-refused', subject: { type: 'challenge', id: tried.challenge_id }, detail: { reason: outcome.refusal.reason } });
        });
        return outcome;
      } catch (error) {
        if (!(error instanceof TriedElsewhere)) throw error;
      }
      row = await this.readAgain(ctx, tried);
    }
    throw new TriedElsewhere();
  }

  /** The same of a request's own session: what was read with it is not read again. */
  private async ofRequest(ctx: RequestContext, req: GuildhallRequest, challengeId: string): Promise<readonly Row[]> {
    const ahead = this.#ahead.get(req);
    this.#ahead.delete(req);
    if (!req.session) return [];
    return ahead?.sessionId === req.session.id && ahead.challengeId === challengeId ? ahead.rows : this.sentToTheSame(ctx, challengeId, req.session.id);
  }

  /** The challenge of this name, then the newest of the others. */
  private async sentToTheSame(ctx: RequestContext, challengeId: string, sessionId: string): Promise<readonly Row[]> {
    if (!isUuid(challengeId)) return [];
    return this.database.query<Row>(ctx, `select ${COLUMNS} from identity.challenge where council_id = $1 and session_id = $2
      and address = (select address from identity.challenge where council_id = $1 and session_id = $2 and challenge_id = $3) and (challenge_id = $3 or (not is_used and tries_left > 0))
      order by challenge_id = $3 desc, begun_at desc limit 11`, [ctx.council.id, sessionId, challengeId]);
  }

  private async readAgain(ctx: RequestContext, { challenge_id }: Row): Promise<Row | undefined> {
    const [row] = await this.database.query<Row>(ctx, `select ${COLUMNS} from identity.challenge where council_id = $1 and challenge_id = $2`, [ctx.council.id, challenge_id]);
    return row;
  }
}

/** Another try came in between. */
class TriedElsewhere extends Conflict {
  constructor() {
    super('This code was being tried elsewhere at the same time. Try again.');
  }
}

/** @throws TriedElsewhere when the challenge is not as it was read */
async function save(tx: TransactionContext, row: Row, to: CodeChallenge): Promise<void> {
  const saved = await sql(tx, `update identity.challenge set tries_left = $4, is_used = $5, keep = $6, version = version + 1 where council_id = $1 and challenge_id = $2 and version = $3 returning version`,
    [tx.council.id, row.challenge_id, row.version, to.triesLeft, to.isUsed, to.keep]);
  if (saved.length === 0) throw new TriedElsewhere();
}

function challengeOf(row: Row): CodeChallenge {
  return { contact: { channel: row.channel, address: row.address }, keep: row.keep, expiresAt: row.expires_at, triesLeft: row.tries_left, isUsed: row.is_used };
}
