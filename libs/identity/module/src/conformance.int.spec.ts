import { ASSIST_PEOPLE, IDENTITY, MANAGE_MACHINES, PersonContactChanged, READ_PEOPLE, READ_STAFF, REGISTER_PEOPLE } from '@guildhall/identity-contract';
import type { IdentityApi } from '@guildhall/identity-contract';
import { STAFF, TEAMS, identityKit } from '@guildhall/identity-contract/testing';
import type { IdentityHarness } from '@guildhall/identity-contract/testing';
import { testConformance } from '@guildhall/kernel-contract';
import type { OfficerId, PersonId, RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, testOfficer, testResident } from '@guildhall/kernel-contract/testing';
import { startTestApp } from '@guildhall/kernel/testing';
import type { TestApp } from '@guildhall/kernel/testing';
import { councils, emptied } from '../test/council';
import { HomeAddress } from './people/home-address';

const clock = new FixedClock();
const ids = new SeededIds(3);
let running: TestApp;

beforeAll(async () => { running = await startTestApp({ councils: councils(), clock }); });
afterAll(() => running.close());

testConformance<IdentityHarness>(identityKit, { describe: (name, body) => describe(`${name}, the module`, body), it }, {
  async open() {
    await emptied(running);
    const identity = running.get<IdentityApi>(IDENTITY.token);
    const context = (actor: RequestContext['actor']): RequestContext => running.context('riverbourne', { actor });
    const adviser = context(testOfficer([READ_PEOPLE.id, ASSIST_PEOPLE.id, READ_STAFF.id]));
    const machine = context({ kind: 'machine', clientId: 'machine', permissions: new Set([REGISTER_PEOPLE.id]) });
    const council = adviser.council.id;
    return {
      identity,
      as: {
        nobody: running.context(), adviser, machine,
        caseOfficer: context(testOfficer([READ_PEOPLE.id, READ_STAFF.id])),
        manager: context(testOfficer([READ_PEOPLE.id, MANAGE_MACHINES.id])),
        job: context({ kind: 'system', job: 'test', permissions: new Set() }),
        resident: (personId) => context(testResident(personId)),
      },
      elsewhere: running.context('glanafon', { actor: adviser.actor }),
      newId: () => ids.uuid(),
      async addResident(email, name) {
        return (await identity.findOrCreate(machine, { personId: ids.uuid() as PersonId, contact: { channel: 'email', address: email }, name })).person.personId;
      },
      async addStaff() {
        for (const { teamId, title } of TEAMS) await running.owner.query('insert into identity.team (council_id, team_id, title_en, title_cy) values ($1, $2, $3, $4)', [council, teamId, title.en, title.cy]);
        const made: OfficerId[] = [];
        for (const { name, email, roles, teams, isActive } of STAFF) {
          const officerId = ids.uuid() as OfficerId;
          made.push(officerId);
          await running.owner.query('insert into identity.officer (council_id, officer_id, name, email, email_normalised, is_active, created_at, updated_at) values ($1, $2, $3, $4, $4, $5, now(), now())', [council, officerId, name, email, isActive]);
          for (const role of roles) await running.owner.query('insert into identity.officer_role (council_id, officer_id, role) values ($1, $2, $3)', [council, officerId, role]);
          for (const team of teams) await running.owner.query('insert into identity.officer_team (council_id, officer_id, team_id) values ($1, $2, $3)', [council, officerId, team]);
        }
        return made;
      },
      now: () => clock.now(),
      async advance(seconds) { clock.advance(seconds); },
    };
  },
});

describe('a change of address of which somebody has told once', () => {
  it('is in their account, once however often it is brought, and in nobody else’s', async () => {
    await emptied(running);
    const identity = running.get<IdentityApi>(IDENTITY.token);
    const machine = running.context('riverbourne', { actor: { kind: 'machine', clientId: 'machine', permissions: new Set([REGISTER_PEOPLE.id]) } });
    const [pat, kim] = [ids.uuid() as PersonId, ids.uuid() as PersonId];
    for (const [personId, address] of [[pat, 'pat@mail.example'], [kim, 'kim@mail.example']] as const) await identity.findOrCreate(machine, { personId, contact: { channel: 'email', address } });
    const change = { changeId: ids.uuid(), personId: pat, from: null, evidence: { attribute: 'address.current', value: { lines: ['3 Weir Lane', 'Riverbourne'], postcode: 'ZZ99 1AC' }, asOf: '2026-11-22', source: 'resident', verified: null } } as const;
    const job = running.systemContext();
    for (let time = 0; time < 2; time++) await running.get(HomeAddress).take(job, change);
    await running.get(HomeAddress).take(job, { ...change, personId: ids.uuid() as PersonId });
    expect((await identity.person(running.context('riverbourne', { actor: testResident(pat) }), pat))?.address).toEqual(['3 Weir Lane', 'Riverbourne', 'ZZ99 1AC']);
    expect((await identity.person(running.context('riverbourne', { actor: testResident(kim) }), kim))?.address).toBeUndefined();
    expect((await running.owner.query('select data from kernel.event where type = $1', [PersonContactChanged.type])).rows).toEqual([{ data: { personId: pat } }]);
  });
});
