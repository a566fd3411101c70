import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, IDS, type Actor, type Clock, type Ids, type OfficerId, type PersonId, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { installedCouncilOf } from '../assembling/installed-council';
import { Database } from '../data/database';
import { audit } from '../data/recording';
import { sql, write, type PlainValue, type Statement } from '../data/transaction';
import type { GuildhallRequest, SessionView } from './request';

/** The session's cookie. `__Host-` binds it to this host, to https and to the whole site (RFC 6265bis, 4.1.3.2). */
export const SESSION_COOKIE = '__Host-session';

const HOURS = 3_600_000;
/** How long a session lasts: since its last use, and in all. Drafts outlive it. */
/** For how long a session lives unused, and altogether, in milliseconds. */
export const LIFETIMES = { nobody: { idle: 24 * HOURS, whole: 7 * 24 * HOURS }, resident: { idle: 2 * HOURS, whole: 24 * HOURS }, officer: { idle: 4 * HOURS, whole: 12 * HOURS } } as const;
/** The last use is written down this often at most. */
const SEEN_EVERY = 5 * 60_000;

interface SessionRow {
  session_hash: string; kind: 'nobody' | 'resident' | 'officer'; person_id: PersonId | null; officer_id: OfficerId | null; officer_name: string | null;
  roles: string[]; teams: string[]; confidence: 'none' | 'low' | 'medium'; previous_id: string | null; data: Record<string, unknown>; created_at: Date; seen_at: Date; expires_at: Date;
}

/** Somebody who signs in. @public */
export type SigningIn = { readonly kind: 'resident'; readonly personId: PersonId; readonly confidence: 'none' | 'low' | 'medium' } | { readonly kind: 'officer'; readonly officerId: OfficerId; readonly name: string; readonly roles: readonly string[]; readonly teams: readonly string[] };
/** Whose a session is. */
type Who = { readonly kind: 'nobody' } | SigningIn;
/** The few small facts that a session keeps. */
type Facts = Readonly<Record<string, unknown>>;
interface Made { readonly ctx: RequestContext; readonly statement: { readonly text: string; readonly values: readonly PlainValue[] }; readonly give: () => void }

/** A session in a list that its owner reads. @public */
export interface SessionInList { readonly id: string; readonly device: string; readonly createdAt: Date; readonly seenAt: Date; readonly isThis: boolean }

/**
 * Sessions in PostgreSQL, keyed by council and the hash of what the cookie holds: whoever reads the table cannot use it.
 * @public
 */
@Injectable()
export class Sessions {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** Whose session this is, in one round trip. */
  async byId(ctx: RequestContext, id: string): Promise<{ readonly actor: Actor; readonly session: SessionView } | undefined> {
    const now = this.clock.now();
    const [row] = await this.database.query<SessionRow>(ctx, `select session_hash, kind, person_id, officer_id, officer_name, roles, teams, confidence, previous_id, data, created_at, seen_at, expires_at
      from kernel.session where council_id = $1 and session_hash = $2 and expires_at > $3`, [ctx.council.id, id, now]);
    if (!row) return undefined;
    if (now.getTime() - row.seen_at.getTime() > SEEN_EVERY) {
      await this.database.query(ctx, 'update kernel.session set seen_at = $3, expires_at = $4 where council_id = $1 and session_hash = $2', [ctx.council.id, id, now, expiry(row.kind, now, row.created_at)]);
    }
    const session: SessionView = { id, previousId: row.previous_id ?? undefined, data: row.data, createdAt: row.created_at };
    return { actor: actorOfRow(ctx, row), session };
  }

  /** A session for somebody who has none yet: it owns drafts. Returns the context that goes with it. */
  async ensure(req: GuildhallRequest): Promise<RequestContext> {
    if (req.session) return req.guildhall.ctx;
    return this.replace(req, { kind: 'nobody' }, {});
  }

  /**
   * The same for whoever stores the first thing that the session owns: what is handed to them goes into their transaction, so that both are kept or neither.
   * @param store is given the context of the owner and, when the session is new, the statement that keeps it
   */
  async ensureWith<Result>(req: GuildhallRequest, store: (ctx: RequestContext, session: readonly Statement[]) => Promise<Result>): Promise<Result> {
    if (req.session) return store(req.guildhall.ctx, []);
    const made = this.made(req, { kind: 'nobody' }, {});
    const result = await store(made.ctx, [made.statement]);
    made.give();
    return result;
  }

  /**
   * Signs a resident in, under a new session id.
   * @param data what the session keeps; what it kept before unless told
   */
  async signInResident(req: GuildhallRequest, resident: { readonly personId: PersonId; readonly confidence: 'none' | 'low' | 'medium' }, data: Facts = req.session?.data ?? {}): Promise<RequestContext> {
    return this.replace(req, { kind: 'resident', personId: resident.personId, confidence: resident.confidence }, data);
  }

  /**
   * Signs an officer in, under a new session id.
   * @param data what the session keeps; what it kept before unless told
   */
  async signInOfficer(req: GuildhallRequest, officer: { readonly officerId: OfficerId; readonly name: string; readonly roles: readonly string[]; readonly teams: readonly string[] }, data: Facts = req.session?.data ?? {}): Promise<RequestContext> {
    return this.replace(req, { kind: 'officer', ...officer }, data);
  }

  /**
   * The same for whoever finds out in a transaction who it is: what they store and the session are both kept or neither.
   * @param find is given the transaction, and what signs in with its commit; who does not call it signs nobody in
   */
  async signInWith<Result>(req: GuildhallRequest, find: (tx: TransactionContext, signIn: (who: SigningIn, data: Facts) => void) => Promise<Result>): Promise<Result> {
    let made: Made | undefined;
    const result = await this.database.run(req.guildhall.ctx, (tx) => find(tx, (who, data) => { made = this.keep(tx, req, who, data); }));
    made?.give();
    return result;
  }

  async signOut(req: GuildhallRequest): Promise<void> {
    const { ctx, reply } = req.guildhall;
    if (req.session) {
      const { id } = req.session;
      await this.database.run(ctx, async (tx) => {
        await sql(tx, 'delete from kernel.session where council_id = $1 and session_hash = $2', [ctx.council.id, id]);
        if (ctx.actor.kind !== 'nobody') audit(tx, { action: 'session.signed-out', subject: { type: 'session', id } });
      });
    }
    void reply.clearCookie(SESSION_COOKIE, { path: '/', secure: true, httpOnly: true, sameSite: 'lax' });
    req.session = undefined;
    req.guildhall.ctx = Object.freeze({ ...ctx, actor: Object.freeze({ kind: 'nobody' as const }) });
  }

  /** Keeps a few small facts with the session. */
  async write(req: GuildhallRequest, data: Facts): Promise<void> {
    const ctx = await this.ensure(req);
    const session = req.session as SessionView;
    await this.database.query(ctx, 'update kernel.session set data = $3 where council_id = $1 and session_hash = $2', [ctx.council.id, session.id, JSON.stringify(data)]);
    req.session = { ...session, data };
  }

  /** A person's sessions, newest first. */
  async ofPerson(ctx: RequestContext, personId: PersonId, thisId: string | undefined): Promise<readonly SessionInList[]> {
    const rows = await this.database.query<{ session_hash: string; device: string; created_at: Date; seen_at: Date }>(ctx, `select session_hash, device, created_at, seen_at from kernel.session
      where council_id = $1 and person_id = $2 and expires_at > $3 order by seen_at desc limit 50`, [ctx.council.id, personId, this.clock.now()]);
    return rows.map((row) => ({ id: row.session_hash, device: row.device, createdAt: row.created_at, seenAt: row.seen_at, isThis: row.session_hash === thisId }));
  }

  /** Whether a session, or the one that replaced it when somebody signed in, can still be used. */
  async isAlive(tx: TransactionContext, id: string): Promise<boolean> {
    const [found] = await sql(tx, `select from kernel.session where council_id = $1 and session_hash = $2 and expires_at > $3
      union all select from kernel.session where council_id = $1 and previous_id = $2 and expires_at > $3 limit 1`, [tx.council.id, id, this.clock.now()]);
    return found !== undefined;
  }

  /** Ends one of a person's own sessions; or, without an id, all of them. */
  async endOfPerson(tx: TransactionContext, personId: PersonId, id?: string): Promise<void> {
    await sql(tx, 'delete from kernel.session where council_id = $1 and person_id = $2 and ($3::text is null or session_hash = $3)', [tx.council.id, personId, id ?? null]);
    audit(tx, { action: 'session.ended', subject: { type: 'person', id: personId }, personId });
  }

  /** Ends all of a person's sessions but this one, in which they say so. */
  async endOthersOfPerson(tx: TransactionContext, personId: PersonId, thisId: string): Promise<void> {
    const ended = await sql(tx, 'delete from kernel.session where council_id = $1 and person_id = $2 and session_hash <> $3 returning 1 as ended', [tx.council.id, personId, thisId]);
    if (ended.length > 0) audit(tx, { action: 'session.ended', subject: { type: 'person', id: personId }, personId });
  }

  /** Whether an officer is signed in anywhere. */
  async isOfficerSignedIn(tx: TransactionContext, officerId: OfficerId): Promise<boolean> {
    const [found] = await sql(tx, 'select from kernel.session where council_id = $1 and officer_id = $2 and expires_at > $3 limit 1', [tx.council.id, officerId, this.clock.now()]);
    return found !== undefined;
  }

  /** Ends every session of an officer: when one leaves, or changes role. */
  async endOfOfficer(tx: TransactionContext, officerId: OfficerId): Promise<void> {
    await sql(tx, 'delete from kernel.session where council_id = $1 and officer_id = $2', [tx.council.id, officerId]);
    audit(tx, { action: 'session.ended', subject: { type: 'officer', id: officerId } });
  }

  private async replace(req: GuildhallRequest, who: Who, data: Facts): Promise<RequestContext> {
    const made = await this.database.run(req.guildhall.ctx, (tx) => Promise.resolve(this.keep(tx, req, who, data)));
    made.give();
    return made.ctx;
  }

  /** A new session instead of this request's, kept with the commit. */
  private keep(tx: TransactionContext, req: GuildhallRequest, who: Who, data: Facts): Made {
    const made = this.made(req, who, data);
    if (req.session) write(tx, 'delete from kernel.session where council_id = $1 and session_hash = $2', [tx.council.id, req.session.id]);
    write(tx, made.statement.text, made.statement.values);
    if (who.kind !== 'nobody') audit(tx, { action: 'session.signed-in', subject: { type: who.kind === 'officer' ? 'officer' : 'person', id: who.kind === 'officer' ? who.officerId : who.personId } });
    return made;
  }

  /** A new session: what keeps it, and what gives it to its owner once it is kept. */
  private made(req: GuildhallRequest, who: Who, data: Facts): Made {
    const { ctx: before, reply } = req.guildhall;
    const secret = this.ids.token(32);
    const id = hashOf(secret);
    const now = this.clock.now();
    const previousId = req.session?.id;
    const row: SessionRow = {
      session_hash: id, kind: who.kind, person_id: who.kind === 'resident' ? who.personId : null, officer_id: who.kind === 'officer' ? who.officerId : null, officer_name: who.kind === 'officer' ? who.name : null,
      roles: who.kind === 'officer' ? [...who.roles] : [], teams: who.kind === 'officer' ? [...who.teams] : [], confidence: who.kind === 'resident' ? who.confidence : 'none',
      previous_id: previousId ?? null, data: { ...data }, created_at: now, seen_at: now, expires_at: expiry(who.kind, now, now),
    };
    const ctx = Object.freeze({ ...before, actor: actorOfRow(before, row) });
    const statement = {
      text: `insert into kernel.session (council_id, session_hash, kind, person_id, officer_id, officer_name, roles, teams, confidence, device, previous_id, data, created_at, seen_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14)`,
      values: [ctx.council.id, id, row.kind, row.person_id, row.officer_id, row.officer_name, row.roles, row.teams, row.confidence, deviceOf(req.headers['user-agent']), row.previous_id, JSON.stringify(row.data), now, row.expires_at],
    };
    const give = (): void => {
      void reply.setCookie(SESSION_COOKIE, secret, { path: '/', secure: true, httpOnly: true, sameSite: 'lax' });
      req.session = { id, previousId, data: row.data, createdAt: now };
      req.guildhall.ctx = ctx;
    };
    return { ctx, statement, give };
  }
}

function actorOfRow(ctx: RequestContext, row: SessionRow): Actor {
  const sessionId = row.session_hash;
  if (row.kind === 'resident' && row.person_id) return Object.freeze({ kind: 'resident' as const, personId: row.person_id, sessionId, confidence: row.confidence });
  if (row.kind === 'officer' && row.officer_id) return Object.freeze({ kind: 'officer' as const, officerId: row.officer_id, sessionId, name: row.officer_name ?? '', roles: row.roles, teams: row.teams, permissions: installedCouncilOf(ctx).permissionsOf(row.roles) });
  return Object.freeze({ kind: 'nobody' as const, sessionId });
}

function expiry(kind: keyof typeof LIFETIMES, now: Date, createdAt: Date): Date {
  const { idle, whole } = LIFETIMES[kind];
  return new Date(Math.min(now.getTime() + idle, createdAt.getTime() + whole));
}

/** The public name of the session whose secret a cookie holds. */
export function hashOf(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** Enough of the browser's name to know a session by, and no more. */
function deviceOf(userAgent: string | undefined): string {
  const browser = /Edg\//.test(userAgent ?? '') ? 'Edge' : /Firefox\//.test(userAgent ?? '') ? 'Firefox' : /Chrome\//.test(userAgent ?? '') ? 'Chrome' : /Safari\//.test(userAgent ?? '') ? 'Safari' : 'Browser';
  const system = /Android/.test(userAgent ?? '') ? 'Android' : /iPhone|iPad/.test(userAgent ?? '') ? 'iOS' : /Windows/.test(userAgent ?? '') ? 'Windows' : /Mac OS/.test(userAgent ?? '') ? 'macOS' : /Linux/.test(userAgent ?? '') ? 'Linux' : '';
  return system ? `${browser}, ${system}` : browser;
}
