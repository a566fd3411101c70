import { PaymentSucceeded, type PaymentId } from '@guildhall/payments-contract';
import { Database, publish } from '@guildhall/kernel';
import type { PersonId } from '@guildhall/kernel-contract';
import type { Visitor } from '@guildhall/kernel/testing';
import { startServicesApp, type ServicesApp } from '../test/council';
import { answer, formOf } from '../test/filling-in';
import { CarryOnSubmissionsHandler } from './submitting/carry-on-submissions';

let running: ServicesApp;
const personId = '01990000-0000-7000-8000-0000000000c2' as PersonId;
beforeAll(async () => {
  running = await startServicesApp();
  running.identity.addPerson(running.app.context(), { personId, name: 'Pat Jones', email: 'pat.jones@post.example' });
});
afterAll(() => running.app.close());
beforeEach(() => running.faults.clear());
afterEach(() => running.app.owner.query('delete from services.draft'));

const club = '/services/hedgehog-club';
interface DraftFacts { draft_id: string; state: string; reference: string; payment_id: PaymentId; case_id: string; answers: object; submission: object | null; next_try_at: Date | null }
const drafts = async (): Promise<DraftFacts[]> => (await running.app.owner.query<DraftFacts>('select draft_id, state, reference, payment_id, case_id, answers, submission, next_try_at from services.draft order by created_at')).rows;
const theDraft = async (): Promise<DraftFacts> => (await drafts())[0] as DraftFacts;
const casesOf = async (reference: string) => (await running.cases.list(running.app.systemContext(), { text: reference, status: 'any' })).items;
const paymentOf = (id: PaymentId) => running.payments.find(running.app.systemContext(), id);

/** A resident who has answered everything and looks at the answers. */
async function checking(): Promise<{ visitor: Visitor; form: Record<string, string> }> {
  const visitor = await running.app.residentVisitor(personId);
  await answer(visitor, `${club}/home`, { 'home-line1': '1 Mill Lane', 'home-postcode': 'ZZ99 1AA' });
  await answer(visitor, `${club}/members`, { members: '2' });
  const page = await answer(visitor, `${club}/card`, { wantsCard: 'no' });
  expect(page.text).toContain('Pay £30.00');
  return { visitor, form: { ...formOf(page.text), agrees: 'yes' } };
}
/** The resident at the payment page, having confirmed. */
async function atThePaymentPage(): Promise<{ visitor: Visitor; draft: DraftFacts }> {
  const { visitor, form } = await checking();
  const sent = await visitor.request(`${club}/check-answers`, { form });
  expect(sent.status).toBe(303);
  return { visitor, draft: await theDraft() };
}
const pay = (draft: DraftFacts, does: 'succeed' | 'decline' | 'cancel' | 'expire' = 'succeed') => running.payments.pay(running.app.context('riverbourne', { actor: { kind: 'resident', personId, confidence: 'low' } }), draft.payment_id, does as never);
async function newsOfThePayment(draft: DraftFacts): Promise<void> {
  await running.app.get(Database).run(running.app.context(), async (tx) => publish(tx, PaymentSucceeded, { paymentId: draft.payment_id, subject: { type: 'draft', id: draft.draft_id }, amountInPence: 3000 }));
  await running.app.drainJobs();
}
const carryOn = async (seconds = 90): Promise<void> => {
  running.clock.advance(seconds);
  await running.app.get(CarryOnSubmissionsHandler).run(running.app.systemContext());
};

describe('paying and sending', () => {
  it('leads to the payment page and back to a reference, with the case, the payment and the person in step', async () => {
    const { visitor, draft } = await atThePaymentPage();
    await pay(draft);
    const done = await visitor.get(`${club}/paid/${draft.draft_id}`);
    expect(done.path).toBe(`${club}/done/${draft.draft_id}`);
    expect(done.text).toContain(draft.reference);
    expect(done.text).toContain('You paid £30.00');
    expect(done.text).toContain(`/status/${draft.reference}?key=`);
    const found = await running.cases.find(running.app.systemContext(), { reference: draft.reference });
    expect(found).toMatchObject({ paymentId: draft.payment_id, personId, contact: { name: 'Pat Jones', email: 'pat.jones@post.example' }, location: { lines: ['1 Mill Lane'], postcode: 'ZZ99 1AA' } });
    expect(await paymentOf(draft.payment_id)).toMatchObject({ state: 'succeeded', amountInPence: 3000, personId, subject: { type: 'draft', id: draft.draft_id }, reference: draft.reference });
    expect(await theDraft()).toMatchObject({ state: 'submitted', answers: {}, submission: null, next_try_at: null });
  });

  it('tells the provider’s page the name and the home address that are known, so that nobody types them twice', async () => {
    const visitor = await running.app.residentVisitor(personId);
    await answer(visitor, `${club}/home`, { 'home-line1': '1 Mill Lane', 'home-town': 'Riverbourne', 'home-postcode': 'ZZ99 1AA' });
    await answer(visitor, `${club}/members`, { members: '2' });
    const page = await answer(visitor, `${club}/card`, { wantsCard: 'no' });
    expect((await visitor.request(`${club}/check-answers`, { form: { ...formOf(page.text), agrees: 'yes' } })).status).toBe(303);
    const { reference } = await theDraft();
    expect(running.payments.provider.payments(reference).map(({ payer }) => payer)).toEqual([{ name: 'Pat Jones', address: { line1: '1 Mill Lane', town: 'Riverbourne', postcode: 'ZZ99 1AA', country: 'GB' } }]);
  });

  it('wants the declaration, and keeps everything when it is missing', async () => {
    const { visitor, form } = await checking();
    const again = await visitor.post(`${club}/check-answers`, { ...form, agrees: '' });
    expect(again.text).toContain('Tick to agree');
    expect((await theDraft()).state).toBe('open');
  });

  it.each([['decline', 'Your payment was declined'], ['cancel', 'You stopped the payment'], ['expire', 'The payment page timed out']] as const)('after %s says what happened, keeps everything, and can be tried again', async (does, says) => {
    const { visitor, draft } = await atThePaymentPage();
    await pay(draft, does);
    const page = await visitor.get(`${club}/paid/${draft.draft_id}`);
    expect(page.path).toBe(`${club}/pay/${draft.draft_id}`);
    expect(page.text).toContain(says);
    expect(page.text).toContain('Your answers are saved');
    const again = await visitor.request(page.path, { form: { action: 'pay' } });
    expect(again.status).toBe(303);
    await pay(draft);
    expect((await visitor.get(`${club}/paid/${draft.draft_id}`)).text).toContain(draft.reference);
    expect(await casesOf(draft.reference)).toHaveLength(1);
    expect((await paymentOf(draft.payment_id)).attempts).toBe(2);
  });

  it('lets the answers be changed before it is paid: the payment is withdrawn, and the new fee asked for under a new one', async () => {
    const { visitor, draft } = await atThePaymentPage();
    await visitor.get(`${club}/pay/${draft.draft_id}`);
    expect((await visitor.post(`${club}/pay/${draft.draft_id}`, { action: 'change' })).path).toBe(`${club}/check-answers`);
    const page = await answer(visitor, `${club}/members?change=1`, { members: '4' });
    expect(page.text).toContain('Pay £60.00');
    await visitor.request(`${club}/check-answers`, { form: { ...formOf(page.text), agrees: 'yes' } });
    const now = await theDraft();
    expect(now.payment_id).not.toBe(draft.payment_id);
    expect((await paymentOf(draft.payment_id)).state).toBe('withdrawn');
    await pay(now);
    await visitor.get(`${club}/paid/${draft.draft_id}`);
    expect(await casesOf(now.reference)).toHaveLength(1);
    expect(await paymentOf(now.payment_id)).toMatchObject({ state: 'succeeded', amountInPence: 6000 });
  });

  it('does not let answers be changed once the money is there: the case is opened instead', async () => {
    const { visitor, draft } = await atThePaymentPage();
    await visitor.get(`${club}/pay/${draft.draft_id}`);
    await pay(draft);
    expect((await visitor.post(`${club}/pay/${draft.draft_id}`, { action: 'change' })).path).toBe(`${club}/done/${draft.draft_id}`);
    expect(await casesOf(draft.reference)).toHaveLength(1);
  });

  it('pressed twice, in two windows, asks for one payment', async () => {
    const { visitor, form } = await checking();
    const answers = await Promise.all([1, 2, 3].map(() => visitor.request(`${club}/check-answers`, { form })));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    const draft = await theDraft();
    expect(await running.payments.forSubject(running.app.systemContext(), { type: 'draft', id: draft.draft_id })).toHaveLength(1);
    expect((await paymentOf(draft.payment_id)).attempts).toBe(1);
  });

  it('opens the case although the resident never comes back: the news of the payment is enough, and may come twice', async () => {
    const { draft } = await atThePaymentPage();
    await pay(draft);
    await newsOfThePayment(draft);
    await newsOfThePayment(draft);
    expect(await theDraft()).toMatchObject({ state: 'submitted' });
    expect(await casesOf(draft.reference)).toHaveLength(1);
  });

  it('comes back after the session has ended: sign in, and there it is', async () => {
    const { visitor, draft } = await atThePaymentPage();
    await pay(draft);
    await running.app.owner.query('delete from kernel.session');
    const turned = await visitor.request(`${club}/paid/${draft.draft_id}`);
    expect([turned.status, turned.headers['location']]).toEqual([303, `/sign-in?next=${encodeURIComponent(`${club}/paid/${draft.draft_id}`)}`]);
    expect((await (await running.app.residentVisitor(personId)).get(`${club}/paid/${draft.draft_id}`)).text).toContain(draft.reference);
  });

  it('takes another reference for the case when one is taken', async () => {
    const { draft } = await atThePaymentPage();
    const other = await atThePaymentPageOfAnother();
    await running.app.owner.query('update services.draft set reference = $2 where draft_id = $1', [other.draft_id, draft.reference]);
    await pay(draft);
    await newsOfThePayment(draft);
    await newsOfThePayment(other);
    const [one, two] = await Promise.all([draft.draft_id, other.draft_id].map(async (id) => (await drafts()).find(({ draft_id }) => draft_id === id)));
    expect(one?.state).toBe('submitted');
    expect(two?.state).toBe('submitted');
    expect(two?.reference).not.toBe(one?.reference);
  });

  async function atThePaymentPageOfAnother(): Promise<DraftFacts> {
    const visitor = await running.app.residentVisitor('01990000-0000-7000-8000-0000000000c3');
    await answer(visitor, `${club}/home`, { 'home-line1': '2 Mill Lane', 'home-postcode': 'ZZ99 1AA' });
    await answer(visitor, `${club}/members`, { members: '2' });
    const page = await answer(visitor, `${club}/card`, { wantsCard: 'no' });
    await visitor.request(`${club}/check-answers`, { form: { ...formOf(page.text), agrees: 'yes' } });
    const found = (await running.app.owner.query<DraftFacts>('select * from services.draft where owner_key = $1', ['p:01990000-0000-7000-8000-0000000000c3'])).rows[0] as DraftFacts;
    running.identity.addPerson(running.app.context(), { personId: '01990000-0000-7000-8000-0000000000c3' as PersonId, name: 'Sam Jones' });
    const payment = running.app.context('riverbourne', { actor: { kind: 'resident', personId: '01990000-0000-7000-8000-0000000000c3' as PersonId, confidence: 'low' } });
    await running.payments.pay(payment, found.payment_id);
    return found;
  }
});

describe('a death at any step', () => {
  /** Where the process may die between "Pay" and the last page. */
  const deaths = [
    ['payments.request', 'before'], ['payments.request', 'after'], ['payments.start', 'before'], ['payments.start', 'after'],
    ['payments.find', 'before'], ['payments.find', 'after'], ['cases.open', 'before'], ['cases.open', 'after'],
  ] as const;

  it.each(deaths)('at %s, %s it did its work, loses and doubles neither case nor payment: the resident comes back', async (call, when) => {
    const { visitor, form } = await checking();
    running.faults.dieAt(call, when);
    await visitor.request(`${club}/check-answers`, { form });
    const draft = await theDraft();
    if (draft.state === 'paying') {
      await visitor.get(`${club}/pay/${draft.draft_id}`);
      await visitor.request(`${club}/pay/${draft.draft_id}`, { form: { action: 'pay' } });
      await pay(draft);
    }
    for (let tries = 0; tries < 3; tries++) await visitor.get(`${club}/paid/${draft.draft_id}`);
    await expectOneOfEach(draft);
  });

  it.each(deaths)('at %s, %s it did its work, loses and doubles neither case nor payment: only the jobs go on', async (call, when) => {
    const { visitor, form } = await checking();
    running.faults.dieAt(call, when);
    await visitor.request(`${club}/check-answers`, { form });
    const draft = await theDraft();
    expect(draft.state).toBe('paying');
    const isAsked = await running.payments.find(running.app.systemContext(), draft.payment_id).then(() => true, () => false);
    if (!isAsked) {
      // Nothing was asked of anybody: the draft waits for its resident, and costs nothing.
      await carryOn();
      expect((await theDraft()).state).toBe('paying');
      await visitor.get(`${club}/pay/${draft.draft_id}`);
      await visitor.request(`${club}/pay/${draft.draft_id}`, { form: { action: 'pay' } });
    } else {
      await visitor.get(`${club}/pay/${draft.draft_id}`);
      await visitor.request(`${club}/pay/${draft.draft_id}`, { form: { action: 'pay' } });
    }
    await pay(draft);
    for (let rounds = 0; rounds < 4; rounds++) await carryOn(600);
    await expectOneOfEach(draft);
  });

  it('while the news of the payment is being handled is made good by the job, and the other way round', async () => {
    for (const when of ['before', 'after'] as const) {
      const { draft } = await atThePaymentPage();
      await pay(draft);
      running.faults.dieAt('cases.open', when);
      await newsOfThePayment(draft).catch(() => undefined);
      running.faults.dieAt('cases.open', when);
      await carryOn(600);
      await carryOn(1200);
      await expectOneOfEach(draft);
      await running.app.owner.query('delete from services.draft');
    }
  });

  it('never lets one draft that always fails keep the others waiting', async () => {
    const { draft } = await atThePaymentPage();
    await pay(draft);
    await running.app.owner.query(`update services.draft set submission = jsonb_set(submission, '{caseType}', '"unknown-type"') where draft_id = $1`, [draft.draft_id]);
    await carryOn();
    const after = await theDraft();
    expect(after.state).toBe('submitting');
    expect(after.next_try_at?.getTime()).toBeGreaterThan(running.clock.now().getTime());
  });

  async function expectOneOfEach(draft: DraftFacts): Promise<void> {
    const now = await theDraft();
    expect(now).toMatchObject({ draft_id: draft.draft_id, state: 'submitted' });
    expect(await casesOf(now.reference)).toHaveLength(1);
    const payments = await running.payments.forSubject(running.app.systemContext(), { type: 'draft', id: draft.draft_id });
    expect(payments.map(({ state, amountInPence }) => [state, amountInPence])).toEqual([['succeeded', 3000]]);
    expect(await running.cases.find(running.app.systemContext(), { reference: now.reference })).toMatchObject({ paymentId: payments[0]?.paymentId, id: now.case_id });
  }
});
