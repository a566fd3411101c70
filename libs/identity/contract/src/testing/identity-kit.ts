import { strict as assert } from 'node:assert';
import { defineKit, isGuildhallError } from '@guildhall/kernel-contract';
import type { ConformanceCase, ConformanceKit, OfficerId, PersonId, RequestContext } from '@guildhall/kernel-contract';
import { READ_PEOPLE, REGISTER_PEOPLE } from '../index';
import type { CreateForAssisted, IdentityApi, IssuedClaimCode, MachinePage, OfficerView, Person } from '../index';

/** An implementation of IdentityApi, and contexts of people who use it. @public */
export interface IdentityHarness {
  readonly identity: IdentityApi;
  /** Contexts of one council. The adviser holds read-people, assist-people and read-staff; the case officer read-people and read-staff; the machine register-people. */
  readonly as: {
    readonly nobody: RequestContext;
    readonly adviser: RequestContext;
    readonly caseOfficer: RequestContext;
    /** Holds manage-machines and read-people. */
    readonly manager: RequestContext;
    readonly machine: RequestContext;
    /** A job without permissions. */
    readonly job: RequestContext;
    resident(personId: PersonId): RequestContext;
  };
  /** An adviser's context at another council. */
  readonly elsewhere: RequestContext;
  /** UUIDv7, fresh each time. */
  newId(): string;
  /** A person who has signed in before with this email address. */
  addResident(email: string, name: string): Promise<PersonId>;
  /** Officers and teams before any case: see STAFF. */
  addStaff(): Promise<readonly OfficerId[]>;
  /** The time that the implementation goes by. */
  now(): Date;
  /** Moves time on. */
  advance(seconds: number): Promise<void>;
}

/** What `addStaff` puts in: teams `streets` and `waste`; officers in the order that their ids are returned. @public */
export const STAFF: readonly Omit<OfficerView, 'officerId'>[] = [
  { name: 'Zara Webb', email: 'zara.webb@testham.example', roles: ['case-officer'], teams: ['streets'], isActive: true },
  { name: 'Alun Price', email: 'alun.price@testham.example', roles: ['team-manager', 'case-officer'], teams: ['streets', 'waste'], isActive: true },
  { name: 'Gone Away', email: 'gone.away@testham.example', roles: ['adviser'], teams: ['waste'], isActive: false },
];
/** @public */
export const TEAMS = [{ teamId: 'waste', title: { en: 'Waste', cy: 'Gwastraff' } }, { teamId: 'streets', title: { en: 'Streets', cy: 'Strydoedd' } }] as const;

async function assertThrows(action: Promise<unknown>, ...codes: readonly string[]): Promise<void> {
  await assert.rejects(action, (error) => isGuildhallError(error) && codes.includes(error.code));
}
function assertRefused(outcome: { ok: true } | { ok: false; refusal: { reason: string } }, reason: string): void {
  assert.equal(outcome.ok, false, 'it was accepted');
  if (!outcome.ok) assert.equal(outcome.refusal.reason, reason);
}

async function assisted({ identity, as, newId }: IdentityHarness, changes: Partial<CreateForAssisted> = {}): Promise<Person> {
  const outcome = await identity.createForAssisted(as.adviser, {
    personId: newId() as PersonId, name: 'Olwen Pugh', address: ['4 Mill Lane', 'Testham', 'ZZ99 4AB'],
    basis: { authority: 'caller-for-themselves', checks: ['name-and-address'] }, ...changes,
  });
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.refusal.reason);
  return outcome.value;
}
async function issued(harness: IdentityHarness, person: Person, subject?: { type: string; id: string }): Promise<IssuedClaimCode> {
  return harness.identity.issueClaimCode(harness.as.adviser, { claimId: harness.newId(), personId: person.personId, subject });
}

const cases: readonly ConformanceCase<IdentityHarness>[] = [
  {
    id: 'IDN-201', title: 'a verified contact is one person, however it is spelled',
    async run({ identity, as, newId }) {
      const first = await identity.findOrCreate(as.machine, { personId: newId() as PersonId, contact: { channel: 'email', address: 'Mair.Evans@Post.Example' }, name: 'Mair Evans' });
      assert.ok(first.isNew && first.person.isEmailVerified);
      const again = await identity.findOrCreate(as.machine, { personId: newId() as PersonId, contact: { channel: 'email', address: ' mair.evans@post.example ' } });
      assert.equal(again.isNew, false);
      assert.equal(again.person.personId, first.person.personId);
      assert.equal(again.person.name, 'Mair Evans');
      const byPhone = await identity.findOrCreate(as.machine, { personId: newId() as PersonId, contact: { channel: 'text', address: '07700 900123' } });
      assert.ok(byPhone.isNew);
      assert.equal((await identity.findOrCreate(as.machine, { personId: newId() as PersonId, contact: { channel: 'text', address: '+44 7700 900 123' } })).person.personId, byPhone.person.personId);
      await assertThrows(identity.findOrCreate(as.machine, { personId: newId() as PersonId, contact: { channel: 'email', address: 'nonsense' } }), 'invalid-input');
    },
  },
  {
    id: 'IDN-202', title: 'only whoever may register people can say that a contact is verified',
    async run(harness) {
      const input = { personId: harness.newId() as PersonId, contact: { channel: 'email' as const, address: 'a@post.example' } };
      await assertThrows(harness.identity.findOrCreate(harness.as.nobody, input), 'not-authenticated');
      for (const ctx of [harness.as.adviser, harness.as.job, harness.as.resident(await harness.addResident('b@post.example', 'B'))]) await assertThrows(harness.identity.findOrCreate(ctx, input), 'not-allowed');
    },
  },
  {
    id: 'IDN-203', title: 'a resident sees themselves and learns of nobody else; officers see; nobody does not',
    async run(harness) {
      const { identity, as } = harness;
      const mair = await harness.addResident('mair@post.example', 'Mair Evans');
      const tom = await harness.addResident('tom@post.example', 'Tom Bell');
      assert.equal((await identity.person(as.resident(mair), mair))?.name, 'Mair Evans');
      assert.equal(await identity.person(as.resident(mair), tom), undefined);
      assert.equal(await identity.contactOf(as.resident(mair), tom), undefined);
      assert.equal((await identity.person(as.caseOfficer, tom))?.email, 'tom@post.example');
      await assertThrows(identity.person(as.nobody, tom), 'not-authenticated');
      await assertThrows(identity.contactOf(as.nobody, tom), 'not-authenticated');
      await assertThrows(identity.person(as.machine, tom), 'not-allowed');
      await assertThrows(identity.person(as.job, tom), 'not-allowed');
      assert.equal(await identity.person(as.caseOfficer, harness.newId() as PersonId), undefined);
    },
  },
  {
    id: 'IDN-204', title: 'a contact has a language: the person’s, or else the council’s own first one',
    async run({ identity, as, addResident }) {
      const mair = await addResident('mair@post.example', 'Mair Evans');
      assert.equal((await identity.contactOf(as.job, mair))?.language, as.job.council.languages[0]);
      assert.ok((await identity.updateContact(as.resident(mair), mair, { preferredLanguage: 'cy' })).ok);
      const contact = await identity.contactOf(as.job, mair);
      assert.equal(contact?.language, 'cy');
      assert.equal(contact?.email, 'mair@post.example');
    },
  },
  {
    id: 'IDN-205', title: 'an assisted person needs a name and some way to be reached',
    async run(harness) {
      const { identity, as, newId } = harness;
      const basis = { authority: 'caller-for-themselves' as const, checks: ['name-and-address' as const] };
      assertRefused(await identity.createForAssisted(as.adviser, { personId: newId() as PersonId, name: 'Olwen Pugh', basis }), 'no-way-to-reach');
      assertRefused(await identity.createForAssisted(as.adviser, { personId: newId() as PersonId, name: ' ', phone: '01632 960123', basis }), 'name-missing');
      assertRefused(await identity.createForAssisted(as.adviser, { personId: newId() as PersonId, name: 'Olwen Pugh', email: 'olwen', basis }), 'email-not-valid');
      assertRefused(await identity.createForAssisted(as.adviser, { personId: newId() as PersonId, name: 'Olwen Pugh', phone: '12', basis }), 'phone-not-valid');
      const person = await assisted(harness, { phone: '01632 960123' });
      assert.ok(person.isAssisted && !person.isPhoneVerified);
    },
  },
  {
    id: 'IDN-206', title: 'making the same assisted person twice makes one',
    async run(harness) {
      const personId = harness.newId() as PersonId;
      const first = await assisted(harness, { personId });
      assert.deepEqual(await assisted(harness, { personId, name: 'Somebody Else' }), first);
    },
  },
  {
    id: 'IDN-207', title: 'only whoever may assist makes a record for somebody',
    async run({ identity, as, newId, addResident }) {
      const input: CreateForAssisted = { personId: newId() as PersonId, name: 'Olwen Pugh', phone: '01632 960123', basis: { authority: 'caller-for-themselves', checks: [] } };
      await assertThrows(identity.createForAssisted(as.nobody, input), 'not-authenticated');
      for (const ctx of [as.caseOfficer, as.machine, as.resident(await addResident('a@post.example', 'A'))]) await assertThrows(identity.createForAssisted(ctx, input), 'not-allowed');
    },
  },
  {
    id: 'IDN-208', title: 'what an adviser wrote down is no way in: an unverified contact finds nobody',
    async run(harness) {
      const person = await assisted(harness, { email: 'olwen@post.example' });
      const found = await harness.identity.findOrCreate(harness.as.machine, { personId: harness.newId() as PersonId, contact: { channel: 'email', address: 'olwen@post.example' } });
      assert.ok(found.isNew);
      assert.notEqual(found.person.personId, person.personId);
    },
  },
  {
    id: 'IDN-209', title: 'a claim code gives what was done for somebody to the first resident who uses it, and to nobody after',
    async run(harness) {
      const { identity, as } = harness;
      const person = await assisted(harness);
      const { code, expiresAt } = await issued(harness, person, { type: 'case', id: 'RB-1' });
      assert.ok(expiresAt.getTime() > 0);
      const mair = await harness.addResident('mair@post.example', 'Mair Evans');
      const claimed = await identity.claim(as.resident(mair), code);
      assert.ok(claimed.ok);
      assert.deepEqual({ ...claimed.value, subject: { ...claimed.value.subject } }, { personId: mair, assistedPersonId: person.personId, subject: { type: 'case', id: 'RB-1' } });
      assert.ok((await identity.claim(as.resident(mair), code)).ok);
      assertRefused(await identity.claim(as.resident(await harness.addResident('tom@post.example', 'Tom Bell')), code), 'used');
    },
  },
  {
    id: 'IDN-210', title: 'a claim code is written in two groups without ambiguous letters, and may be typed in any case and spacing',
    async run(harness) {
      const mair = await harness.addResident('mair@post.example', 'Mair Evans');
      for (const write of [(code: string) => code.toLowerCase(), (code: string) => ` ${code.replace('-', ' ')} `, (code: string) => code.replace('-', '')]) {
        const { code } = await issued(harness, await assisted(harness));
        assert.match(code, /^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
        assert.ok((await harness.identity.claim(harness.as.resident(mair), write(code))).ok);
      }
    },
  },
  {
    id: 'IDN-211', title: 'a code that was never issued is not known, and anything else is no worse',
    async run(harness) {
      const mair = harness.as.resident(await harness.addResident('mair@post.example', 'Mair Evans'));
      for (const text of ['7K3F-92QD', '', '\u0000', 'x'.repeat(10_000), '0000-0000']) assertRefused(await harness.identity.claim(mair, text), 'not-known');
    },
  },
  {
    id: 'IDN-212', title: 'a claim code is good for 28 days',
    async run(harness) {
      const mair = harness.as.resident(await harness.addResident('mair@post.example', 'Mair Evans'));
      const early = await issued(harness, await assisted(harness));
      const late = await issued(harness, await assisted(harness));
      await harness.advance(27 * 86_400);
      assert.ok((await harness.identity.claim(mair, early.code)).ok);
      await harness.advance(2 * 86_400);
      assertRefused(await harness.identity.claim(mair, late.code), 'expired');
    },
  },
  {
    id: 'IDN-213', title: 'issuing again replaces the code',
    async run(harness) {
      const { identity, as } = harness;
      const person = await assisted(harness);
      const first = await issued(harness, person);
      const second = await identity.issueClaimCode(as.adviser, { claimId: first.claimId, personId: person.personId });
      assert.notEqual(second.code, first.code);
      const mair = as.resident(await harness.addResident('mair@post.example', 'Mair Evans'));
      assertRefused(await identity.claim(mair, first.code), 'not-known');
      assert.ok((await identity.claim(mair, second.code)).ok);
    },
  },
  {
    id: 'IDN-214', title: 'a code is used by a resident who is signed in, and issued for an assisted person by an adviser or a job',
    async run(harness) {
      const { identity, as, newId } = harness;
      const person = await assisted(harness);
      const { code } = await issued(harness, person);
      await assertThrows(identity.claim(as.nobody, code), 'not-authenticated');
      await assertThrows(identity.claim(as.adviser, code), 'not-allowed');
      const mair = await harness.addResident('mair@post.example', 'Mair Evans');
      await assertThrows(identity.issueClaimCode(as.resident(mair), { claimId: newId(), personId: person.personId }), 'not-allowed');
      await assertThrows(identity.issueClaimCode(as.adviser, { claimId: newId(), personId: mair }), 'not-found');
      assert.ok((await identity.issueClaimCode(as.job, { claimId: newId(), personId: person.personId })).code);
    },
  },
  {
    id: 'IDN-215', title: 'after ten wrong codes in an hour not even the right one does',
    async run(harness) {
      const { code } = await issued(harness, await assisted(harness));
      const mair = harness.as.resident(await harness.addResident('mair@post.example', 'Mair Evans'));
      for (let i = 0; i < 10; i++) assertRefused(await harness.identity.claim(mair, '2222-2222'), 'not-known');
      assertRefused(await harness.identity.claim(mair, code), 'too-many-tries');
      await harness.advance(3601);
      assert.ok((await harness.identity.claim(mair, code)).ok);
    },
  },
  {
    id: 'IDN-216', title: 'a code that was used is not issued again: what it gave has gone',
    async run(harness) {
      const { identity, as } = harness;
      const person = await assisted(harness);
      const { claimId, code } = await issued(harness, person);
      assert.ok((await identity.claim(as.resident(await harness.addResident('mair@post.example', 'Mair Evans')), code)).ok);
      await assertThrows(identity.issueClaimCode(as.adviser, { claimId, personId: person.personId }), 'not-found');
    },
  },
  {
    id: 'IDN-217', title: 'residents change their own details, advisers anybody’s, and nobody else any',
    async run(harness) {
      const { identity, as } = harness;
      const mair = await harness.addResident('mair@post.example', 'Mair Evans');
      const tom = await harness.addResident('tom@post.example', 'Tom Bell');
      const changed = await identity.updateContact(as.resident(mair), mair, { name: ' Mair Ellis ', phone: '07700 900123', uprn: '990000000001', address: ['1 Mill Lane', 'ZZ99 4AB'] });
      assert.ok(changed.ok);
      assert.equal(changed.value.name, 'Mair Ellis');
      assert.equal(changed.value.isEmailVerified, true);
      assert.equal(changed.value.isPhoneVerified, false);
      assert.deepEqual([...(changed.value.address ?? [])], ['1 Mill Lane', 'ZZ99 4AB']);
      assert.ok((await identity.updateContact(as.adviser, mair, { name: 'Mair Evans' })).ok);
      await assertThrows(identity.updateContact(as.resident(tom), mair, { name: 'Tom' }), 'not-found');
      await assertThrows(identity.updateContact(as.caseOfficer, mair, { name: 'Tom' }), 'not-allowed');
      await assertThrows(identity.updateContact(as.nobody, mair, { name: 'Tom' }), 'not-authenticated');
      assert.equal((await identity.person(as.caseOfficer, mair))?.name, 'Mair Evans');
    },
  },
  {
    id: 'IDN-218', title: 'another email address is unverified until it is proved, and then finds nobody',
    async run(harness) {
      const mair = await harness.addResident('mair@post.example', 'Mair Evans');
      const changed = await harness.identity.updateContact(harness.as.resident(mair), mair, { email: 'tom@post.example' });
      assert.ok(changed.ok && !changed.value.isEmailVerified);
      const found = await harness.identity.findOrCreate(harness.as.machine, { personId: harness.newId() as PersonId, contact: { channel: 'email', address: 'tom@post.example' } });
      assert.ok(found.isNew);
    },
  },
  {
    id: 'IDN-219', title: 'null forgets a detail, and the last way to be reached cannot be forgotten',
    async run({ identity, as, addResident }) {
      const mair = await addResident('mair@post.example', 'Mair Evans');
      assert.ok((await identity.updateContact(as.resident(mair), mair, { phone: '01632 960123' })).ok);
      const forgotten = await identity.updateContact(as.resident(mair), mair, { email: null });
      assert.ok(forgotten.ok && forgotten.value.email === undefined && forgotten.value.phone !== undefined);
      assertRefused(await identity.updateContact(as.resident(mair), mair, { phone: null }), 'no-way-to-reach');
      assertRefused(await identity.updateContact(as.resident(mair), mair, { email: 'mair@' }), 'email-not-valid');
    },
  },
  {
    id: 'IDN-220', title: 'officers are listed by name, by team, without those who have left unless asked',
    async run({ identity, as, addStaff }) {
      const [zara, , gone] = await addStaff();
      assert.deepEqual((await identity.officers(as.adviser)).map(({ name }) => name), ['Alun Price', 'Zara Webb']);
      assert.deepEqual((await identity.officers(as.adviser, { team: 'waste' })).map(({ name }) => name), ['Alun Price']);
      assert.deepEqual((await identity.officers(as.adviser, { includeInactive: true })).map(({ name }) => name), ['Alun Price', 'Gone Away', 'Zara Webb']);
      assert.ok(zara && gone);
      const found = await identity.officer(as.caseOfficer, zara);
      assert.deepEqual([found?.name, [...(found?.roles ?? [])], [...(found?.teams ?? [])]], ['Zara Webb', ['case-officer'], ['streets']]);
      assert.equal((await identity.officer(as.job, gone))?.isActive, false);
      assert.deepEqual((await identity.teams(as.job)).map(({ teamId }) => teamId), ['streets', 'waste']);
    },
  },
  {
    id: 'IDN-221', title: 'residents and strangers do not see staff',
    async run({ identity, as, addResident }) {
      const mair = as.resident(await addResident('mair@post.example', 'Mair Evans'));
      await assertThrows(identity.officers(mair), 'not-allowed');
      await assertThrows(identity.teams(mair), 'not-allowed');
      await assertThrows(identity.officers(as.nobody), 'not-authenticated');
    },
  },
  {
    id: 'IDN-222', title: 'another council sees none of it',
    async run(harness) {
      const { identity, as, elsewhere } = harness;
      const mair = await harness.addResident('mair@post.example', 'Mair Evans');
      const [zara] = await harness.addStaff();
      const person = await assisted(harness);
      assert.ok(zara);
      assert.equal(await identity.person(elsewhere, mair), undefined);
      assert.equal(await identity.contactOf(elsewhere, mair), undefined);
      assert.equal(await identity.officer(elsewhere, zara), undefined);
      assert.deepEqual(await identity.officers(elsewhere), []);
      assert.deepEqual(await identity.teams(elsewhere), []);
      await assertThrows(identity.updateContact(elsewhere, mair, { name: 'X' }), 'not-found');
      await assertThrows(identity.issueClaimCode(elsewhere, { claimId: harness.newId(), personId: person.personId }), 'not-found');
      assert.equal((await identity.person(as.adviser, mair))?.name, 'Mair Evans');
    },
  },
  {
    id: 'IDN-231', title: 'another system gets a secret of its own, which nobody can read again, and a new one when it is asked for',
    async run({ identity, as, now }) {
      const input = { clientId: 'parking-permits', title: 'Parking permits', permissions: [READ_PEOPLE.id], expiresAt: new Date(now().getTime() + 30 * 86_400_000) };
      const first = await identity.registerMachine(as.manager, input);
      assert.equal(first.clientId, 'parking-permits');
      assert.ok(first.secret.length >= 32);
      assert.notEqual((await identity.registerMachine(as.manager, input)).secret, first.secret);
    },
  },
  {
    id: 'IDN-232', title: 'only whoever manages machines may, and nobody gives what they do not hold',
    async run({ identity, as, now, addResident }) {
      const input = { clientId: 'parking-permits', title: 'Parking permits', permissions: [READ_PEOPLE.id], expiresAt: new Date(now().getTime() + 86_400_000) };
      await assertThrows(identity.registerMachine(as.nobody, input), 'not-authenticated');
      for (const ctx of [as.adviser, as.machine, as.job, as.resident(await addResident('a@post.example', 'A'))]) {
        await assertThrows(identity.registerMachine(ctx, input), 'not-allowed');
        await assertThrows(identity.endMachine(ctx, 'parking-permits'), 'not-allowed');
      }
      await assertThrows(identity.registerMachine(as.manager, { ...input, permissions: [READ_PEOPLE.id, REGISTER_PEOPLE.id] }), 'not-allowed');
    },
  },
  {
    id: 'IDN-233', title: 'a credential has a readable name, a purpose and an end',
    async run({ identity, as, now }) {
      const input = { clientId: 'parking-permits', title: 'Parking permits', permissions: [READ_PEOPLE.id], expiresAt: new Date(now().getTime() + 86_400_000) };
      for (const wrong of [{ clientId: 'a.b' }, { clientId: 'a:b' }, { clientId: 'X' }, { title: ' ' }, { permissions: [] }, { expiresAt: new Date(now().getTime() - 1) }, { expiresAt: new Date(now().getTime() + 400 * 86_400_000) }, { expiresAt: new Date(Number.NaN) }]) {
        await assertThrows(identity.registerMachine(as.manager, { ...input, ...wrong }), 'invalid-input');
      }
    },
  },
  {
    id: 'IDN-234', title: 'ending a credential twice is as ending it once, and one that never was is not found',
    async run({ identity, as, now }) {
      await identity.registerMachine(as.manager, { clientId: 'parking-permits', title: 'Parking permits', permissions: [READ_PEOPLE.id], expiresAt: new Date(now().getTime() + 86_400_000) });
      await identity.endMachine(as.manager, 'parking-permits');
      await identity.endMachine(as.manager, 'parking-permits');
      await assertThrows(identity.endMachine(as.manager, 'nothing-here'), 'not-found');
    },
  },
  {
    id: 'IDN-235', title: 'which other systems have credentials is listed by their ids, page after page, with how each stands and without a secret',
    async run({ identity, as, now, addResident }) {
      const at = now().getTime();
      const input = (clientId: string, days: number) => ({ clientId, title: ` ${clientId} `, permissions: [READ_PEOPLE.id], expiresAt: new Date(at + days * 86_400_000) });
      const secrets = [await identity.registerMachine(as.manager, input('parking-permits', 90)), await identity.registerMachine(as.manager, input('bin-lorries', 10)), await identity.registerMachine(as.manager, input('library', 90)), await identity.registerMachine(as.manager, input('parking-permits', 120))];
      await identity.endMachine(as.manager, 'library');
      const { machines, next } = await identity.machines(as.manager);
      assert.deepEqual(machines.map(({ clientId, title, state, permissions }) => ({ clientId, title, state, permissions: [...permissions] })), [
        { clientId: 'bin-lorries', title: 'bin-lorries', state: 'ends-soon', permissions: [READ_PEOPLE.id] }, { clientId: 'library', title: 'library', state: 'ended', permissions: [READ_PEOPLE.id] }, { clientId: 'parking-permits', title: 'parking-permits', state: 'works', permissions: [READ_PEOPLE.id] },
      ]);
      assert.equal(next, undefined);
      assert.ok(machines[1]?.endedAt instanceof Date);
      assert.equal(machines[2]?.earlierWorksUntil?.getTime(), at + 86_400_000);
      assert.equal(machines[2]?.expiresAt.getTime(), at + 120 * 86_400_000);
      for (const { secret } of secrets) assert.ok(!JSON.stringify(machines).includes(secret));
      for (let count = 0; count < 30; count++) await identity.registerMachine(as.manager, input(`system-${String(count).padStart(2, '0')}`, 90));
      const seen: string[] = [];
      for (let after: string | undefined = '', pages = 0; after !== undefined && pages < 5; pages++) {
        const page: MachinePage = await identity.machines(as.manager, after);
        seen.push(...page.machines.map(({ clientId }) => clientId));
        after = page.next;
      }
      assert.deepEqual(seen, [...new Set(seen)].sort());
      assert.equal(seen.length, 33);
      await assertThrows(identity.machines(as.nobody), 'not-authenticated');
      for (const ctx of [as.adviser, as.machine, as.job, as.resident(await addResident('a@post.example', 'A'))]) await assertThrows(identity.machines(ctx), 'not-allowed');
    },
  },
];

/** The rules of IdentityApi. @public */
export const identityKit: ConformanceKit<IdentityHarness> = defineKit({ id: 'identity', contract: 'identity', version: '0.1.0', cases });
