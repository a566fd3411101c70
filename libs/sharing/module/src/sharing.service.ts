import { Database, audit } from '@guildhall/kernel';
import { CLOCK, demand, type Clock, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import { ASK_OTHERS, READ_AGREEMENTS, checkQuestion, subjectMark, ukDay, type AgreementInForce, type AskOtherRefusal, type Entry, type PersonChoice, type QuestionToOther, type SharingApi, type ToldByOther, type TrailItem, type TrailItems } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { AsksExchange } from './asking/asks-exchange';
import { MayBeShared } from './information/may-be-shared';
import { SubjectKeys } from './information/subject-keys';
import { Trail, placeIn } from './information/trail';
import { whatCame, type TrailRow } from './information/trail-line';
import { demandInformationOf } from './information/whose-information';
import { Agreements } from './knowing/agreements';
import { isInForce } from './linking/agreed';

/** The standard interface of sharing. */
@Injectable()
export class SharingService implements SharingApi {
  constructor(
    private readonly db: Database, private readonly kept: Agreements, private readonly asks: AsksExchange, private readonly keys: SubjectKeys, private readonly trails: Trail, private readonly shared: MayBeShared, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async agreements(ctx: RequestContext): Promise<readonly AgreementInForce[]> {
    demand(ctx, READ_AGREEMENTS);
    const day = ukDay(this.clock.now());
    return (await this.kept.newest(ctx)).filter((one) => isInForce(one, day)).map(({ document: { id, version, name, sentence, purpose, attributes, holders, receivers, choice, until }, endedOn }) => ({ id, version, name, sentence, purpose, attributes, holders, receivers, choice: choice.mode, until: endedOn ?? until }));
  }

  async ask(ctx: RequestContext, question: QuestionToOther): Promise<Outcome<ToldByOther, AskOtherRefusal>> {
    demand(ctx, ASK_OTHERS);
    checkQuestion(question);
    const { agreement, holder, person, attributes, because, service, officer, network, device } = question;
    return this.asks.ask(ctx, { agreementId: agreement, holder, localId: person, attributes, because, by: { service: service ?? null, officer: officer ?? null, network, device } });
  }

  async trail(ctx: RequestContext, personId: string, { before }: { readonly before?: string } = {}): Promise<TrailItems> {
    await this.#look(ctx, personId);
    const place = before === undefined ? undefined : placeIn(before);
    const key = await this.keys.find(ctx, personId);
    if (!key) return { items: [] };
    const { rows, next } = await this.trails.page(ctx, personId, subjectMark(key, personId), place);
    return { items: rows.map(itemOf), ...(next !== undefined && { next: String(next) }) };
  }

  async choices(ctx: RequestContext, personId: string): Promise<readonly PersonChoice[]> {
    await this.#look(ctx, personId);
    const shared = await this.shared.list(ctx, personId);
    return shared.map(({ id, mode, isOn, chosen }) => ({ agreement: id, mode, isOn, ...chosen })).sort((one, other) => (one.agreement < other.agreement ? -1 : 1));
  }

  /** Whoever looks at somebody else's is on record. */
  async #look(ctx: RequestContext, personId: string): Promise<void> {
    demandInformationOf(ctx, personId);
    if (ctx.actor.kind !== 'resident') await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.look', subject: { type: 'person', id: personId }, personId })));
  }
}

function itemOf(row: TrailRow): TrailItem {
  const entry = JSON.parse(row.leaf) as Entry & { readonly kind: TrailItem['kind'] };
  const { isTold, failed } = whatCame(entry, row);
  return {
    index: Number(row.index), at: new Date(entry.t), kind: entry.kind, attributes: entry.attributes, failed,
    ...(entry.peer !== null && { peer: entry.peer }), ...(entry.agreement !== null && { agreement: entry.agreement.split('@')[0] ?? '' }), ...(isTold !== undefined && { isTold }),
  };
}
