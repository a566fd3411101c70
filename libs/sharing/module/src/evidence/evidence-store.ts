import { Database, audit, enqueue, write } from '@guildhall/kernel';
import { CLOCK, IDS, type Clock, type Ids, type RequestContext, type Text, type TransactionContext } from '@guildhall/kernel-contract';
import { dateAfter, ukDay, type AttributeId, type AttributeValue, type Evidence } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { seal, unseal } from '../data/sealed';
import { ConfirmTyped } from '../once-only/jobs';
import { HOLD_PERSON } from '../rights/destroys-key';
import { rowsOfPerson } from '../rights/rows-of-person';
import type { KeptEvidence } from './usable-evidence';

/** How often people were asked for something. */
export type AskingFigure = 'told' | 'typed' | 'asked-because-unreachable' | 'asked-twice';

/** Something that is kept of somebody. */
export interface StoredEvidence extends KeptEvidence {
  readonly attribute: AttributeId;
  readonly value: AttributeValue;
  readonly how: 'told' | 'typed';
  readonly asOf: string;
  readonly toldBy?: string;
  readonly verified?: string;
  readonly because?: string;
  readonly service: string;
}

interface About { readonly localId: string; readonly attribute: AttributeId; readonly purposes: readonly string[]; readonly service: string; readonly keptFor: string }
/** What another body has told. */
export interface ToldEvidence extends About { readonly evidence: Evidence; readonly toldBy: string; readonly agreementId: string; readonly exchangeId: string }
/** What somebody has typed. */
export interface TypedEvidence extends About { readonly value: AttributeValue; readonly because: string; readonly figures: readonly AskingFigure[]; /** Whoever knows is asked later, for the service of this name. */ readonly confirmed?: Text }

interface Source { readonly value: AttributeValue; readonly asOf: string; readonly how: 'told' | 'typed'; readonly toldBy?: string; readonly record?: string; readonly verified?: string | null; readonly agreementId?: string; readonly exchangeId?: string; readonly because?: string }

interface EvidenceRow {
  readonly evidence_id: string; readonly attribute: AttributeId; readonly purposes: readonly string[]; readonly sealed: Buffer; readonly how: 'told' | 'typed'; readonly as_of: string; readonly told_by: string | null; readonly verified: string | null;
  readonly agreement_id: string | null; readonly because: string | null; readonly service: string; readonly kept_at: Date; readonly until: Date;
}

const COLUMNS = `evidence_id, attribute, purposes, sealed, how, to_char(as_of, 'YYYY-MM-DD') as as_of, told_by, verified, agreement_id, because, service, kept_at, until`;
/** Of one attribute: the newest count, and nobody reads the others. */
const MOST_OF_ONE = 50;
const MOST_OF_ALL = 1000;
/** Whoever did not answer just now may in a while. */
const CONFIRMED_AFTER_MS = 60_000;

/** What people have told this body, or others have told it of them, each with its source, its day and what it may be used for. Sealed at rest; what an officer reads is on record. @internal */
@Injectable()
export class EvidenceStore {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** What is kept of one attribute, the newest first. */
  async of(ctx: RequestContext, localId: string, attribute: string): Promise<readonly StoredEvidence[]> {
    const rows = await this.db.query<EvidenceRow>(ctx, `select ${COLUMNS} from sharing.evidence where council_id = $1 and local_id = $2 and attribute = $3 order by kept_at desc, evidence_id limit ${MOST_OF_ONE}`, [ctx.council.id, localId, attribute]);
    return this.#read(ctx, localId, rows);
  }

  /** Everything that is kept of one attribute, the newest first: for the person, or for who must erase it. */
  async all(ctx: RequestContext, localId: string, attribute: string): Promise<readonly StoredEvidence[]> {
    const rows: EvidenceRow[] = [];
    const text = `select ${COLUMNS} from sharing.evidence where council_id = $1 and local_id = $2 and evidence_id::text > $3 and attribute = $4 order by evidence_id::text`;
    for await (const row of rowsOfPerson<EvidenceRow>(this.db, ctx, text, localId, (one) => one.evidence_id, [attribute])) rows.push(row);
    return this.#read(ctx, localId, rows.sort((one, other) => other.kept_at.getTime() - one.kept_at.getTime()));
  }

  /** The newest of each attribute and source. */
  async newest(ctx: RequestContext, localId: string): Promise<readonly StoredEvidence[]> {
    const rows = await this.db.query<EvidenceRow>(ctx, `
      select distinct on (attribute, how, told_by) ${COLUMNS} from sharing.evidence where council_id = $1 and local_id = $2 and until > $3 order by attribute, how, told_by, kept_at desc limit ${MOST_OF_ALL}`, [ctx.council.id, localId, this.clock.now()]);
    return this.#read(ctx, localId, rows);
  }

  /** Leaves what was told to the transaction in which it is written down that it came: neither is there without the other. Of whoever was erased while it was on its way nothing is kept. */
  keepTold(tx: TransactionContext, told: ToldEvidence): StoredEvidence {
    const { evidence, toldBy, agreementId, exchangeId } = told;
    write(tx, HOLD_PERSON, [tx.council.id, told.localId]);
    this.#count(tx, told, 'told');
    return this.#insert(tx, told, { value: evidence.value, asOf: evidence.asOf, how: 'told', toldBy, record: evidence.source, verified: evidence.verified, agreementId, exchangeId });
  }

  async keepTyped(ctx: RequestContext, typed: TypedEvidence): Promise<void> {
    await this.db.run(ctx, (tx) => {
      const { evidenceId } = this.#insert(tx, typed, { value: typed.value, asOf: ukDay(this.clock.now()), how: 'typed', because: typed.because });
      for (const figure of typed.figures) this.#count(tx, typed, figure);
      if (typed.confirmed) enqueue(tx, ConfirmTyped, { evidenceId, because: typed.confirmed, tries: 0 }, { runAt: new Date(this.clock.now().getTime() + CONFIRMED_AFTER_MS) });
      return Promise.resolve();
    });
  }

  /** Deletes what somebody has typed of an attribute. On record. @param detail on what authority an adviser does it, and after which checks */
  async forgetTyped(ctx: RequestContext, localId: string, attribute: string, detail: object = {}): Promise<void> {
    await this.db.run(ctx, (tx) => {
      write(tx, `delete from sharing.evidence where council_id = $1 and local_id = $2 and attribute = $3 and how = 'typed'`, [tx.council.id, localId, attribute]);
      audit(tx, { action: 'sharing.forget-typed', subject: { type: 'sharing.attribute', id: attribute }, personId: localId, detail: { ...detail } });
      return Promise.resolve();
    });
  }

  /** What somebody typed, without its value; nothing when it is not kept any more. */
  async about(ctx: RequestContext, evidenceId: string): Promise<{ readonly localId: string; readonly attribute: AttributeId; readonly purposes: readonly string[]; readonly service: string; readonly keptAt: Date } | undefined> {
    const [row] = await this.db.query<Pick<EvidenceRow, 'attribute' | 'purposes' | 'service' | 'kept_at'> & { readonly local_id: string }>(ctx, `select local_id, attribute, purposes, service, kept_at from sharing.evidence where council_id = $1 and evidence_id = $2 and how = 'typed' and until > $3`, [ctx.council.id, evidenceId, this.clock.now()]);
    return row && { localId: row.local_id, attribute: row.attribute, purposes: row.purposes, service: row.service, keptAt: row.kept_at };
  }

  #insert(tx: TransactionContext, { localId, attribute, purposes, service, keptFor }: About, source: Source): StoredEvidence {
    const { value, asOf, how, toldBy = null, record = null, verified = null, agreementId = null, exchangeId = null, because = null } = source;
    const evidenceId = this.ids.uuid();
    const keptAt = this.clock.now();
    const until = new Date(`${dateAfter(ukDay(keptAt), keptFor)}T00:00:00Z`);
    write(tx, `insert into sharing.evidence (council_id, evidence_id, local_id, attribute, purposes, sealed, how, as_of, told_by, record, verified, agreement_id, exchange_id, because, service, kept_at, until)
      select $1, $2, $3, $4, $5, decode($6, 'base64'), $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17
      where $7 = 'typed' or exists (select from sharing.subject_key k where k.council_id = $1 and k.local_id = $3)`,
    [tx.council.id, evidenceId, localId, attribute, purposes, seal(tx, boundTo(evidenceId, localId), JSON.stringify(value)).toString('base64'), how, asOf, toldBy, record, verified, agreementId, exchangeId, because, service, keptAt, until]);
    return storedOf({ evidence_id: evidenceId, attribute, purposes, how, as_of: asOf, told_by: toldBy, verified, agreement_id: agreementId, because, service, kept_at: keptAt, until }, value);
  }

  #count(tx: TransactionContext, { attribute, purposes }: About, figure: AskingFigure): void {
    const month = `${ukDay(this.clock.now()).slice(0, 7)}-01`;
    for (const purpose of purposes) {
      write(tx, `insert into sharing.asking_figure as known (council_id, month, attribute, purpose, figure, count) values ($1, $2, $3, $4, $5, 1)
        on conflict (council_id, month, attribute, purpose, figure) do update set count = known.count + 1`, [tx.council.id, month, attribute, purpose, figure]);
    }
  }

  async #read(ctx: RequestContext, localId: string, rows: readonly EvidenceRow[]): Promise<readonly StoredEvidence[]> {
    if (ctx.actor.kind === 'officer' && rows.length > 0) await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.evidence-read', subject: { type: 'person', id: localId }, personId: localId, detail: { attributes: [...new Set(rows.map(({ attribute }) => attribute))] } })));
    return rows.map((row) => storedOf(row, JSON.parse(unseal(ctx, boundTo(row.evidence_id, localId), row.sealed)) as AttributeValue));
  }
}

function storedOf({ evidence_id: evidenceId, attribute, purposes, how, as_of: asOf, told_by: toldBy, verified, agreement_id: agreementId, because, service, kept_at: keptAt, until }: Omit<EvidenceRow, 'sealed'>, value: AttributeValue): StoredEvidence {
  return { evidenceId, attribute, purposes, value, how, asOf, service, keptAt, until, ...(toldBy !== null && { toldBy }), ...(verified !== null && { verified }), ...(agreementId !== null && { agreementId }), ...(because !== null && { because }) };
}

/** Moved to another row or another person it does not open. */
function boundTo(evidenceId: string, localId: string): string { return `evidence ${evidenceId} ${localId}`; }
