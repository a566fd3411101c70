import { personalDataKit, type PersonalDataHarness } from '@guildhall/information-rights-contract/testing';
import { Database } from '@guildhall/kernel';
import { testConformance, type PersonId } from '@guildhall/kernel-contract';
import { accountPage, pressSwitch } from '../../test/account-page';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { CorrectionsOfPerson } from '../correcting/personal-data';
import { EvidenceStore } from '../evidence/evidence-store';
import { Links } from '../linking/links';
import { keepLook } from '../looking/keep-look';
import { SharingOfPerson } from './personal-data';

let two: TwoBodies;
let last = 7000;
beforeAll(async () => { two = await startTwoBodies({}, { alsoInstalled: [accountPage()], thirds: ['upstream'] }); });
afterAll(() => two?.close());

const newPerson = (): PersonId => `01990000-0000-7000-8000-${String(++last).padStart(12, '0')}` as PersonId;

/** Links, chooses, is asked about, says that something is wrong, has something kept and is looked at. */
async function leaveTraces(person: PersonId, line: string, because: string): Promise<void> {
  const { app, receiver, holder, clock } = two;
  const there = `account-${person}`;
  const { pairwise } = await app.get(Links).add(receiver, { peerId: HOLDER, localId: person, provenBy: 'in-person' });
  await app.get(Links).add(holder, { peerId: RECEIVER, localId: there, provenBy: 'in-person', pairwise });
  const visitor = await app.residentVisitor(person, RECEIVER);
  for (const state of ['given', 'withdrawn', 'given'] as const) {
    clock.advance(2);
    await pressSwitch(visitor, '/account/information', two.agreement.id, state);
  }
  clock.advance(2);
  await two.ask({ localId: person });
  await visitor.get('/account/information/wrong/address.current');
  await visitor.post('/account/information/wrong/address.current', {});
  await app.get(EvidenceStore).keepTyped(receiver, { localId: person, attribute: 'address.current', purposes: ['garden-waste-concession'], service: 'garden-waste', keptFor: 'P1Y', value: { lines: [line], postcode: 'ZZ99 1AA' }, because: 'We asked', figures: [] });
  await app.get(Database).run(receiver, (tx) => Promise.resolve(keepLook(tx, { exchange: person, because, by: { service: 'x', officer: 'officer-1', network: 'internet', device: 'managed' } }, { peerId: HOLDER, localId: person, at: clock.now() })));
  await app.owner.query(`insert into sharing.change (council_id, change_id, kind, local_id, attribute, from_peer, created_at) values ($1, gen_random_uuid(), 'corrected', $2, 'address.current', $3, $4)`, [receiver.council.id, person, HOLDER, clock.now()]);
  await app.drainJobs();
}

for (const [name, source, words] of [['what is shared', SharingOfPerson, { person: ['9 Canary Row'], another: ['8 Finch Row'] }], ['what was put right and looked at', CorrectionsOfPerson, { person: ['Canary is ill'], another: ['Finch has moved'] }]] as const) {
  testConformance<PersonalDataHarness>(personalDataKit, { describe: (kit, body) => describe(`${kit}: ${name}`, body), it }, { open: async () => {
    const [person, another] = [newPerson(), newPerson()];
    await leaveTraces(person, '9 Canary Row', 'Canary is ill today');
    await leaveTraces(another, '8 Finch Row', 'Finch has moved house');
    return { source: two.app.get<SharingOfPerson | CorrectionsOfPerson>(source), module: 'sharing', as: (actor) => two.app.context(RECEIVER, { actor }), elsewhere: (actor) => two.app.context('upstream', { actor }), person, another, words, stranger: newPerson() };
  } });
}
