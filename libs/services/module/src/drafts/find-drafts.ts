import { Inject, Injectable } from '@nestjs/common';
import { Database, type GuildhallRequest, type ReadAhead } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext, isUuid } from '@guildhall/kernel-contract';
import { ClaimDrafts } from './claim-drafts';
import type { Draft } from './draft';
import { keyOfSession, ownerKeysOf, type SessionTrail } from './draft-owner';
import { DRAFT_COLUMNS, draftOf, type DraftRow } from './draft-row';

/** A page of a journey: `/services/<slug>/<page>`. */
const PAGE = /^\/services\/([a-z0-9-]+)\/[a-z0-9-]+(?:\?|$)/;

/** Finds drafts, and only those of whoever asks. */
@Injectable()
export class FindDrafts implements ReadAhead {
  /** What was read together with a request's session, until the request takes it: once, for what it writes changes it. */
  readonly #ahead = new WeakMap<GuildhallRequest, { readonly key: string; readonly service: string; readonly rows: Promise<DraftRow[]> }>();

  constructor(@Inject(Database) private readonly db: Database, @Inject(ClaimDrafts) private readonly claims: ClaimDrafts, @Inject(CLOCK) private readonly clock: Clock) {}

  begin(ctx: RequestContext, request: GuildhallRequest, sessionId: string): void {
    const service = PAGE.exec(request.url)?.[1];
    // Files take their time to come in: what was read before them would be old.
    if (!service || request.headers['content-type']?.startsWith('multipart/')) return;
    const key = keyOfSession(sessionId);
    const rows = this.read(ctx, [key], service);
    rows.catch(() => undefined);
    this.#ahead.set(request, { key, service, rows });
  }

  /** The same as `current`, of a request: what was read with its session is not read again. */
  async ofRequest(ctx: RequestContext, request: GuildhallRequest, service: string): Promise<Draft | undefined> {
    const ahead = this.#ahead.get(request);
    this.#ahead.delete(request);
    const [key, ...others] = ownerKeysOf(ctx, request.session);
    if (!ahead || ahead.key !== key || ahead.service !== service || others.length) return this.current(ctx, request.session, service);
    const [row] = await ahead.rows;
    return row && draftOf(row);
  }

  /** The draft of a service that the actor fills in now. One statement; when it is still the session's from before the sign-in, it becomes the person's. */
  async current(ctx: RequestContext, session: SessionTrail | undefined, service: string): Promise<Draft | undefined> {
    const keys = ownerKeysOf(ctx, session);
    if (keys.length === 0) return undefined;
    const rows = await this.read(ctx, keys, service);
    if (rows.every(({ owner_key }) => owner_key === keys[0])) return rows[0] && draftOf(rows[0]);
    if (ctx.actor.kind === 'resident' && session?.previousId) await this.claims.now(ctx, ctx.actor.personId, session.previousId);
    const [claimed] = await this.read(ctx, keys.slice(0, 1), service);
    return claimed && draftOf(claimed);
  }

  /** One draft by its id, whatever became of it. */
  async byId(ctx: RequestContext, session: SessionTrail | undefined, draftId: string): Promise<Draft | undefined> {
    const keys = ownerKeysOf(ctx, session);
    if (keys.length === 0 || !isUuid(draftId)) return undefined;
    const [row] = await this.db.query<DraftRow>(ctx, `select ${DRAFT_COLUMNS} from services.draft where council_id = $1 and draft_id = $2 and owner_key = any($3)`, [ctx.council.id, draftId, keys]);
    return row && draftOf(row);
  }

  /** What the actor has sent of a service since a moment, the newest: whoever goes back with the browser sees that it has been sent. */
  async sentSince(ctx: RequestContext, session: SessionTrail | undefined, service: string, since: Date): Promise<Draft | undefined> {
    const keys = ownerKeysOf(ctx, session);
    if (keys.length === 0) return undefined;
    const [row] = await this.db.query<DraftRow>(ctx, `select ${DRAFT_COLUMNS} from services.draft where council_id = $1 and owner_key = any($2) and service = $3 and state in ('submitting', 'submitted') and assisted is null and updated_at >= $4 and expires_at > $5 order by updated_at desc, draft_id limit 1`, [ctx.council.id, keys, service, since, this.clock.now()]);
    return row && draftOf(row);
  }

  /** What the actor has begun and not finished, the newest first, at most 20. */
  async unfinished(ctx: RequestContext): Promise<readonly Draft[]> {
    const [own] = ownerKeysOf(ctx, undefined);
    if (!own) return [];
    const rows = await this.db.query<DraftRow>(ctx, `select ${DRAFT_COLUMNS} from services.draft where council_id = $1 and owner_key = $2 and state in ('open', 'paying') and expires_at > $3 order by updated_at desc limit 20`, [ctx.council.id, own, this.clock.now()]);
    return rows.map(draftOf);
  }

  private read(ctx: RequestContext, keys: readonly string[], service: string): Promise<DraftRow[]> {
    return this.db.query<DraftRow>(ctx, `select ${DRAFT_COLUMNS} from services.draft where council_id = $1 and owner_key = any($2) and service = $3 and is_current and expires_at > $4`, [ctx.council.id, keys, service, this.clock.now()]);
  }
}
