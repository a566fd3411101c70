import { glanafon } from '@guildhall/app-glanafon';
import { riverbourne } from '../src/council.config';
import { CARDS, messageAt, newMessage, outboxOf, signInByCode } from './journeys';
import { readsDeclinedAtTheCouncils, tellsWhatIsAsked, type Resident, type Surroundings } from './surroundings';

const CODE = /\b\d{6}\b/;
/** Whom the development identity provider knows; everybody else signs in by a code that is sent to them. */
const INVENTED: Resident = { name: 'Tom Bell', contact: 'tom.bell@post.example' };

/** Nothing outside this machine: practice payments, an outbox, invented people. */
export const sandbox: Surroundings = {
  councils: [riverbourne, glanafon],
  residents: [{ name: 'Nia New', contact: 'nia.new@post.example' }, INVENTED, { name: 'Alun Tipyn', contact: 'alun.tipyn@post.example' }],
  caller: { name: 'Ira Ling', contact: '07700 900811' },
  signsIn: async (here, visit, { name, contact }) => {
    expect(visit.path).toBe('/sign-in');
    if (name === INVENTED.name) {
      await visit.press('Sign in as an invented person');
      await visit.press(`Continue as ${name}`);
    } else {
      const before = await outboxOf(here, contact);
      await visit.page.locator('#contact').fill(contact);
      await visit.press('Send me a code');
      await visit.page.locator('#code').fill(CODE.exec(await newMessage(here, contact, before, CODE))?.[0] ?? '');
      await visit.press('Continue');
    }
    await tellsWhatIsAsked(visit, name);
  },
  signsInByForms: (here, person, { name, contact }) => signInByCode(here, person, contact, { name }),
  officers: { caseOfficer: 'Daniel Osei', manager: 'Helen Shaw', adviser: 'Gwen Parry' },
  officerSignsIn: async (visit, name) => {
    await visit.press('Sign in as an invented officer');
    await visit.press(`Continue as ${name}`);
  },
  payments: { provider: 'payments.sandbox-redirect', cards: CARDS.redirect, knows: () => ({}), readsDeclined: readsDeclinedAtTheCouncils, toWhoLeft: 'You cancelled your payment' },
  messagesTo: async (here, contact) => Promise.all((await outboxOf(here, contact)).map((path) => messageAt(here, path))),
  goesToMessages: async (here, visit, contact) => {
    await visit.go(`${here.home}/outbox`);
    await visit.page.locator('#to').fill(contact);
    await visit.leaves(() => visit.page.keyboard.press('Enter'));
    await visit.page.locator('main a[href^="/outbox/"]').first().waitFor();
  },
};
