import { testConformance } from '@guildhall/kernel-contract';
import type { CouncilId, OfficerId, PersonId, RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, testContext, testCouncil, testOfficer, testResident } from '@guildhall/kernel-contract/testing';
import { ASSIST_PEOPLE, MANAGE_MACHINES, READ_PEOPLE, READ_STAFF, REGISTER_PEOPLE } from '../index';
import { STAFF, TEAMS, identityKit, inMemoryIdentity } from './index';
import type { IdentityHarness } from './index';

testConformance<IdentityHarness>(identityKit, { describe, it }, {
  async open() {
    const clock = new FixedClock();
    const ids = new SeededIds();
    const identity = inMemoryIdentity(clock, ids);
    const nobody = testContext();
    const context = (actor: RequestContext['actor']): RequestContext => testContext({ actor });
    const adviser = context(testOfficer([READ_PEOPLE.id, ASSIST_PEOPLE.id, READ_STAFF.id]));
    return {
      identity,
      as: {
        nobody, adviser, caseOfficer: context(testOfficer([READ_PEOPLE.id, READ_STAFF.id])),
        manager: context(testOfficer([READ_PEOPLE.id, MANAGE_MACHINES.id])),
        machine: context({ kind: 'machine', clientId: 'machine', permissions: new Set([REGISTER_PEOPLE.id]) }),
        job: context({ kind: 'system', job: 'test', permissions: new Set() }),
        resident: (personId) => context(testResident(personId)),
      },
      elsewhere: testContext({ actor: adviser.actor, council: testCouncil({ id: '01990000-0000-7000-8000-000000000002' as CouncilId, slug: 'elsewhere' }) }),
      now: () => clock.now(),
      newId: () => ids.uuid(),
      async addResident(email, name) { return identity.addPerson(nobody, { personId: ids.uuid() as PersonId, email, name }).personId; },
      async addStaff() {
        for (const team of TEAMS) identity.addTeam(nobody, team);
        return STAFF.map((officer) => {
          const officerId = ids.uuid() as OfficerId;
          identity.addOfficer(nobody, { officerId, ...officer });
          return officerId;
        });
      },
      async advance(seconds) { clock.advance(seconds); },
    };
  },
});
