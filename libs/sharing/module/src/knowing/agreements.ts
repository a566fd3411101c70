import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, Conflict, done, refused, type Clock, type FieldError, type Outcome, type Refusal, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { agreementName, checkAgreement, documentDigest, objections, openAgreement, partiesOf, ukDay, type Agreement, type AskedFor, type Body, type Envelope, type Objection, type Vocabulary } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';
import { askedHere } from './asked-here';

/** An agreement as it stands here. */
export interface KeptAgreement {
  readonly document: Agreement;
  readonly missing: readonly string[];
  readonly endedOn?: string;
  /** Which other party has ended it; this body where there is none. */
  readonly endedBy?: string;
  /** What the guidelines that this body keeps to have against it, so that nothing is told by it. What nobody asks for any more is not among it: {@link Agreements.idle}. */
  readonly objections: readonly Objection[];
  readonly vocabulary: Vocabulary;
}

/** Which agreement, and another text when it or who is known here has changed. */
interface AgreementMark { readonly agreement_id: string; readonly version: number; readonly ended_on: string | null; readonly ended_by: string | null; readonly since: string }
interface AgreementRow { readonly envelope: Envelope; readonly kept_at: Date; readonly bodies: Body[] | null }

/** Its parties' bodies, as they are known. */
const PARTIES = `select p.body from sharing.peer p where p.council_id = a.council_id and p.peer_id in (select jsonb_array_elements_text((a.document -> 'holders') || (a.document -> 'receivers')))`;
const MARK = `a.agreement_id, a.version, to_char(a.ended_on, 'YYYY-MM-DD') as ended_on, a.ended_by, concat_ws(' ', a.kept_at, (select m.mark from sharing.trust_mark m where m.council_id = a.council_id)) as since`;

/** Whether a version of an agreement (`a`, of `sharing.agreement`) has begun by a day and not been ended: of those the newest counts. What was signed early for later waits for its first day. */
export function hasBegun(a: string, day: string): string { return `(${a}.document ->> 'from' <= ${day} and (${a}.ended_on is null or ${a}.ended_on > ${day}::date))`; }

/** `not-signed`: a party has not signed; `not-a-party`: this body is none; `unsound`: it lacks what an agreement must have. */
export type KeepRefusal = Refusal<'malformed' | 'not-signed' | 'not-a-party' | 'unsound'> & { readonly fields?: readonly FieldError[] };

/** The agreements that this body has signed. @internal */
@Injectable()
export class Agreements {
  /** Opened once: it takes two signatures to verify. By council, and by what was signed. */
  readonly #opened = new Map<string, KeptAgreement>();

  constructor(private readonly db: Database, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** The version of an agreement that counts today, in force or not: the newest that has begun, and only where none has the newest of all. */
  async find(ctx: RequestContext, id: string): Promise<KeptAgreement | undefined> {
    const [mark] = await this.db.query<AgreementMark>(ctx, `select ${MARK} from sharing.agreement a where a.council_id = $1 and a.agreement_id = $2 order by ${hasBegun('a', '$3')} desc, a.version desc limit 1`, [ctx.council.id, id, ukDay(this.clock.now())]);
    return mark && this.#open(ctx, mark);
  }

  /** The newest version of all that is here, or that one: it may have begun, be over or be to come. */
  async version(ctx: RequestContext, id: string, version?: number): Promise<KeptAgreement | undefined> {
    const [mark] = await this.db.query<AgreementMark>(ctx, `select ${MARK} from sharing.agreement a where a.council_id = $1 and a.agreement_id = $2 and a.version = coalesce($3, a.version) order by a.version desc limit 1`, [ctx.council.id, id, version ?? null]);
    return mark && this.#open(ctx, mark);
  }

  /** The version of each that counts today, in force or not. */
  async newest(ctx: RequestContext): Promise<readonly KeptAgreement[]> {
    const marks = await this.db.query<AgreementMark>(ctx, `select distinct on (a.agreement_id) ${MARK} from sharing.agreement a where a.council_id = $1 order by a.agreement_id, ${hasBegun('a', '$2')} desc, a.version desc`, [ctx.council.id, ukDay(this.clock.now())]);
    const opened = await Promise.all(marks.map((mark) => this.#open(ctx, mark)));
    return opened.filter((one) => one !== undefined);
  }

  /** Whether any version of it let the one tell the other that: what was told by it is theirs, also when a later one does not. */
  async everLet(ctx: RequestContext, id: string, { holder, receiver, attribute }: { readonly holder: string; readonly receiver: string; readonly attribute: string }): Promise<boolean> {
    return (await this.db.query(ctx, `
      select 1 from sharing.agreement where council_id = $1 and agreement_id = $2 and document -> 'holders' @> to_jsonb($3::text) and document -> 'receivers' @> to_jsonb($4::text) and document -> 'attributes' @> to_jsonb($5::text) limit 1`, [ctx.council.id, id, holder, receiver, attribute])).length > 0;
  }

  /** Those by which this body may ask for something, for a purpose. */
  async forPurpose(ctx: RequestContext, purpose: string, attribute: string): Promise<readonly KeptAgreement[]> {
    return (await this.newest(ctx)).filter(({ document }) => document.purpose === purpose && document.attributes.some((one) => one === attribute) && document.receivers.includes(this.node.id(ctx)));
  }

  /**
   * Takes an agreement that all its parties have signed, of which this body is one. What its law and the guidelines that it keeps to have against it is refused before, not found out later. On record.
   * @throws Conflict when another text is here under this version
   */
  async keep(ctx: RequestContext, envelope: Envelope, peers: readonly Body[]): Promise<Outcome<KeptAgreement, KeepRefusal>> {
    const own = this.node.body(ctx);
    const opened = openAgreement(envelope, [own, ...peers], this.clock.now());
    if (!opened.ok) return opened;
    const { agreement, missing } = opened.value;
    if (!partiesOf(agreement).includes(own.id)) return refused('not-a-party', `${own.id} is no party to ${agreementName(agreement)}.`);
    if (missing.length > 0) return refused('not-signed', `${missing.join(', ')} ${missing.length === 1 ? 'has' : 'have'} not signed ${agreementName(agreement)}.`);
    const vocabulary = this.vocabulary(ctx, peers);
    const against = [...checkAgreement(agreement, vocabulary, ukDay(this.clock.now())).filter(({ holds }) => !holds), ...this.#objections(ctx, agreement, vocabulary), ...((await this.#isHere(ctx, agreement)) ? [] : this.idle(ctx, { document: agreement, vocabulary }))];
    if (against.length > 0) return refused('unsound', against.map(({ text }) => text[ctx.language]).join(' '));
    await this.db.run(ctx, async (tx) => {
      const [kept] = await sql<{ digest: string }>(tx, `
        insert into sharing.agreement (council_id, agreement_id, version, envelope, document, kept_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning agreement_id as digest`,
      [ctx.council.id, agreement.id, agreement.version, JSON.stringify(envelope), JSON.stringify(agreement), this.clock.now()]);
      if (kept) return audit(tx, { action: 'sharing.agreement-kept', subject: { type: 'sharing.agreement', id: agreementName(agreement) }, detail: { digest: documentDigest(agreement) } });
      const [here] = await sql<{ document: Agreement }>(tx, 'select document from sharing.agreement where council_id = $1 and agreement_id = $2 and version = $3', [ctx.council.id, agreement.id, agreement.version]);
      if (here && documentDigest(here.document) !== documentDigest(agreement)) throw new Conflict(`Another text is here as ${agreementName(agreement)}. A changed agreement has a new version.`);
    });
    const kept = await this.version(ctx, agreement.id, agreement.version);
    if (!kept) throw new Error('An agreement that was kept is not there.');
    return done(kept);
  }

  /** Kept before: kept once more it changes nothing, whatever nobody asks for any more. */
  async #isHere(ctx: RequestContext, { id, version }: Agreement): Promise<boolean> {
    return (await this.db.query(ctx, 'select 1 from sharing.agreement where council_id = $1 and agreement_id = $2 and version = $3', [ctx.council.id, id, version])).length > 0;
  }

  /** The words here: the vocabulary, with the names of this body and of its peers. */
  vocabulary(ctx: RequestContext, peers: readonly Body[]): Vocabulary {
    const own = this.node.body(ctx);
    return { ...this.node.options(ctx).vocabulary, bodies: Object.fromEntries([own, ...peers].map(({ id, name }): [string, Text] => [id, name])) };
  }

  /**
   * What nobody here asks for, where a guideline that this body keeps to shares nothing idle. It is looked at before an agreement is signed or kept; in one that is in force it only warns, as officers and other systems ask
   * too, and a question that leaves a service must not stop the others.
   */
  idle(ctx: RequestContext, { document, vocabulary }: Pick<KeptAgreement, 'document' | 'vocabulary'>): readonly Objection[] {
    const options = this.node.options(ctx);
    return this.#objections(ctx, document, vocabulary, askedHere(ctx, document, options)).filter((one) => this.node.guidelines(ctx).some(({ id, by, rules }) => id === one.guideline && by === one.by && rules.some((rule) => rule.id === one.rule && rule.check === 'every-item-is-used')));
  }

  #objections(ctx: RequestContext, agreement: Agreement, vocabulary: Vocabulary, used?: readonly AskedFor[]): readonly Objection[] {
    return objections(agreement, this.node.guidelines(ctx), { vocabulary: { ...vocabulary, bodies: { ...this.node.issuers(ctx), ...vocabulary.bodies } }, ...(used && { used }) });
  }

  async #open(ctx: RequestContext, { agreement_id: id, version, ended_on: endedOn, ended_by: endedBy, since }: AgreementMark): Promise<KeptAgreement | undefined> {
    const key = `${ctx.council.id} ${id} ${version} ${since} ${endedOn ?? ''}`;
    const kept = this.#opened.get(key);
    if (kept) return kept;
    const [row] = await this.db.query<AgreementRow>(ctx, `select a.envelope, a.kept_at, (select jsonb_agg(p.body) from (${PARTIES}) p) as bodies from sharing.agreement a where a.council_id = $1 and a.agreement_id = $2 and a.version = $3`, [ctx.council.id, id, version]);
    const peers = row?.bodies ?? [];
    // By the keys of the moment at which it was kept here: what was signed before a key ended or was stolen stands, and what it says of its own day counts for nothing.
    const opened = row && openAgreement(row.envelope, [this.node.body(ctx), ...peers], row.kept_at);
    if (!opened?.ok) return undefined;
    const { agreement: document, missing } = opened.value;
    const vocabulary = this.vocabulary(ctx, peers);
    const found: KeptAgreement = { document, missing, ...(endedOn !== null && { endedOn }), ...(endedBy !== null && { endedBy }), objections: this.#objections(ctx, document, vocabulary), vocabulary };
    if (this.#opened.size >= MOST_KEPT) this.#opened.clear();
    this.#opened.set(key, found);
    return found;
  }
}

const MOST_KEPT = 1000;
