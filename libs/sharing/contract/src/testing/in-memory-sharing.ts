import { InvalidInput, NotFound, demand, done, isUuid, type Clock, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import { ACT_ON_SHARING, ASK_OTHERS, READ_AGREEMENTS } from '../permissions';
import { CHECKS, type CheckId, type Decision, type Evidence } from '../asking/exchange';
import { isLetBy, type ChoiceState } from '../choosing/choice';
import type { AgreementInForce, AskOtherRefusal, PersonChoice, QuestionToOther, SharingApi, ToldByOther, TrailItem, TrailItems } from '../sharing-api';
import { checkQuestion } from '../sharing-questions';

const A_PAGE = 25;
interface Records { readonly agreements: AgreementInForce[]; readonly links: Map<string, readonly Evidence[]>; readonly choices: Map<string, { readonly state: ChoiceState; readonly at: Date }>; readonly trail: { readonly person: string; readonly item: TrailItem }[] }

/** Sharing without another body, for other modules' specs. It passes the same kit as the real one. @public */
export class InMemorySharing implements SharingApi {
  /** Set: the other bodies do not answer. */
  isUnreachable = false;
  readonly #councils = new Map<string, Records>();
  constructor(private readonly clock: Clock) {}

  /** From now on it is in force. */
  agree(ctx: RequestContext, agreement: AgreementInForce): void { this.#of(ctx).agreements.push(agreement); }
  /** From now on the holder knows who is meant, and this of them. */
  link(ctx: RequestContext, person: string, holder: string, evidence: readonly Evidence[]): void { this.#of(ctx).links.set(`${holder} ${person}`, evidence); }
  /** Somebody says yes or no. */
  choose(ctx: RequestContext, person: string, agreement: string, state: ChoiceState): void {
    this.#of(ctx).choices.set(`${agreement} ${person}`, { state, at: this.clock.now() });
    this.#write(ctx, person, { kind: state === 'given' ? 'choice-given' : 'choice-withdrawn', agreement, attributes: [], failed: [] });
  }

  async agreements(ctx: RequestContext): Promise<readonly AgreementInForce[]> {
    demand(ctx, READ_AGREEMENTS);
    return structuredClone(this.#of(ctx).agreements).sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  async ask(ctx: RequestContext, question: QuestionToOther): Promise<Outcome<ToldByOther, AskOtherRefusal>> {
    demand(ctx, ASK_OTHERS);
    checkQuestion(question);
    const { agreement: id, holder, person, attributes } = question;
    const { agreements, links, choices } = this.#of(ctx);
    const known = links.get(`${holder} ${person}`);
    if (!known) return { ok: false, refusal: { reason: 'not-linked', message: `${holder} does not know who is meant.` } };
    const agreement = agreements.find((one) => one.id === id);
    const failed = CHECKS.filter((check) => faults(check, agreement, question, choices.get(`${id} ${person}`)?.state));
    const decision: Decision = { allow: failed.length === 0, reasons: CHECKS.map((check) => ({ id: check, pass: !failed.includes(check), text: { en: check, cy: check } })) };
    const asked = { kind: 'asked', peer: holder, agreement: id, attributes: [...attributes], failed } as const;
    if (!decision.allow) {
      this.#write(ctx, person, { ...asked, isTold: false });
      return { ok: false, refusal: { reason: 'refused', message: `It does not hold: ${failed.join(', ')}.`, decision } };
    }
    this.#write(ctx, person, { ...asked, ...(!this.isUnreachable && { isTold: true }) });
    if (this.isUnreachable) return { ok: false, refusal: { reason: 'unreachable', message: `${holder} does not answer at the moment.` } };
    const count = this.#of(ctx).trail.length;
    return done({ exchange: `01990000-0000-7000-8000-${String(count).padStart(12, '0')}`, decision, evidence: structuredClone(known.filter(({ attribute }) => attributes.includes(attribute))) });
  }

  async trail(ctx: RequestContext, personId: string, { before }: { readonly before?: string } = {}): Promise<TrailItems> {
    demandTheirs(ctx, personId);
    if (before !== undefined && !/^(0|[1-9]\d{0,17})$/.test(before)) throw new InvalidInput('This place in the trail is not known.', [{ field: 'before', message: 'must be a whole number' }]);
    const items = this.#of(ctx).trail.filter(({ person, item }) => person === personId && (before === undefined || item.index < Number(before))).map(({ item }) => item).reverse();
    const last = items.length > A_PAGE ? items[A_PAGE - 1] : undefined;
    return { items: structuredClone(items.slice(0, A_PAGE)), ...(last && { next: String(last.index) }) };
  }

  async choices(ctx: RequestContext, personId: string): Promise<readonly PersonChoice[]> {
    demandTheirs(ctx, personId);
    return (await Promise.resolve(this.#of(ctx).agreements)).map(({ id, choice: mode }) => {
      const said = this.#of(ctx).choices.get(`${id} ${personId}`);
      return { agreement: id, mode, isOn: isLetBy({ mode }, said?.state), ...said };
    }).sort((one, other) => (one.agreement < other.agreement ? -1 : 1));
  }

  #write(ctx: RequestContext, person: string, item: Omit<TrailItem, 'index' | 'at'>): void {
    const { trail } = this.#of(ctx);
    trail.push({ person, item: { index: trail.length, at: this.clock.now(), ...item } });
  }

  #of({ council: { id } }: RequestContext): Records {
    const records = this.#councils.get(id) ?? { agreements: [], links: new Map(), choices: new Map(), trail: [] };
    this.#councils.set(id, records);
    return records;
  }
}

/** Whether a check that this fake knows fails. */
function faults(check: CheckId, agreement: AgreementInForce | undefined, { holder, attributes }: QuestionToOther, state: ChoiceState | undefined): boolean {
  if (check === 'agreement') return agreement === undefined;
  if (!agreement) return false;
  if (check === 'parties') return !agreement.holders.includes(holder);
  if (check === 'attributes') return !attributes.every((one) => agreement.attributes.includes(one));
  return check === 'choice' && !isLetBy({ mode: agreement.choice }, state);
}

function demandTheirs(ctx: RequestContext, personId: string): void {
  if (ctx.actor.kind !== 'resident' || ctx.actor.personId !== personId) demand(ctx, ACT_ON_SHARING);
  if (!isUuid(personId)) throw new NotFound('There is no such person here.');
}
