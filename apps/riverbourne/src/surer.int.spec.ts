import { simulatedOneLogin } from '@guildhall/identity-provider-govuk-one-login/simulator';
import { oneTimeCode } from '@guildhall/identity-provider-one-time-code';
import { defineCouncil } from '@guildhall/kernel-contract';
import { startTestApp, type TestApp } from '@guildhall/kernel/testing';
import { defineService, servicePack } from '@guildhall/services-contract';
import { hedgehogHouses } from '@guildhall/services-contract/testing';
import { signInByCode } from '../test/journeys';
import { Person } from '../test/person';
import { developmentSystems, riverbourneWith } from './council.config';

/** A service whose resident must be known more surely than a code can tell. */
const licences = servicePack(defineService({ ...hedgehogHouses, audience: { signIn: 'required', confidence: 'medium' } }), { version: '0.1.0' });
const withLicences = defineCouncil('riverbourne', (given) => {
  const { modules, ...rest } = riverbourneWith({ ...developmentSystems, residents: [oneTimeCode(), simulatedOneLogin()] }).configure(given);
  return { ...rest, modules: [...modules, licences()] };
});

let app: TestApp;
beforeAll(async () => { app = await startTestApp({ councils: [withLicences], withCompanions: true }); }, 120_000);
afterAll(() => app?.close());

it.each([['the mailbox of the account', 'nerys.pritchard@post.example', 'nerys'], ['another mailbox', 'tadeo@work.example', 'tadeo']])('a service that must be surer opens in the same account, though One Login knows %s', async (_what, contact, chosen) => {
  const town = { home: app.origin(), work: () => app.drainJobs() };
  const person = new Person(town.home);
  await signInByCode(town, person, contact);
  await person.open('/services/hedgehog-houses/garden');
  expect(person.at).toBe('/sign-in?next=%2Fservices%2Fhedgehog-houses%2Fgarden&confidence=medium');
  await person.send({}, 'Sign in with GOV.UK One Login');
  await person.send({ person: chosen, identity: 'P2' }, 'Continue');
  expect(person.path).toBe('/services/hedgehog-houses/garden');
  await person.send({ hasGarden: 'yes' });
  expect(person.path).toBe('/services/hedgehog-houses/how-many');
  await person.open('/account');
  expect(person.text).toContain('Get a hedgehog house');
  const { rows } = await app.owner.query('select s.provider, p.email from identity.person p join identity.sign_in s using (council_id, person_id) where p.email = $1 order by s.provider', [contact]);
  expect(rows).toEqual([{ provider: 'identity.govuk-one-login', email: contact }, { provider: 'identity.one-time-code', email: contact }]);
});
