import { InvalidInput, NotAllowed, NotAuthenticated, NotFound, demand, done, may, refused } from '@guildhall/kernel-contract';
import type { Clock, Ids, OfficerId, Outcome, PersonId, RequestContext } from '@guildhall/kernel-contract';
import { ASSIST_PEOPLE, MACHINES_A_PAGE, MANAGE_MACHINES, READ_PEOPLE, READ_STAFF, REGISTER_PEOPLE, machineState, makeClaimCode, normaliseClaimCode, normaliseEmail, normalisePhone, refuseUnusable } from '../index';
import type { ClaimRefusal, Claimed, ContactChanges, ContactRefusal, CreateForAssisted, FindOrCreatePerson, IdentityApi, IssueClaimCode, IssuedClaimCode, MachineCredential, MachinePage, OfficerView, Person, PersonContact, RegisterMachine, Team } from '../index';

type Kept = { -readonly [Key in keyof Person]: Person[Key] };
interface KeptClaim { claimId: string; assistedPersonId: PersonId; subject?: { type: string; id: string }; code: string; expiresAt: number; claimedBy?: PersonId }
type KeptMachine = RegisterMachine & { readonly createdAt: Date; readonly endedAt?: Date; readonly earlierWorksUntil?: Date };
interface CouncilRecords { people: Map<PersonId, Kept>; claims: Map<string, KeptClaim>; failures: Map<PersonId, number[]>; officers: OfficerView[]; teams: Team[]; machines: Map<string, KeptMachine> }

const CLAIM_DAYS = 28;
const CLAIM_TRIES_IN_AN_HOUR = 10;

/** Identity without a database, for other modules' specs. It passes the same kit as the real one. @public */
export class InMemoryIdentity implements IdentityApi {
  readonly #councils = new Map<string, CouncilRecords>();
  constructor(private readonly clock: Clock, private readonly ids: Ids) {}

  /** Puts a person in, as if they had signed in before. */
  addPerson(ctx: RequestContext, person: Partial<Person> & { personId: PersonId }): Person {
    const kept: Kept = { isEmailVerified: person.email !== undefined, isPhoneVerified: person.phone !== undefined, isAssisted: false, ...person };
    this.#of(ctx).people.set(person.personId, kept);
    return { ...kept };
  }
  addOfficer(ctx: RequestContext, officer: OfficerView): void { this.#of(ctx).officers.push(officer); }
  addTeam(ctx: RequestContext, team: Team): void { this.#of(ctx).teams.push(team); }

  async person(ctx: RequestContext, personId: PersonId): Promise<Person | undefined> {
    if (!mayRead(ctx, personId)) return undefined;
    const kept = this.#of(ctx).people.get(personId);
    return kept && { ...kept };
  }

  async contactOf(ctx: RequestContext, personId: PersonId): Promise<PersonContact | undefined> {
    if (ctx.actor.kind !== 'system' && !mayRead(ctx, personId)) return undefined;
    const kept = this.#of(ctx).people.get(personId);
    if (!kept) return undefined;
    const { name, email, phone, address } = kept;
    return { personId, name, email, phone, address, language: kept.preferredLanguage ?? ctx.council.languages[0] };
  }

  async findOrCreate(ctx: RequestContext, input: FindOrCreatePerson): Promise<{ person: Person; isNew: boolean }> {
    demand(ctx, REGISTER_PEOPLE);
    const { channel } = input.contact;
    const address = channel === 'email' ? normaliseEmail(input.contact.address) : normalisePhone(input.contact.address);
    if (!address) throw new InvalidInput('The contact is neither an email address nor a telephone number.', [{ field: 'contact.address', message: 'Give an email address or a telephone number.' }]);
    for (const kept of this.#of(ctx).people.values()) {
      const isTheirs = channel === 'email' ? kept.isEmailVerified && kept.email && normaliseEmail(kept.email) === address : kept.isPhoneVerified && kept.phone && normalisePhone(kept.phone) === address;
      if (isTheirs) return { person: { ...kept }, isNew: false };
    }
    const { personId, name, preferredLanguage } = input;
    const person = this.addPerson(ctx, { personId, name, preferredLanguage, ...(channel === 'email' ? { email: input.contact.address } : { phone: input.contact.address }) });
    return { person, isNew: true };
  }

  async createForAssisted(ctx: RequestContext, input: CreateForAssisted): Promise<Outcome<Person, ContactRefusal>> {
    demand(ctx, ASSIST_PEOPLE);
    const { people } = this.#of(ctx);
    const known = people.get(input.personId);
    if (known) return done({ ...known });
    const { personId, name, email, phone, address, uprn, preferredLanguage } = input;
    const kept: Kept = { personId, name: name.trim(), email, phone, address, uprn, preferredLanguage, isEmailVerified: false, isPhoneVerified: false, isAssisted: true };
    const fault = faultOf(kept);
    if (fault) return fault;
    people.set(personId, kept);
    return done({ ...kept });
  }

  async issueClaimCode(ctx: RequestContext, input: IssueClaimCode): Promise<IssuedClaimCode> {
    if (ctx.actor.kind !== 'system') demand(ctx, ASSIST_PEOPLE);
    const { people, claims } = this.#of(ctx);
    if (!people.get(input.personId)?.isAssisted) throw new NotFound('No adviser made this person.');
    if (claims.get(input.claimId)?.claimedBy) throw new NotFound('This code was used already: there is nothing left to claim by it.');
    const code = makeClaimCode(this.ids);
    const expiresAt = this.clock.now().getTime() + CLAIM_DAYS * 86_400_000;
    claims.set(input.claimId, { claimId: input.claimId, assistedPersonId: input.personId, subject: input.subject && { ...input.subject }, code: normaliseClaimCode(code) ?? code, expiresAt });
    return { claimId: input.claimId, code, expiresAt: new Date(expiresAt) };
  }

  async claim(ctx: RequestContext, code: string): Promise<Outcome<Claimed, ClaimRefusal>> {
    if (ctx.actor.kind === 'nobody') throw new NotAuthenticated('Sign in before you use a code.');
    if (ctx.actor.kind !== 'resident') throw new NotAllowed('Only a resident can take a case into their account.');
    const { personId } = ctx.actor;
    const { claims, failures } = this.#of(ctx);
    const now = this.clock.now().getTime();
    const recent = (failures.get(personId) ?? []).filter((at) => at > now - 3_600_000);
    if (recent.length >= CLAIM_TRIES_IN_AN_HOUR) return refused('too-many-tries', 'Too many codes were tried.');
    const fail = <Reason extends ClaimRefusal['reason']>(reason: Reason) => { failures.set(personId, [...recent, now]); return refused(reason, `The code is refused: ${reason}.`); };
    const wanted = normaliseClaimCode(code);
    const claim = wanted === undefined ? undefined : [...claims.values()].find((each) => each.code === wanted);
    if (!claim) return fail('not-known');
    if (claim.claimedBy && claim.claimedBy !== personId) return fail('used');
    if (!claim.claimedBy && claim.expiresAt <= now) return fail('expired');
    claim.claimedBy = personId;
    return done({ personId, assistedPersonId: claim.assistedPersonId, subject: claim.subject });
  }

  async updateContact(ctx: RequestContext, personId: PersonId, changes: ContactChanges): Promise<Outcome<Person, ContactRefusal>> {
    if (ctx.actor.kind === 'nobody') throw new NotAuthenticated();
    const { people } = this.#of(ctx);
    const kept = people.get(personId);
    if (!kept || (ctx.actor.kind === 'resident' && ctx.actor.personId !== personId)) throw new NotFound('There is no such person.');
    if (ctx.actor.kind !== 'resident') demand(ctx, ASSIST_PEOPLE);
    const next: Kept = {
      ...kept,
      name: changed(kept.name, changes.name)?.trim(), email: changed(kept.email, changes.email), phone: changed(kept.phone, changes.phone),
      preferredLanguage: changed(kept.preferredLanguage, changes.preferredLanguage), uprn: changed(kept.uprn, changes.uprn), address: changed(kept.address, changes.address),
    };
    const fault = faultOf(next);
    if (fault) return fault;
    if (normaliseEmail(next.email ?? '') !== normaliseEmail(kept.email ?? '')) next.isEmailVerified = false;
    if (normalisePhone(next.phone ?? '') !== normalisePhone(kept.phone ?? '')) next.isPhoneVerified = false;
    people.set(personId, next);
    return done({ ...next });
  }

  async officers(ctx: RequestContext, which: { team?: string; includeInactive?: boolean } = {}): Promise<readonly OfficerView[]> {
    mayReadStaff(ctx);
    return this.#of(ctx).officers
      .filter((officer) => (which.includeInactive || officer.isActive) && (which.team === undefined || officer.teams.includes(which.team)))
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }
  async officer(ctx: RequestContext, officerId: OfficerId): Promise<OfficerView | undefined> {
    mayReadStaff(ctx);
    return this.#of(ctx).officers.find((officer) => officer.officerId === officerId);
  }
  async teams(ctx: RequestContext): Promise<readonly Team[]> {
    mayReadStaff(ctx);
    return [...this.#of(ctx).teams].sort((a, b) => a.title.en.localeCompare(b.title.en, 'en'));
  }

  async registerMachine(ctx: RequestContext, input: RegisterMachine): Promise<MachineCredential> {
    refuseUnusable(ctx, input, this.clock.now());
    const { machines } = this.#of(ctx);
    const now = this.clock.now();
    const before = machines.get(input.clientId);
    const earlierWorksUntil = before && !before.endedAt && before.expiresAt > now ? new Date(Math.min(now.getTime() + 86_400_000, before.expiresAt.getTime())) : undefined;
    machines.set(input.clientId, { ...input, title: input.title.trim(), createdAt: before?.createdAt ?? now, ...(earlierWorksUntil && { earlierWorksUntil }) });
    return { clientId: input.clientId, secret: this.ids.token(32), expiresAt: input.expiresAt };
  }
  async endMachine(ctx: RequestContext, clientId: string): Promise<void> {
    demand(ctx, MANAGE_MACHINES);
    const kept = this.#of(ctx).machines.get(clientId);
    if (!kept) throw new NotFound('There is no such system.');
    this.#of(ctx).machines.set(clientId, { ...kept, endedAt: kept.endedAt ?? this.clock.now(), earlierWorksUntil: undefined });
  }
  async machines(ctx: RequestContext, after = ''): Promise<MachinePage> {
    demand(ctx, MANAGE_MACHINES);
    const now = this.clock.now();
    const found = [...this.#of(ctx).machines.values()].filter(({ clientId }) => clientId > after).sort((a, b) => (a.clientId < b.clientId ? -1 : 1));
    const machines = found.slice(0, MACHINES_A_PAGE).map(({ earlierWorksUntil, ...kept }) => ({ ...kept, permissions: [...kept.permissions], state: machineState(kept, now), ...(earlierWorksUntil && earlierWorksUntil > now && { earlierWorksUntil }) }));
    return { machines, ...(found.length > MACHINES_A_PAGE && { next: machines.at(-1)?.clientId }) };
  }

  #of(ctx: RequestContext): CouncilRecords {
    const known = this.#councils.get(ctx.council.id);
    if (known) return known;
    const made: CouncilRecords = { people: new Map(), claims: new Map(), failures: new Map(), officers: [], teams: [], machines: new Map() };
    this.#councils.set(ctx.council.id, made);
    return made;
  }
}

function mayRead(ctx: RequestContext, personId: PersonId): boolean {
  if (ctx.actor.kind === 'resident') return ctx.actor.personId === personId;
  demand(ctx, READ_PEOPLE);
  return true;
}
function mayReadStaff(ctx: RequestContext): void {
  if (ctx.actor.kind !== 'system' && !may(ctx, READ_STAFF)) demand(ctx, READ_STAFF);
}
function changed<Value>(before: Value | undefined, change: Value | null | undefined): Value | undefined {
  return change === undefined ? before : change ?? undefined;
}
function faultOf(person: Kept): { ok: false; refusal: ContactRefusal } | undefined {
  if (person.name === '' || (person.isAssisted && !person.name)) return refused('name-missing', 'A person needs a name.');
  if (person.email !== undefined && !normaliseEmail(person.email)) return refused('email-not-valid', 'That is not an email address.');
  if (person.phone !== undefined && !normalisePhone(person.phone)) return refused('phone-not-valid', 'That is not a telephone number.');
  if (!person.email && !person.phone && !person.address?.length) return refused('no-way-to-reach', 'Give an email address, a telephone number or a postal address.');
  return undefined;
}

/** Makes the fake. @public */
export function inMemoryIdentity(clock: Clock, ids: Ids): InMemoryIdentity { return new InMemoryIdentity(clock, ids); }
