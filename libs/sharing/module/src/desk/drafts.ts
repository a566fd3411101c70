import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, IDS, NotFound, demand, isUuid, type Clock, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_AGREEMENTS, READ_AGREEMENTS, documentDigest, type Agreement, type Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';

/** An agreement as far as it is written. */
export type Drafted = Partial<Omit<Agreement, 'choice' | 'power'>> & { readonly choice?: Partial<Agreement['choice']>; readonly power?: Agreement['power'] };
/** An agreement that not all parties have signed yet. */
export interface Draft {
  readonly id: string;
  readonly document: Drafted;
  /** The signatures that are there. */
  readonly envelope?: Envelope;
  readonly isSignedHere: boolean;
  /** Counts changes, so that nobody overwrites what another one wrote. */
  readonly version: number;
}

interface DraftRow { readonly draft_id: string; readonly document: Drafted; readonly envelope: Envelope | null; readonly is_signed_here: boolean; readonly version: number }
const COLUMNS = 'draft_id, document, envelope, is_signed_here, version';

/** Agreements on their way to being signed by all. */
@Injectable()
export class Drafts {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** @throws NotFound */
  async find(ctx: RequestContext, id: string): Promise<Draft> {
    demand(ctx, READ_AGREEMENTS);
    const [row] = isUuid(id) ? await this.db.query<DraftRow>(ctx, `select ${COLUMNS} from sharing.agreement_draft where council_id = $1 and draft_id = $2`, [ctx.council.id, id]) : [];
    if (!row) throw new NotFound('There is no such draft here. It may be in force by now, or somebody has thrown it away.');
    return draftOf(row);
  }

  /** Drafts of one version of an agreement: whoever wrote it here and whoever brought it in may each have one. */
  async ofVersion(ctx: RequestContext, { id, version }: Pick<Agreement, 'id' | 'version'>): Promise<readonly Draft[]> {
    const rows = await this.db.query<DraftRow>(ctx, `select ${COLUMNS} from sharing.agreement_draft where council_id = $1 and document ->> 'id' = $2 and document ->> 'version' = $3 order by created_at, draft_id limit 100`, [ctx.council.id, id, String(version)]);
    return rows.map(draftOf);
  }

  /** Drafts of later versions of an agreement. */
  async after(ctx: RequestContext, { id, version }: Pick<Agreement, 'id' | 'version'>): Promise<readonly Draft[]> {
    const rows = await this.db.query<DraftRow>(ctx, `select ${COLUMNS} from sharing.agreement_draft where council_id = $1 and document ->> 'id' = $2 and (document ->> 'version')::int > $3 order by created_at, draft_id limit 100`, [ctx.council.id, id, version]);
    return rows.map(draftOf);
  }

  newId(): string { return this.ids.uuid(); }

  /** An id that no agreement and no draft has: with a number after it where it is taken. */
  async freeId(ctx: RequestContext, id: string): Promise<string> {
    const rows = await this.db.query<{ taken: string }>(ctx, `
      select agreement_id as taken from sharing.agreement where council_id = $1 union select document ->> 'id' from sharing.agreement_draft where council_id = $1 and document ? 'id'`, [ctx.council.id]);
    const taken = new Set(rows.map((row) => row.taken));
    if (!taken.has(id)) return id;
    for (let number = 2; ; number++) if (!taken.has(`${id}-${number}`)) return `${id}-${number}`;
  }

  /** Begins one, written here or brought in. On record. */
  async begin(ctx: RequestContext, document: Drafted, signed?: { readonly envelope: Envelope; readonly isSignedHere: boolean }, id = this.newId()): Promise<string> {
    demand(ctx, MANAGE_AGREEMENTS);
    await this.db.run(ctx, async (tx) => {
      const [begun] = await sql(tx, 'insert into sharing.agreement_draft (council_id, draft_id, document, envelope, is_signed_here, created_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning draft_id',
        [ctx.council.id, id, JSON.stringify(document), signed ? JSON.stringify(signed.envelope) : null, signed?.isSignedHere ?? false, this.clock.now()]);
      if (begun) audit(tx, { action: 'sharing.agreement-drafted', subject: { type: 'sharing.draft', id }, detail: { agreement: document.id ?? null, isSigned: signed !== undefined } });
    });
    return id;
  }

  /** Writes it anew, unless somebody has signed it or changed it meanwhile: then nothing changes. @returns whether it was written */
  async write(ctx: RequestContext, { id, version }: Pick<Draft, 'id' | 'version'>, document: Drafted): Promise<boolean> {
    demand(ctx, MANAGE_AGREEMENTS);
    const [written] = await this.db.query(ctx, 'update sharing.agreement_draft set document = $4, version = version + 1 where council_id = $1 and draft_id = $2 and version = $3 and envelope is null returning draft_id', [ctx.council.id, id, version, JSON.stringify(document)]);
    return written !== undefined;
  }

  /** Puts signatures under it. On record where one of them is this body's own. @returns whether nobody came before */
  async putSignatures(ctx: RequestContext, { id, version }: Pick<Draft, 'id' | 'version'>, { agreement, envelope, isSignedHere }: { readonly agreement: Agreement; readonly envelope: Envelope; readonly isSignedHere: boolean }): Promise<boolean> {
    demand(ctx, MANAGE_AGREEMENTS);
    return this.db.run(ctx, async (tx) => {
      const [put] = await sql(tx, 'update sharing.agreement_draft set document = $4, envelope = $5, is_signed_here = $6, version = version + 1 where council_id = $1 and draft_id = $2 and version = $3 returning draft_id', [ctx.council.id, id, version, JSON.stringify(agreement), JSON.stringify(envelope), isSignedHere]);
      if (put && isSignedHere) audit(tx, { action: 'sharing.agreement-signed', subject: { type: 'sharing.draft', id }, detail: { agreement: agreement.id, version: agreement.version, digest: documentDigest(agreement) } });
      return put !== undefined;
    });
  }

  /** Throws it away. A signature that was handed over stays with whoever has it. On record. */
  async discard(ctx: RequestContext, id: string): Promise<void> {
    demand(ctx, MANAGE_AGREEMENTS);
    await this.db.run(ctx, async (tx) => {
      const [gone] = await sql<{ agreement: string | null }>(tx, `delete from sharing.agreement_draft where council_id = $1 and draft_id = $2 returning document ->> 'id' as agreement`, [ctx.council.id, id]);
      if (gone) audit(tx, { action: 'sharing.draft-discarded', subject: { type: 'sharing.draft', id }, detail: { agreement: gone.agreement } });
    });
  }

  /** What is in force needs no draft any more. */
  async letGo(ctx: RequestContext, { id, version }: Pick<Agreement, 'id' | 'version'>): Promise<void> {
    await this.db.query(ctx, `delete from sharing.agreement_draft where council_id = $1 and document ->> 'id' = $2 and document ->> 'version' = $3 returning draft_id`, [ctx.council.id, id, String(version)]);
  }

  /** Notes when a body's signature on a text was first seen here. */
  async noteSignatures(ctx: RequestContext, agreement: Agreement, bodies: readonly string[]): Promise<void> {
    await this.db.query(ctx, 'insert into sharing.agreement_signature (council_id, digest, body_id, seen_at) select $1, $2, one, $4 from unnest($3::text[]) one on conflict do nothing returning body_id', [ctx.council.id, documentDigest(agreement), bodies, this.clock.now()]);
  }

  /** When each body's signature on a text was first seen here. */
  async signedAt(ctx: RequestContext, agreement: Agreement): Promise<ReadonlyMap<string, Date>> {
    const rows = await this.db.query<{ body_id: string; seen_at: Date }>(ctx, 'select body_id, seen_at from sharing.agreement_signature where council_id = $1 and digest = $2', [ctx.council.id, documentDigest(agreement)]);
    return new Map(rows.map(({ body_id: body, seen_at: at }) => [body, at]));
  }
}

function draftOf({ draft_id: id, document, envelope, is_signed_here: isSignedHere, version }: DraftRow): Draft {
  return { id, document, ...(envelope && { envelope }), isSignedHere, version };
}
