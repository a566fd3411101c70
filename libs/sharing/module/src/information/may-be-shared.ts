import { dayOf } from '@guildhall/cases-contract';
import { Database, PageRenderer } from '@guildhall/kernel';
import { CLOCK, NotFound, type Clock, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { agreementName, choiceFreshFor, choiceThatCounts, isLetBy, partiesOf, subjectMark, type Agreement, type ChoiceMode, type ChoiceState } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { AGREED_THEN, scopeOf } from '../choosing/choices';
import { Agreements, type KeptAgreement } from '../knowing/agreements';
import { Links } from '../linking/links';
import { OwnNode } from '../node/own-node';
import { noticeDigest, noticeOf, type Notice } from './notice';
import { SubjectKeys } from './subject-keys';
import { demandInformationOf } from './whose-information';

/** How often it spared somebody from proving it themselves. */
export interface Saved { readonly count: number; /** There were more than are counted. */ readonly isCapped: boolean; readonly since: Date }

/** One agreement, as it stands for one person. */
export interface Shareable {
  readonly id: string;
  readonly version: number;
  readonly name: Text;
  readonly sentence: Text;
  readonly benefit: Text;
  readonly law: string;
  readonly keptFor: { readonly count: number; readonly unit: string };
  readonly until: string;
  readonly isInForce: boolean;
  /** Something that was told by it is kept here. */
  readonly isKept: boolean;
  /** And is used, though it may not be shared now, because it was let be told. */
  readonly isKeptUsed: boolean;
  readonly mode: ChoiceMode;
  readonly isConsent: boolean;
  /** Why there is no choice. */
  readonly keptBecause: Text | null;
  /** Whether it may be shared now. */
  readonly isOn: boolean;
  readonly chosen?: { readonly state: ChoiceState; readonly at: Date };
  /** Their yes was to something else: what is shared, or why, has changed since, and they are asked again. */
  readonly isChangedSince: boolean;
  /** When it was last told to a body that had a yes of which this one has not heard otherwise: the yes was said there. */
  readonly allowedElsewhereAt?: Date;
  /** What pressing the switch says; undefined where there is nothing to press. */
  readonly press?: ChoiceState;
  readonly notice: Notice;
  readonly noticeDigest: string;
  /** The bodies beside this one. */
  readonly others: readonly Text[];
  /** Those of them with which the person is linked: they alone can hear of a press. And how long that may take. */
  readonly heardAt: readonly Text[];
  readonly heardWithinSeconds: number;
  readonly saved?: Saved;
}

/** What the newest lines say of one agreement. */
interface Lately { readonly saved?: Saved; /** By version: when this body last told something. */ readonly answeredAt: ReadonlyMap<string, Date> }
/** What is known of one person. */
interface OfPerson { readonly chosen: ReadonlyMap<string, ChoiceRow>; readonly lately: ReadonlyMap<string, Lately>; /** Agreements by which something was told that is still kept. */ readonly keptBy: ReadonlySet<string>; /** Ids of the bodies with which they are linked. */ readonly linkedTo: ReadonlySet<string> }
interface ChoiceRow { readonly agreement_id: string; readonly state: ChoiceState; readonly at: Date; readonly scope: string | null; readonly agreed_then: Agreement | null }

/** No page reads more than so many rows. */
const MOST_COUNTED = 1000;

/** What may be shared of somebody, and whether they let it. */
@Injectable()
export class MayBeShared {
  constructor(
    private readonly db: Database, private readonly agreements: Agreements, private readonly keys: SubjectKeys, private readonly links: Links, private readonly node: OwnNode, @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Those in force, by their name. */
  async list(ctx: RequestContext, personId: string): Promise<readonly Shareable[]> { return (await this.all(ctx, personId)).agreements; }

  /** Those in force, and those which are not and by which something was told that is still kept, each by their name. */
  async all(ctx: RequestContext, personId: string): Promise<{ readonly agreements: readonly Shareable[]; readonly stillKept: readonly Shareable[] }> {
    demandInformationOf(ctx, personId);
    const [kept, of] = await Promise.all([this.agreements.newest(ctx), this.#ofPerson(ctx, personId)]);
    const all = kept.map((one) => this.#shareable(ctx, one, of)).sort((one, other) => one.name[ctx.language].localeCompare(other.name[ctx.language], ctx.language));
    return { agreements: all.filter(({ isInForce }) => isInForce), stillKept: all.filter(({ isInForce, isKept }) => isKept && !isInForce) };
  }

  /** One that was kept here, in force or not. @throws NotFound */
  async find(ctx: RequestContext, personId: string, agreementId: string): Promise<{ readonly shareable: Shareable; readonly kept: KeptAgreement }> {
    demandInformationOf(ctx, personId);
    const [kept, of] = await Promise.all([this.agreements.find(ctx, agreementId), this.#ofPerson(ctx, personId)]);
    if (!kept) throw new NotFound('There is no such agreement here.');
    return { kept, shareable: this.#shareable(ctx, kept, of) };
  }

  async #ofPerson(ctx: RequestContext, personId: string): Promise<OfPerson> {
    const [chosen, keptBy, linked, key] = await Promise.all([this.#choices(ctx, personId), this.#keptBy(ctx, personId), this.links.names(ctx, personId), this.keys.find(ctx, personId)]);
    return { chosen, keptBy, linkedTo: new Set(linked.map(({ peerId }) => peerId)), lately: key ? await this.#lately(ctx, subjectMark(key, personId)) : new Map<string, Lately>() };
  }

  #shareable(ctx: RequestContext, kept: KeptAgreement, { chosen, lately, keptBy, linkedTo }: OfPerson): Shareable {
    const { document, vocabulary } = kept;
    const { choice, name, sentence, benefit, id, version, until } = document;
    const said = chosen.get(id);
    const isInForce = this.#isInForce(ctx, kept);
    const saved = lately.get(id)?.saved;
    // By another version another yes may have been needed.
    const answeredAt = lately.get(id)?.answeredAt.get(agreementName(document));
    const counted = said && choiceThatCounts(document, { ...said, at: said.at.toISOString(), scope: scopeOf(said) })?.state;
    // Of two bodies each may know of a choice that the other has not heard of yet, and the later one counts: what was told later than somebody spoke here was let there.
    const isLetElsewhere = choice.mode !== 'none' && answeredAt !== undefined && !isLetBy(choice, counted) && (!said || answeredAt > said.at);
    const isOn = isInForce && (isLetElsewhere || isLetBy(choice, counted));
    const isKept = keptBy.has(id);
    // What was told before it ended, or by a version of before, is used as long as it is kept: that can be stopped, too.
    const isKeptUsed = isKept && !isOn && choice.mode !== 'none' && said?.state !== 'withdrawn';
    const inForce = choice.mode === 'none' ? undefined : isOn ? 'withdrawn' as const : 'given' as const;
    const press = isInForce ? inForce : isKeptUsed ? 'withdrawn' as const : undefined;
    const notice = noticeOf(document, ctx.language, (key) => this.renderer.messages.t(ctx, key));
    const others = partiesOf(document).filter((body) => body !== this.node.id(ctx));
    const named = (body: string): Text => vocabulary.bodies[body] ?? { en: body, cy: body };
    return {
      id, version, name, sentence, benefit, until: kept.endedOn ?? until, isInForce, isKept, isKeptUsed, isOn, mode: choice.mode, keptBecause: choice.keptBecause, isConsent: document.lawfulBasis === 'consent', law: document.power.ref,
      keptFor: periodIn(document.retention), notice, noticeDigest: noticeDigest(notice), heardWithinSeconds: choiceFreshFor(document), isChangedSince: choice.mode !== 'none' && said !== undefined && counted === undefined && !isLetElsewhere,
      others: others.map(named), heardAt: others.filter((body) => linkedTo.has(body)).map(named),
      ...(said && { chosen: { state: said.state, at: said.at } }), ...(press && { press }), ...(saved && { saved }), ...(isLetElsewhere && { allowedElsewhereAt: answeredAt }),
    };
  }

  #isInForce(ctx: RequestContext, { document, endedOn, missing }: KeptAgreement): boolean {
    const today = dayOf(this.clock.now());
    return missing.length === 0 && partiesOf(document).includes(this.node.id(ctx)) && document.from <= today && today <= document.until && !(endedOn !== undefined && endedOn <= today);
  }

  async #choices(ctx: RequestContext, localId: string): Promise<ReadonlyMap<string, ChoiceRow>> {
    const rows = await this.db.query<ChoiceRow>(ctx, `select distinct on (c.agreement_id) c.agreement_id, c.state, c.at, c.scope, ${AGREED_THEN} from sharing.choice c where c.council_id = $1 and c.local_id = $2 order by c.agreement_id, c.at desc, c.state desc`, [ctx.council.id, localId]);
    return new Map(rows.map((row) => [row.agreement_id, row]));
  }

  async #keptBy(ctx: RequestContext, localId: string): Promise<ReadonlySet<string>> {
    const rows = await this.db.query<{ agreement_id: string }>(ctx, 'select distinct agreement_id from sharing.evidence where council_id = $1 and local_id = $2 and agreement_id is not null and until > $3 limit 1000', [ctx.council.id, localId, this.clock.now()]);
    return new Set(rows.map(({ agreement_id: id }) => id));
  }

  /** Of the newest lines: what was told in the last year, and when this body last told something. */
  async #lately(ctx: RequestContext, mark: string): Promise<ReadonlyMap<string, Lately>> {
    const now = this.clock.now();
    const since = new Date(Date.UTC(now.getUTCFullYear() - 1, now.getUTCMonth(), now.getUTCDate()));
    const rows = await this.db.query<{ agreement: string | null; told: number; answered_at: Date | null; looked: number }>(ctx, `
      select agreement, (count(*) filter (where allow and kind in ('received', 'answered') and at >= $3))::int as told, max(at) filter (where allow and kind = 'answered') as answered_at, (sum(count(*)) over ())::int as looked
      from (select agreement, allow, kind, at from sharing.entry where council_id = $1 and subject = $2 order by index desc limit ${MOST_COUNTED}) newest
      group by 1`, [ctx.council.id, mark, since]);
    const found = new Map<string, Lately>();
    for (const { agreement, told, answered_at: answeredAt, looked } of rows) {
      if (agreement === null) continue;
      const [id = ''] = agreement.split('@');
      const before = found.get(id);
      const count = told + (before?.saved?.count ?? 0);
      found.set(id, { answeredAt: new Map([...(before?.answeredAt ?? []), ...(answeredAt ? [[agreement, answeredAt] as const] : [])]), ...(count > 0 && { saved: { count, isCapped: looked === MOST_COUNTED, since } }) });
    }
    return found;
  }
}

/** `P1Y` as a number and its unit. */
function periodIn(duration: string): Shareable['keptFor'] {
  const [, count = '', unit = ''] = /^P(\d+)([DWMY])$/.exec(duration) ?? [];
  return { count: Number(count), unit };
}

/** Which of them somebody could stop. */
export function stoppableIn(agreements: readonly Shareable[]): readonly string[] { return agreements.filter(({ press, isKeptUsed }) => press === 'withdrawn' || isKeptUsed).map(({ id }) => id); }
