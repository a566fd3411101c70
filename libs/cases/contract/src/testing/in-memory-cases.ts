import { Conflict, NotFound, demand, done, refused } from '@guildhall/kernel-contract';
import type { Clock, CouncilId, Ids, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { audienceOf, demandAssigning, demandStaff, isStaff, ownerOf } from '../access';
import type { CaseCount, CaseListItem, CasePage, CaseView, OpenedCase, TimelineEntry, TimelinePage } from '../case';
import { caseSortOf } from '../case-sort';
import { entryFor, listItemFor, openRecord, viewFor, type Audience, type CaseRecord } from '../case-record';
import type { CaseType } from '../case-type';
import type { CasesApi, ChangeRefusal, OpenRefusal, WhichCase } from '../cases-api';
import { assigned, changedSentence, isUpToDate, moved, openedEntry, said, typeToOpen, unknownCase, type CaseChange } from '../changes';
import { dueOn } from '../deadline';
import { NOTE_ON_CASES, SEE_CASES, WORK_ON_CASES } from '../permissions';
import { makeReference } from '../reference';
import type { AssignCase, CaseSort, ChangeCase, ListCases, MoveCase, NoteOnCase, OpenCase, TellResident, WriteToCouncil } from '../requests';
import { isFound, searchWordsIn, searchWordsOf } from '../search-words';
import { findCaseType, moverOf, permissionOf, stateOf, transitionOf, type MoveRefusal } from '../transitions';
import { WEEKENDS_ONLY, dayOf, type WorkingCalendar } from '../working-days';

interface Kept { record: CaseRecord; readonly statusKey: string; readonly entries: TimelineEntry[]; readonly words: readonly string[] }

/** What the fake needs. @public */
export interface InMemoryCasesOptions {
  readonly types: readonly CaseType[];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly calendar?: WorkingCalendar;
}

/** Cases in memory that pass the kit: for the tests of whatever uses CasesApi. @public */
export function inMemoryCases(options: InMemoryCasesOptions): CasesApi {
  return new InMemoryCases(options);
}

class InMemoryCases implements CasesApi {
  readonly #councils = new Map<CouncilId, Map<string, Kept>>();
  readonly #keys = new Map<string, { readonly request: string; readonly result: unknown }>();
  readonly #calendar: WorkingCalendar;

  constructor(private readonly options: InMemoryCasesOptions) { this.#calendar = options.calendar ?? WEEKENDS_ONLY; }

  async open(ctx: RequestContext, request: OpenCase): Promise<Outcome<OpenedCase, OpenRefusal>> {
    const personId = ownerOf(ctx, request);
    return this.once<OpenedCase, OpenRefusal>(ctx, 'open', request, () => {
      const type = typeToOpen(findCaseType(this.options.types, request.caseType), request);
      if (!type.ok) return type;
      const reference = request.reference ?? makeReference(this.options.ids, ctx.council.referencePrefix);
      if ([...this.casesOf(ctx).values()].some(({ record }) => record.reference === reference)) return refused('reference-taken', `The reference ${reference} belongs to another case.`);
      if (this.casesOf(ctx).has(request.caseId)) throw new Conflict(`There is a case ${request.caseId} already.`);
      const record = openRecord(type.value, request, { reference, channel: ctx.channel, language: ctx.language, personId, at: this.options.clock.now(), calendar: this.#calendar });
      const { contact, location } = record;
      const words = searchWordsOf({ reference, name: contact?.name, email: contact?.email, phone: contact?.phone, addressLines: [...(location?.lines ?? []), ...(contact?.postalLines ?? [])], postcode: location?.postcode });
      const kept: Kept = { record, statusKey: this.options.ids.token(16), entries: [openedEntry(ctx, type.value, record, this.options.ids.uuid())], words };
      this.casesOf(ctx).set(record.id, kept);
      return done({ ...viewFor(this.openersAudience(ctx), ctx.council, type.value, record, this.today()), statusPath: `/status/${reference}?key=${kept.statusKey}` });
    });
  }

  async find(ctx: RequestContext, which: WhichCase): Promise<CaseView | undefined> {
    const seen = this.seen(ctx, which);
    return seen && viewFor(seen.audience, ctx.council, this.typeOf(seen.kept.record), seen.kept.record, this.today());
  }

  async list(ctx: RequestContext, request: ListCases): Promise<CasePage> {
    const { audience, records } = this.matching(ctx, request);
    const sort = caseSortOf(request, audience);
    const limit = request.limit ?? 25;
    const isBackwards = sort === 'newest' || sort === 'moved';
    const all = records.map((record) => ({ record, place: this.placeOf(record, sort) })).sort((a, b) => (a.place < b.place === isBackwards ? 1 : -1));
    const { after } = request;
    const from = after ? all.filter(({ place }) => (isBackwards ? place < after : place > after)) : all;
    const page = from.slice(0, limit);
    const last = page[page.length - 1];
    const items: readonly CaseListItem[] = page.map(({ record }) => listItemFor(audience, this.typeOf(record), record));
    return { items, ...(from.length > limit && last && { next: last.place }) };
  }

  async count(ctx: RequestContext, request: ListCases, most = 1000): Promise<CaseCount> {
    const { audience, records } = this.matching(ctx, request);
    caseSortOf(request, audience);
    return { count: Math.min(most, records.length), isAtLeast: records.length >= most };
  }

  async timeline(ctx: RequestContext, which: WhichCase, page: { readonly after?: string; readonly limit?: number } = {}): Promise<TimelinePage> {
    const seen = this.seen(ctx, which);
    if (!seen) throw new NotFound('There is no such case here.');
    const type = this.typeOf(seen.kept.record);
    const all = [...seen.kept.entries].reverse().flatMap((entry) => entryFor(seen.audience, type, entry) ?? []);
    const limit = page.limit ?? 50;
    const from = page.after ? all.slice(all.findIndex(({ id }) => id === page.after) + 1) : all;
    const items = from.slice(0, limit);
    const last = items[items.length - 1];
    return { items, ...(from.length > limit && last && { next: last.id }) };
  }

  async move(ctx: RequestContext, request: MoveCase): Promise<Outcome<CaseView, ChangeRefusal | MoveRefusal>> {
    return this.change<CaseView, MoveRefusal>(ctx, 'move', request, request.statusKey, (kept, audience) => {
      const type = this.typeOf(kept.record);
      const transition = transitionOf(type, request.transition);
      if (moverOf(ctx.actor) === 'officer') demand(ctx, transition ? permissionOf(transition) : WORK_ON_CASES);
      const outcome = moved(ctx, type, kept.record, request, this.setting());
      if (!outcome.ok) return outcome;
      this.keep(kept, outcome.value);
      return done(viewFor(audience, ctx.council, type, kept.record, this.today()));
    });
  }

  async note(ctx: RequestContext, request: NoteOnCase): Promise<Outcome<TimelineEntry, ChangeRefusal>> {
    demandStaff(ctx);
    demand(ctx, NOTE_ON_CASES);
    return this.change<TimelineEntry>(ctx, 'note', request, undefined, (kept) => done(this.keep(kept, said(ctx, kept.record, 'note', request, this.setting()))));
  }

  async tell(ctx: RequestContext, request: TellResident): Promise<Outcome<TimelineEntry, ChangeRefusal>> {
    demandStaff(ctx);
    demand(ctx, WORK_ON_CASES);
    return this.change<TimelineEntry>(ctx, 'tell', request, undefined, (kept) => done(this.keep(kept, said(ctx, kept.record, 'update', request, this.setting()))));
  }

  async write(ctx: RequestContext, request: WriteToCouncil): Promise<Outcome<TimelineEntry, ChangeRefusal>> {
    return this.change<TimelineEntry>(ctx, 'write', request, request.statusKey, (kept, audience) => {
      const entry = this.keep(kept, said(ctx, kept.record, 'answer', request, this.setting()));
      return done(entryFor(audience, this.typeOf(kept.record), entry) ?? entry);
    });
  }

  async assign(ctx: RequestContext, request: AssignCase): Promise<Outcome<CaseView, ChangeRefusal>> {
    demandStaff(ctx);
    return this.change<CaseView>(ctx, 'assign', request, undefined, (kept) => {
      demandAssigning(ctx, request, kept.record);
      this.keep(kept, assigned(ctx, kept.record, request, this.setting()));
      return done(viewFor('staff', ctx.council, this.typeOf(kept.record), kept.record, this.today()));
    });
  }

  /** Finds, compares versions and runs once. */
  private async change<Value, R extends MoveRefusal = never>(ctx: RequestContext, scope: string, request: ChangeCase, statusKey: string | undefined, work: (kept: Kept, audience: Audience) => Outcome<Value, R>): Promise<Outcome<Value, ChangeRefusal | R>> {
    const seen = this.seen(ctx, { caseId: request.caseId }, statusKey);
    if (!seen) return unknownCase(request.caseId);
    return this.once<Value, ChangeRefusal | R>(ctx, scope, request, () => {
      const { record, entries } = seen.kept;
      if (!isUpToDate(record, request)) {
        const type = this.typeOf(record);
        const changes = entries.filter((entry) => entry.caseVersion > (request.expectedVersion ?? 0)).flatMap((entry) => entryFor(seen.audience, type, entry) ?? []);
        return { ok: false, refusal: { reason: 'changed-meanwhile', message: changedSentence(ctx, changes), current: viewFor(seen.audience, ctx.council, type, record, this.today()), changes } };
      }
      return work(seen.kept, seen.audience);
    });
  }

  private once<Value, R>(ctx: RequestContext, scope: string, request: { readonly idempotencyKey: string }, work: () => { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: R }): { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: R } {
    const key = JSON.stringify([ctx.council.id, scope, request.idempotencyKey]);
    const same = JSON.stringify(request);
    const before = this.#keys.get(key);
    if (before && before.request !== same) throw new Conflict(`The key ${request.idempotencyKey} was used before for another request. Use a new key for a new request.`);
    if (before) return before.result as { readonly ok: true; readonly value: Value };
    const result = work();
    if (result.ok) this.#keys.set(key, { request: same, result });
    return result;
  }

  private keep(kept: Kept, change: CaseChange): TimelineEntry {
    kept.record = change.record;
    kept.entries.push(change.entry);
    return change.entry;
  }

  private seen(ctx: RequestContext, which: WhichCase, key?: string): { readonly kept: Kept; readonly audience: Audience } | undefined {
    const cases = this.casesOf(ctx);
    const kept = 'caseId' in which ? cases.get(which.caseId) : [...cases.values()].find(({ record }) => record.reference === which.reference);
    const given = 'statusKey' in which ? which.statusKey : key;
    if (!kept) {
      if (isStaff(ctx)) demand(ctx, SEE_CASES);
      return undefined;
    }
    const audience = audienceOf(ctx, kept.record, given !== undefined && given === kept.statusKey);
    return audience && { kept, audience };
  }

  private matching(ctx: RequestContext, request: ListCases): { readonly audience: Audience; readonly records: readonly CaseRecord[] } {
    const { actor } = ctx;
    if (isStaff(ctx)) demand(ctx, SEE_CASES);
    else if (actor.kind !== 'resident') return { audience: 'owner', records: [] };
    const today = dayOf(this.options.clock.now());
    const wanted = request.text ? searchWordsIn(request.text, ctx.council.referencePrefix) : [];
    const records = [...this.casesOf(ctx).values()].filter(({ record, words }) => {
      const type = this.typeOf(record);
      const isClosed = stateOf(type, record.state).kind === 'closed';
      const due = dueOn(type, record.state, record.clock);
      const assignee = request.assignee === 'me' ? (actor.kind === 'officer' ? actor.officerId : '') : request.assignee;
      return (actor.kind !== 'resident' || record.personId === actor.personId) && (!request.personId || record.personId === request.personId)
        && (assignee === undefined || (assignee === 'nobody' ? !record.assignee : record.assignee?.officerId === assignee))
        && (!request.teams || request.teams.includes(record.team ?? '')) && (!request.caseType || record.caseType === request.caseType) && (!request.state || record.state === request.state)
        // Nobody tells it of zones: no case lies in any.
        && !request.zone && (!request.ward || record.location?.ward?.code === request.ward) && ((request.status ?? 'unfinished') === 'any' || isClosed === (request.status === 'closed'))
        && (!request.dueBy || (due !== undefined && due <= request.dueBy)) && (!request.overdue || (due !== undefined && due < today)) && (!request.needsAttention || record.needsAttention === true) && (wanted.length === 0 ? !request.text : isFound(words, wanted));
    });
    return { audience: actor.kind === 'resident' ? 'owner' : 'staff', records: records.map(({ record }) => record) };
  }

  private placeOf(record: CaseRecord, sort: CaseSort): string {
    switch (sort) {
      case 'due': return `${dueOn(this.typeOf(record), record.state, record.clock) ?? '9999-12-31'} ${record.id}`;
      case 'oldest': case 'newest': return `${record.openedAt.toISOString()} ${record.id}`;
      case 'moved': return `${record.movedAt.toISOString()} ${record.id}`;
    }
  }

  private today(): string {
    return dayOf(this.options.clock.now());
  }
  private openersAudience(ctx: RequestContext): Audience {
    return isStaff(ctx) ? 'staff' : ctx.actor.kind === 'resident' ? 'owner' : 'follower';
  }
  private setting() {
    return { entryId: this.options.ids.uuid(), at: this.options.clock.now(), calendar: this.#calendar };
  }
  private typeOf(record: CaseRecord): CaseType {
    const type = findCaseType(this.options.types, record.caseType, record.caseTypeVersion);
    if (!type) throw new Error(`The case type ${record.caseType} version ${record.caseTypeVersion} is not registered.`);
    return type;
  }
  private casesOf(ctx: RequestContext): Map<string, Kept> {
    let cases = this.#councils.get(ctx.council.id);
    if (!cases) this.#councils.set(ctx.council.id, (cases = new Map()));
    return cases;
  }
}
