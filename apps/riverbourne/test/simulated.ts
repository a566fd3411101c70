import { riverbourneOnOpenStandards } from '../src/open-standards.config';
import { riverbourneSimulated } from '../src/simulated.config';
import { textOf } from './forms-on-page';
import { CARDS } from './journeys';
import { Person } from './person';
import type { RunningRiverbourne } from './running-riverbourne';
import { sandbox } from './sandbox';
import { readsDeclinedAtTheCouncils, tellsWhatIsAsked, type Resident, type Surroundings } from './surroundings';

/** What stands on a far end's page of messages about somebody, the newest first: each is an article. */
async function articlesOn(here: RunningRiverbourne, system: string, contact: string): Promise<readonly string[]> {
  // A number is written in one way by us, and in another by who sends to it.
  const known = contact.includes('@') ? contact : contact.replace(/\D/g, '').replace(/^0/, '');
  const { html } = await new Person(here.home).open(here.pageOf(system));
  return html.split('<article>').slice(1).map(textOf).filter((words) => words.replace(/\s/g, '').includes(known));
}

/** Residents choose on the far end's page who they are. */
const residentsAt = (button: string | RegExp): Pick<Surroundings, 'signsIn' | 'signsInByForms'> => ({
  signsIn: async (_here, visit, { name }) => {
    expect(visit.path).toBe('/sign-in');
    await visit.press(button);
    expect(await visit.heading()).toMatch(/^Simulated/);
    await visit.page.getByLabel(name).check();
    await visit.press('Continue');
    await tellsWhatIsAsked(visit, name);
  },
  signsInByForms: async (_here, person, { name }) => {
    await person.open('/sign-in?next=/account');
    await person.send({}, button);
    await person.send({ person: name.split(' ')[0]?.toLowerCase() ?? '' }, 'Continue');
    if (person.path === '/sign-in/details') await person.send({ ...(person.offers('name') && { name }), language: 'en' });
  },
});

const TADEO: Resident = { name: 'Tadeo Ruiz', contact: 'tadeo.ruiz@post.example' };
const FELIX: Resident = { name: 'Felix Notreal', contact: 'felix.notreal@post.example' };

/** GOV.UK One Login, GOV.UK Pay, GOV.UK Notify and OS Places. */
export const governments: Surroundings = {
  councils: [riverbourneSimulated],
  // How one signs in is what the council's pages say differently; the page of connections lists who is there.
  onlyHere: /^\/(desk\/)?(sign-in|connections)$/,
  // The first journey leaves an order that is not finished: nobody else is to find it.
  residents: [{ name: 'Nerys Pritchard', contact: 'nerys.pritchard@post.example' }, { name: 'Jonah Okafor', contact: 'jonah.okafor@post.example' }, TADEO, TADEO],
  caller: { ...TADEO, contact: '07700 900323' },
  ...residentsAt('Sign in with GOV.UK One Login'),
  officers: sandbox.officers, officerSignsIn: (visit, name) => sandbox.officerSignsIn(visit, name),
  // What was told here already stands on the page, where it can be told.
  payments: { provider: 'payments.govuk-pay', cards: CARDS.redirect, knows: ({ name }) => ({ holder: name, postcode: 'ZZ99 1AA' }), readsDeclined: readsDeclinedAtTheCouncils, toWhoLeft: 'You cancelled your payment' },
  messagesTo: (here, contact) => articlesOn(here, 'GOV.UK Notify', contact),
  goesToMessages: async (here, visit) => { await visit.page.goto(here.pageOf('GOV.UK Notify')); },
};

/** Any OpenID Connect, Keycloak, Stripe, a mail server, a bucket of S3 and ClamAV. */
export const openStandards: Surroundings = {
  councils: [riverbourneOnOpenStandards],
  residents: [{ name: 'Olwen Madeup', contact: 'olwen.madeup@post.example' }, FELIX, FELIX, FELIX],
  caller: FELIX,
  ...residentsAt(/^Sign in/),
  officers: { caseOfficer: 'Gethin Invented', manager: 'Marta Imaginary', adviser: 'Sunil Passwordonly' },
  officerSignsIn: async (visit, name) => {
    await visit.press('Sign in with your work account');
    await visit.page.getByLabel(name).check();
    await visit.page.locator('select[name=factor]').selectOption('two');
    await visit.press('Continue');
  },
  payments: {
    provider: 'payments.stripe', cards: { ...CARDS.redirect, succeeds: CARDS.session.succeeds }, knows: () => ({}), toWhoLeft: 'You have not paid yet',
    // At Stripe one stays on the page, and enters another card.
    readsDeclined: async (visit) => { expect(await visit.words()).toContain('The card was declined. Use another card'); },
  },
  // A mail server takes no text messages: those are in the outbox.
  messagesTo: (here, contact) => (contact.includes('@') ? articlesOn(here, 'Mail server', contact) : sandbox.messagesTo(here, contact)),
  goesToMessages: async (here, visit) => { await visit.page.goto(here.pageOf('Mail server')); },
};
