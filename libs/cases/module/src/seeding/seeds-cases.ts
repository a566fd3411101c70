import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, IDS } from '@guildhall/kernel-contract';
import type { Clock, Ids, OfficerId, RequestContext } from '@guildhall/kernel-contract';
import { Database, hasContract, sql, type Seeder } from '@guildhall/kernel';
import { ADDRESSES, type Address, type AddressesApi } from '@guildhall/addresses-contract';
import { CASE_PERMISSIONS, fillWords, findCaseType, isFor, stateOf, transitionsFrom } from '@guildhall/cases-contract';
import type { CaseSample, CaseTransition, CaseType, OpenCase } from '@guildhall/cases-contract';
import type { OfficerView } from '@guildhall/identity-contract';
import { AssignsCases } from '../assigning/assigns-cases';
import { Colleagues } from '../desk/colleagues';
import { ChangesCases } from '../keeping/changes-cases';
import { caseTypesOf } from '../keeping/case-types';
import { MovesCases } from '../moving/moves-cases';
import { FindsZones } from '../opening/finds-zones';
import { OpensCases } from '../opening/opens-cases';
import { Calendars } from '../working-days/calendars';

const DAY = 86_400_000;
/** Invented people; telephone numbers of the range that nobody has. */
const PEOPLE = ['Olwen Pugh', 'Tom Ashdown', 'Farida Noor', 'Idris Vaughan', 'Joan Whitlow'] as const;
/** Where there is no gazetteer. */
const PLACES = [['1 Weir Lane', 'ZZ99 1AB'], ['12 Mill Street', 'ZZ99 2CD'], ['7 Chapel Row', 'ZZ99 3EF'], ['Old Bridge', 'ZZ99 4GH'], ['20 Orchard Way', 'ZZ99 5JK']] as const;
/** Words of street names in both languages. */
const STREET_WORDS = ['street', 'lane', 'road', 'row', 'stryd', 'heol', 'lôn'] as const;
/** How long ago each was opened, how far it has come since, and whether somebody of its team has it. With four kinds of case the worklist then has two pages. */
const STORIES: readonly Story[] = [
  { daysAgo: 1, goes: 'nowhere' }, { daysAgo: 40, goes: 'nowhere' }, { daysAgo: 9, goes: 'on', isTaken: true }, { daysAgo: 6, goes: 'asked', isTaken: true }, { daysAgo: 25, goes: 'closed' },
  { daysAgo: 3, goes: 'nowhere', isTaken: true }, { daysAgo: 14, goes: 'on', isTaken: true }, { daysAgo: 2, goes: 'on' }, { daysAgo: 18, goes: 'nowhere' },
];
interface Story { readonly daysAgo: number; readonly goes: 'nowhere' | 'on' | 'asked' | 'closed'; readonly isTaken?: boolean }

/** A development database begins with a few cases of every kind that has samples: new, late, under way, waiting and closed. */
@Injectable()
export class SeedsCases implements Seeder {
  constructor(@Inject(Database) private readonly database: Database, @Inject(IDS) private readonly ids: Ids, @Inject(Calendars) private readonly calendars: Calendars, @Inject(ADDRESSES.token) private readonly addresses: AddressesApi, @Inject(CLOCK) private readonly clock: Clock, @Inject(Colleagues) private readonly colleagues: Colleagues,
    @Inject(FindsZones) private readonly zones: FindsZones) {}

  async seed(ctx: RequestContext): Promise<void> {
    const types = caseTypesOf(ctx).filter((type) => findCaseType(caseTypesOf(ctx), type.id) === type && type.samples?.length);
    const wanted = types.flatMap((type, index) => STORIES.map((story, number) => ({ type, story, number, placeNumber: index * STORIES.length + number, caseId: seedId(ctx, `${type.id} ${number}`) })));
    const kept = await this.database.run(ctx, (tx) => sql<{ case_id: string }>(tx, 'select case_id from cases."case" where council_id = $1 and case_id = any($2)', [ctx.council.id, wanted.map(({ caseId }) => caseId)]));
    const missing = wanted.filter(({ caseId }) => !kept.some((row) => row.case_id === caseId));
    // Places come from the gazetteer, which takes its time to be read: a second start needs none.
    if (missing.length === 0) return;
    const places = await this.places(ctx);
    const officers = (await this.colleagues.officers(ctx)).toSorted((a, b) => a.name.localeCompare(b.name));
    for (const { type, story, number, placeNumber, caseId } of missing) {
      const team = officers.filter(({ teams }) => type.team !== undefined && teams.includes(type.team));
      const sample = type.samples?.[number % (type.samples.length || 1)];
      const place = places[placeNumber % places.length];
      if (sample && place) await this.tell(ctx, caseId, type, sample, place, story, number, story.isTaken ? team[number % Math.max(team.length, 1)] : undefined);
    }
  }

  private async tell(ctx: RequestContext, caseId: string, type: CaseType, sample: CaseSample, place: SeedPlace, story: Story, number: number, holder: OfficerView | undefined): Promise<void> {
    const openedAt = new Date(this.clock.now().getTime() - story.daysAgo * DAY);
    const clock: { at: Date } & Clock = { at: openedAt, now() { return this.at; } };
    const street = { street: place.lines[0]?.replace(/^\d+\w? /, '') };
    const name = PEOPLE[number % PEOPLE.length] ?? PEOPLE[0];
    const request: OpenCase = {
      caseId, idempotencyKey: `seed-${caseId}`, caseType: type.id, summary: { en: fillWords(sample.summary.en, street), cy: fillWords(sample.summary.cy, street) }, channel: number === 3 ? 'telephone' : 'web',
      openedFor: { contact: { name, ...(number === 0 && { email: `${name.toLowerCase().replace(' ', '.')}@post.example` }), ...(number === 3 && { phone: '07700 900300' }) }, language: number === 3 ? 'cy' : 'en' },
      location: place, answers: [{ section: type.title, question: sample.question, answer: sample.answer }],
    };
    await new OpensCases(this.database, clock, this.ids, this.calendars, this.zones).open({ ...ctx, actor: { kind: 'nobody' } }, request);
    // Jobs have no business moving cases: an invented colleague does it.
    const officer: RequestContext = { ...ctx, actor: { kind: 'officer', officerId: seedId(ctx, 'officer') as OfficerId, name: 'Alex Demo', roles: [], teams: [], permissions: new Set(CASE_PERMISSIONS.map(({ id }) => id)) } };
    const changes = new ChangesCases(this.database, clock, this.ids, this.calendars);
    const moves = new MovesCases(changes);
    if (holder) await new AssignsCases(changes).assign(officer, { caseId, assignee: { officerId: holder.officerId, name: holder.name }, idempotencyKey: `seed-${caseId}-given` });
    for (const [step, transition] of wayOf(type, story.goes).entries()) {
      clock.at = new Date(openedAt.getTime() + (step + 1) * DAY * Math.min(2, story.daysAgo / 3));
      await moves.move(officer, { caseId, transition: transition.id, idempotencyKey: `seed-${caseId}-${step}`, ...(transition.reasons?.required && { reasons: 'Could you tell us on which side of the street it is?' }) });
    }
  }

  private async places(ctx: RequestContext): Promise<readonly SeedPlace[]> {
    const invented = PLACES.map(([line, postcode]): SeedPlace => ({ lines: [line], postcode }));
    if (!hasContract(ctx, ADDRESSES)) return invented;
    const found = await Promise.all(STREET_WORDS.map(async (text) => {
      const outcome = await this.addresses.search(ctx, { text, limit: 100 });
      return outcome.ok ? outcome.value.addresses.map(placeOf) : [];
    }));
    // One after another from every kind of street, so that the cases lie all over the town.
    const spread = Array.from({ length: 100 }, (_, at) => found.flatMap((places) => places[(at * 7) % Math.max(places.length, 1)] ?? [])).flat();
    return spread.length ? spread : invented;
  }
}

interface SeedPlace { readonly lines: string[]; readonly postcode: string; readonly uprn?: string; readonly point?: { latitude: number; longitude: number }; readonly ward?: { code: string; name: string } }

function placeOf({ lines, postcode, uprn, point, ward }: Address): SeedPlace {
  return { lines: [...lines], postcode, uprn, point: { ...point }, ...(ward && { ward: { ...ward } }) };
}

/** The steps of a story, as far as the type's table allows: no decision is taken for a demonstration. */
function wayOf(type: CaseType, goes: Story['goes']): readonly CaseTransition[] {
  const ways = (state: string): readonly CaseTransition[] => transitionsFrom(type, state).filter((transition) => isFor(transition, 'officer') && !transition.decision);
  const silent = (state: string): readonly CaseTransition[] => ways(state).filter((transition) => !transition.reasons?.required);
  const first = (state: string, kind: string, list: readonly CaseTransition[]): CaseTransition[] => list.filter((transition) => stateOf(type, transition.to).kind === kind && transition.to !== state).slice(0, 1);
  switch (goes) {
    case 'nowhere': return [];
    case 'on': return first(type.initial, 'open', silent(type.initial));
    case 'asked': return first(type.initial, 'waiting', ways(type.initial));
    case 'closed': return first(type.initial, 'closed', silent(type.initial));
  }
}

/** The same id on every run: seeding twice makes nothing twice. */
function seedId(ctx: RequestContext, name: string): string {
  const hex = createHash('sha256').update(`${ctx.council.id} ${name}`).digest('hex');
  return `019a0000-0000-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}
