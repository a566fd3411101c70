import type { PaymentId } from '@guildhall/payments-contract';
import type { Visitor } from '@guildhall/kernel/testing';
import { startServicesApp, type ServicesApp } from '../../test/council';
import { hidden } from '../../test/filling-in';

let running: ServicesApp;
let adviser: Visitor;
const officerId = '01990000-0000-7000-8000-0000000000d1';
beforeAll(async () => {
  running = await startServicesApp();
  adviser = await running.app.officerVisitor({ officerId, name: 'Gwen Adviser', roles: ['adviser'] });
});
afterAll(() => running.app.close());
beforeEach(() => running.faults.clear());
afterEach(() => running.app.owner.query('delete from services.draft'));

const club = '/desk/assist/hedgehog-club';
const caller = { assistedChannel: 'telephone', assistedLanguage: 'en', assistedName: 'Joan Caller', assistedPhone: '07700 900123', assistedAuthority: 'caller-for-themselves', assistedChecks: ['name-and-address', 'date-of-birth'] };
const theDraft = async () => (await running.app.owner.query<{ draft_id: string; state: string; answers: object; payment_id: PaymentId; reference: string; case_id: string; assisted: { personId: string }; channel: string }>('select * from services.draft')).rows[0] as { draft_id: string; state: string; answers: object; payment_id: PaymentId; reference: string; case_id: string; assisted: { personId: string }; channel: string };
async function fillIn(path: string, form: Record<string, string | readonly string[]>) {
  const page = await adviser.get(path);
  return adviser.post(path, { version: hidden(page.text, 'version'), ...form });
}
const actionOf = (text: string): string => /<form method="post" action="([^"]+)" novalidate data-assist/.exec(text)?.[1] ?? '';

describe('an adviser’s screen', () => {
  it('is the adviser’s, and not a case officer’s or a resident’s', async () => {
    expect((await adviser.get('/desk/assist')).text).toContain('Hedgehog club');
    expect((await adviser.get(`${club}/${'-'.repeat(36)}`)).status).toBe(404);
    const officer = await running.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000d2', roles: ['case-officer'] });
    expect((await officer.get(club)).status).toBe(403);
    expect((await (await running.app.residentVisitor('01990000-0000-7000-8000-0000000000c9')).get(club)).status).toBe(403);
    expect((await running.app.visitor().request(club)).status).toBe(303);
  });

  it('shows every question that applies at once, opens what an answer opens, and loses nothing meanwhile', async () => {
    const sightings = '/desk/assist/hedgehog-sightings';
    const blank = await adviser.get(sightings);
    for (const words of ['Was it alive?', 'Where was it?', 'Anything else?']) expect(blank.text).toContain(words);
    expect(blank.text).not.toContain('What did it do?');
    const opened = await fillIn(sightings, { ...caller, alive: 'yes', words: 'near the shed', 'place-typed-point': '', action: 'update' });
    expect(opened.text).toContain('What did it do?');
    for (const kept of ['near the shed', 'Joan Caller', '07700 900123']) expect(opened.text).toContain(kept);
    expect(opened.text).not.toContain('govuk-error-summary');
    expect(await theDraft()).toMatchObject({ state: 'open', answers: { alive: true, words: 'near the shed' } });
    const closed = await adviser.post(actionOf(opened.text), { version: hidden(opened.text, 'version'), ...caller, alive: 'no', words: 'near the shed', action: 'update' });
    expect(closed.text).not.toContain('What did it do?');
  });

  it('stays in the officer’s language when the caller has another: theirs is there to be read out, and marked as theirs', async () => {
    const sightings = '/desk/assist/hedgehog-sightings';
    expect((await adviser.get(sightings)).text).not.toContain('lang="cy"');
    const welsh = await fillIn(sightings, { ...caller, assistedLanguage: 'cy', alive: 'yes', 'place-typed-point': '', action: 'update' });
    expect(welsh.text).toContain('<html lang="en"');
    expect(welsh.text).toContain('Was it alive?');
    const readOut = [...welsh.text.matchAll(/<div class="govuk-details__text" lang="cy">([\s\S]*?)<\/div>/g)].map(([, words]) => words).join('');
    expect(readOut).toContain('Oedd');
    expect(welsh.text.replace(/<div class="govuk-details__text" lang="cy">[\s\S]*?<\/div>/g, '')).not.toContain('Oedd');
    const wrong = await adviser.post(actionOf(welsh.text), { version: hidden(welsh.text, 'version'), ...caller, assistedLanguage: 'cy', assistedAuthority: '', alive: 'yes', action: 'send' });
    expect(wrong.text).toContain('Select on what authority you act');
    expect(wrong.text).toContain('<html lang="en"');
  });

  it('files a report for the caller, on record as assisted with the authority, and gives them a code', async () => {
    const sightings = '/desk/assist/hedgehog-sightings';
    const sent = await fillIn(sightings, { ...caller, alive: 'no', 'place-described': 'behind the shed', 'place-typed-point': '', action: 'send' });
    expect(sent.path).toMatch(/\/sent$/);
    expect(sent.text).toContain('It is filed.');
    const draft = await theDraft();
    expect(await running.cases.find(running.app.systemContext(), { reference: draft.reference })).toMatchObject({
      personId: draft.assisted.personId, contact: { name: 'Joan Caller', phone: '07700 900123' }, staff: { channel: 'telephone', assisted: { officerId, officerName: 'Gwen Adviser', authority: 'caller-for-themselves', note: 'name-and-address, date-of-birth' } },
    });
    await running.app.drainJobs();
    await running.notifications.work();
    const [message] = running.notifications.arrived;
    expect(message).toMatchObject({ address: { channel: 'sms' } });
    expect(running.notifications.arrived).toHaveLength(1);
    expect(message?.words).toContain(`/status/${draft.reference}`);
    const code = /enter the code (\S+)\./.exec(message?.words ?? '')?.[1] ?? '';
    const resident = running.app.context('riverbourne', { actor: { kind: 'resident', personId: '01990000-0000-7000-8000-0000000000c8' as never, confidence: 'low' } });
    running.identity.addPerson(resident, { personId: '01990000-0000-7000-8000-0000000000c8' as never });
    expect(await running.identity.claim(resident, code)).toMatchObject({ ok: true, value: { assistedPersonId: draft.assisted.personId, subject: { type: 'case', id: draft.case_id } } });
  });

  it('asks which is right when the point is far from the street, and keeps the street to be right', async () => {
    const sightings = '/desk/assist/hedgehog-sightings';
    const far = { ...caller, alive: 'no', 'place-find': 'Mill Lane', 'place-searched': 'Mill Lane', 'place-choice': 'usrn:99000002', 'place-typed-point': '53.2996, 2.106' };
    const chosen = /value="usrn:99000002" checked/;
    const updated = await fillIn(sightings, { ...far, action: 'update' });
    const path = actionOf(updated.text);
    const asked = await adviser.post(path, { version: hidden(updated.text, 'version'), ...far, action: 'send' });
    for (const { text } of [updated, asked]) {
      expect(text).toContain('The point on the map is about 600 m from Mill Lane. Choose which one is right');
      expect(text).toMatch(chosen);
    }
    const settled = { ...far, 'place-apart': hidden(asked.text, 'place-apart'), 'place-right': 'place', action: 'send' };
    const lost = await adviser.post(path, { version: hidden(asked.text, 'version'), ...settled, 'place-choice': '' });
    expect(lost.text).toContain('We could not find that address any more');
    expect(await theDraft()).toMatchObject({ state: 'open' });
    expect((await adviser.post(path, { version: hidden(lost.text, 'version'), ...settled })).path).toMatch(/\/sent$/);
    const { location } = (await running.cases.find(running.app.systemContext(), { reference: (await theDraft()).reference })) ?? {};
    expect(location).toMatchObject({ lines: ['Mill Lane', 'Little Testing'] });
    expect(location).not.toHaveProperty('isMarked', true);
  });

  it('says what is missing, of the questions and of the caller, and where', async () => {
    const wrong = await fillIn(club, { assistedChannel: 'telephone', assistedLanguage: 'en', members: '2', action: 'send' });
    for (const field of ['#home-find', '#wantsCard', '#agrees', '#assistedAuthority']) expect(wrong.text).toContain(`href="${field}"`);
    expect(wrong.text).toContain('Select on what authority you act');
  });

  it('asks once how to reach the caller: the panel answers what the service asks about it, and is where it is wrong', async () => {
    const houses = '/desk/assist/hedgehog-houses';
    expect((await adviser.get(houses)).text).not.toContain('name="yourName"');
    const nameless = await fillIn(houses, { ...caller, assistedName: '', action: 'send' });
    expect(nameless.text).toContain('href="#assistedName"');
    expect(nameless.text).not.toContain('href="#yourName"');
    const named = await adviser.post(actionOf(nameless.text), { version: hidden(nameless.text, 'version'), ...caller, action: 'update' });
    expect(await theDraft()).toMatchObject({ answers: { yourName: 'Joan Caller' } });
    expect(named.text).not.toContain('href="#assistedName"');
  });

  it('lets the caller pay by a link, and files it when it is paid', async () => {
    const form = { ...caller, 'home-line1': '1 Mill Lane', 'home-postcode': 'ZZ99 1AA', members: '2', wantsCard: 'yes', agrees: 'yes', action: 'send' };
    const sent = await fillIn(club, form);
    expect(sent.text).toContain('The caller pays £30.00 by the link');
    await running.app.drainJobs();
    await running.notifications.work();
    const draft = await theDraft();
    const message = running.notifications.arrived.at(-1);
    expect(message?.words).toContain(`/payments/${draft.payment_id}`);
    expect(message?.words).toContain('£30.00');
    // Whoever has the link pays, without signing in.
    await running.payments.pay(running.app.context(), draft.payment_id);
    const finished = await adviser.get(`${club}/${draft.draft_id}/sent`);
    expect(finished.text).toContain('It is filed.');
    expect(await running.cases.find(running.app.systemContext(), { reference: draft.reference })).toMatchObject({ paymentId: draft.payment_id, personId: draft.assisted.personId });
  });

  it('needs a way to reach whoever must pay', async () => {
    const { assistedPhone: _, ...unreachable } = caller;
    const wrong = await fillIn(club, { ...unreachable, 'home-line1': '1 Mill Lane', 'home-postcode': 'ZZ99 1AA', members: '2', wantsCard: 'yes', agrees: 'yes', action: 'send' });
    expect(wrong.text).toContain('the link to pay goes there');
  });

  it('sends one, pressed twice, and is no other adviser’s', async () => {
    const first = await fillIn('/desk/assist/hedgehog-sightings', { ...caller, alive: 'no', 'place-described': 'here', 'place-typed-point': '', action: 'update' });
    const path = actionOf(first.text);
    const form = { version: hidden(first.text, 'version'), ...caller, alive: 'no', 'place-described': 'here', 'place-typed-point': '', action: 'send' };
    const other = await running.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000d3', roles: ['adviser'] });
    expect((await other.get(path)).status).toBe(404);
    await Promise.all([adviser.post(path, form), adviser.post(path, form)]);
    const draft = await theDraft();
    expect(draft.state).toBe('submitted');
    expect((await running.cases.list(running.app.systemContext(), { text: draft.reference })).items).toHaveLength(1);
  });

  it('begins one call from one form, sent twice at once or once more later, and another from a fresh form', async () => {
    const sightings = '/desk/assist/hedgehog-sightings';
    const page = await adviser.get(sightings);
    const form = { version: '0', draft: hidden(page.text, 'draft'), ...caller, alive: 'no', 'place-described': 'here', 'place-typed-point': '', action: 'send' };
    const drafts = async () => (await running.app.owner.query<{ draft_id: string; state: string; reference: string; is_current: boolean }>('select draft_id, state, reference, is_current from services.draft order by state desc')).rows;
    const sent = [...(await Promise.all([adviser.post(sightings, form), adviser.post(sightings, form)])), await adviser.post(sightings, form)];
    const [draft, ...others] = await drafts();
    expect(draft).toMatchObject({ state: 'submitted' });
    // As a current one it had a second unique key, at which one of two insertions at once failed now and then.
    await adviser.post(sightings, { ...form, draft: hidden((await adviser.get(sightings)).text, 'draft'), action: 'update' });
    expect(await drafts()).toMatchObject([{ state: 'submitted' }, { state: 'open', is_current: false }]);
    expect(others).toHaveLength(0);
    expect(new Set(sent.map(({ path }) => path))).toEqual(new Set([`${sightings}/${draft?.draft_id ?? ''}/sent`]));
    expect((await running.cases.list(running.app.systemContext(), { text: draft?.reference ?? '' })).items).toHaveLength(1);
    await adviser.post(sightings, { ...form, draft: hidden((await adviser.get(sightings)).text, 'draft') });
    expect(await drafts()).toHaveLength(3);
    // A ticket that we did not write begins a call of its own, and another adviser's leads nowhere.
    await adviser.post(sightings, { ...form, draft: `${draft?.draft_id ?? ''}.${'x'.repeat(22)}` });
    expect(await drafts()).toHaveLength(4);
    const other = await running.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000d3', roles: ['adviser'] });
    await other.get(sightings);
    expect((await other.post(sightings, form)).status).toBe(404);
  });

  it('takes a report without a name, and then sends no code', async () => {
    const sent = await fillIn('/desk/assist/hedgehog-sightings', { assistedChannel: 'counter', assistedLanguage: 'cy', assistedAuthority: 'caller-for-themselves', alive: 'no', 'place-described': 'yma', 'place-typed-point': '', action: 'send' });
    expect(sent.text).toContain('It was sent without a name');
    const before = running.notifications.arrived.length;
    await running.app.drainJobs();
    await running.notifications.work();
    expect(running.notifications.arrived).toHaveLength(before);
    expect((await theDraft()).channel).toBe('counter');
  });
});
