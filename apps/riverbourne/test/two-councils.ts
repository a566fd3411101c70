import { IDENTITY, type IdentityApi } from '@guildhall/identity-contract';
import type { TestApp } from '@guildhall/kernel/testing';
import { PROBLEMS, addPhoto, answerPages, assist, begin, buyGardenWaste, confirmAndGoToPay, orderGardenWaste, photo, problemAnswers, reportAProblem, signInByCode, signInOfficer, type Answers, type Confirmation, type Town } from './journeys';
import { Person } from './person';
import { fillSharing, type SharedThings } from './two-that-share';

/** Words that only Riverbourne's data have. */
export const OURS = { name: 'Quintana Farthingale', email: 'quintana@farthingale.example', words: 'Whimbrel Cottage' } as const;
/** Words that only Glanafon's data have. */
export const THEIRS = { name: 'Eirlys Penhaligon', email: 'eirlys@penhaligon.example' } as const;

/** A system that is told what happens, and an event that waits for it. */
export const TOLD = { subscriptionId: '01990000-0000-7000-8000-000000005b01', eventId: '01990000-0000-7000-8000-000000005b02' } as const;

/** A kind of case that only Riverbourne has, with a draft of its words. */
export const CONFIGURED = { kind: 'case-type', id: 'report-a-problem.pothole', revision: '1' } as const;

/** Everything of a resident's to which somebody else might find an address; and who they are. */
export interface Things {
  readonly owner: Person;
  readonly report: Confirmation;
  readonly bought: Confirmation;
  readonly caseId: string;
  readonly uprn: string;
  readonly personId: string;
  readonly paymentId: string;
  readonly draftToPay: string;
  readonly documentInCase: string;
  readonly documentInDraft: string;
  readonly messageId: string;
  readonly challengeId: string;
  /** Somebody who is asked which of two accounts they mean, and the id of that question. */
  readonly undecided: Person;
  readonly pendingId: string;
  readonly officerId: string;
  readonly adviser: Person;
  readonly assistedDraft: string;
  readonly shared: SharedThings;
  /** A copy of what is held about the owner. */
  readonly copyId: string;
}

/** One value from the database. @throws Error when there is none */
export async function valueOf(app: TestApp, text: string, ...values: readonly unknown[]): Promise<string> {
  const { rows } = await app.owner.query<Record<string, string>>(text, [...values]);
  const [found] = Object.values(rows[0] ?? {});
  if (typeof found !== 'string') throw new Error(`Nothing was found: ${text}`);
  return found;
}

const idOf = (app: TestApp, slug: string): string => app.context(slug).council.id;
const townOf = (app: TestApp, slug: string): Town => ({ home: app.origin(slug), work: () => app.drainJobs() });
const lastPart = (person: Person): string => person.path.split('/').at(-1) ?? '';

/** Takes people of both councils through everything that leaves a trace, so that every table has rows that somebody could get at. */
export async function fillBothCouncils(app: TestApp): Promise<Things> {
  await fillGlanafon(app);
  const filled = await fillRiverbourne(app);
  const things: Things = { ...filled, shared: await fillSharing(app, filled, THEIRS.email) };
  for (const slug of ['riverbourne', 'glanafon']) {
    await app.get<IdentityApi>(IDENTITY.token).registerMachine(app.systemContext(slug), { clientId: 'bin-lorries', title: 'Bin lorries', permissions: ['identity.read-staff'], expiresAt: new Date(Date.now() + 86_400_000) });
    // What comes round by the hour, now, as if a worker had put it in.
    await app.owner.query(`insert into kernel.round (council_id, kind, began_at) values ($1, 'do:services.count-usage', now())`, [idOf(app, slug)]);
    await app.queueJob('do:services.count-usage', { data: {} }, slug);
    // Neither council imports the points of UPRNs: its gazetteer has them.
    await app.owner.query(`insert into addresses.uprn_point (council_id, uprn, latitude, longitude, import_number) values ($1, '990000000001', 51.8, -2.2, 1)`, [idOf(app, slug)]);
    await app.owner.query(`insert into addresses.open_uprn_import (council_id, source, import_number, state, position_in_bytes, size_in_bytes, begun_at, changed_at) values ($1, 'a file', 1, 'done', 1, 1, now(), now())`, [idOf(app, slug)]);
    // Only Riverbourne takes reports of other systems.
    const reported = await valueOf(app, 'select case_id::text from cases."case" where council_id = $1 limit 1', idOf(app, slug));
    await app.owner.query(`insert into open311.request (council_id, case_id, client_id, request_key, request_hash, service_code, case_type, is_private, reference, status, status_at, is_closed, begun_at, requested_at, updated_at) values ($1, $2, 'fixmystreet', 'fixmystreet:1', 'a-hash', 'a_service', 'a.service', false, 'XX-0000-0000', 'open', now(), false, now(), now(), now())`, [idOf(app, slug), reported]);
    await app.owner.query(`insert into open311.update (council_id, entry_id, case_id, status, at) values ($1, gen_random_uuid(), $2, 'open', now())`, [idOf(app, slug), reported]);
    await app.owner.query(`insert into open311.sent_update (council_id, client_id, update_key, case_id, update_id, request_hash, sent_at) values ($1, 'fixmystreet', '1', $2, gen_random_uuid(), 'a-hash', now())`, [idOf(app, slug), reported]);
    // Whoever said how they wish to hear from us, and an address whose news was stopped.
    await app.owner.query(`insert into notifications.preference (council_id, person_id, channel, stops_news, changed_at) values ($1, gen_random_uuid(), 'email', false, now())`, [idOf(app, slug)]);
    await app.owner.query(`insert into notifications.stopped_address (council_id, address_hash, stopped_at) values ($1, 'a-hash', now())`, [idOf(app, slug)]);
    // Another system that is told, and what waits for it: it is paused, because there is none behind it.
    await app.owner.query(`insert into subscriptions.subscription (council_id, subscription_id, title, url, event_types, state, created_at) values ($1, $2, 'Bin lorries', 'https://hooks.bin-lorries.example/', '{cases.*}', 'paused', now())`, [idOf(app, slug), TOLD.subscriptionId]);
    await app.owner.query(`insert into subscriptions.message (council_id, event_id, type, version, subject, data, at) values ($1, $2, 'cases.case-opened', 1, 'a-case', '{}', now())`, [idOf(app, slug), TOLD.eventId]);
    await app.owner.query(`insert into subscriptions.delivery (council_id, subscription_id, event_id, state, next_try_at, created_at) values ($1, $2, $3, 'waiting', now(), now())`, [idOf(app, slug), TOLD.subscriptionId, TOLD.eventId]);
    // Neither council's practice provider tells what it has settled.
    await app.owner.query(`insert into payments.settlement_day (council_id, provider, day, changed_at) values ($1, 'payments.settles', '2026-11-27', now())`, [idOf(app, slug)]);
    await app.owner.query(`insert into payments.settled_item (council_id, provider, provider_payment_id, settled_on, amount_in_pence, reading) values ($1, 'payments.settles', 'p-1', '2026-11-27', 100, 1)`, [idOf(app, slug)]);
    await app.owner.query(`insert into payments.settlement_difference (council_id, difference_id, provider, provider_payment_id, kind, day, theirs_in_pence, told_version, found_at) values ($1, gen_random_uuid(), 'payments.settles', 'p-1', 'unknown', '2026-11-27', 100, 1, now())`, [idOf(app, slug)]);
    // Nor has anybody paid at a counter: as if one had begun to.
    const atCounter = slug === 'riverbourne' ? things.paymentId : await valueOf(app, `select payment_id::text from payments.payment where council_id = $1 and state = 'succeeded' limit 1`, idOf(app, slug));
    await app.owner.query(`insert into payments.receipt_number (council_id, last) values ($1, 1)`, [idOf(app, slug)]);
    await app.owner.query(`insert into payments.attempt (council_id, payment_id, number, provider, state, begun_at, receipt_number) values ($1, $2, 9, 'counter.cash', 'cancelled', now(), 1)`, [idOf(app, slug), atCounter]);
    await app.owner.query(`insert into payments.counter_receipt (council_id, receipt_id, number, payment_id, attempt, means, amount_in_pence, taken_at, taken_by) values ($1, gen_random_uuid(), 1, $2, 9, 'cash', 100, now() - interval '2 days', 'An adviser')`, [idOf(app, slug), atCounter]);
    // Cases that go to another system: no system stands behind this one, so they are not taken.
    await app.owner.query(`insert into back_office.hand_over (council_id, case_id, case_type, provider_id, state, case_reference, next_try_at, opened_at, refused_at) select council_id, case_id, case_type, 'back-office.nobody', 'refused', reference, now(), now(), now() from cases."case" where council_id = $1`, [idOf(app, slug)]);
    await app.owner.query(`insert into back_office.progress (council_id, case_id, progress_id, status, at, words, received_at, is_applied) values ($1, $2, 'U-1', 'fixed', now(), 'Filled', now(), true)`, [idOf(app, slug), reported]);
    await app.owner.query(`insert into back_office.words (council_id, entry_id, case_id, state, next_try_at) values ($1, gen_random_uuid(), $2, 'sent', now())`, [idOf(app, slug), reported]);
    await app.owner.query(`insert into back_office.unmatched (council_id, provider_id, progress_id, far_reference, status, at, received_at) values ($1, 'back-office.nobody', 'U-2', 'W-1', 'fixed', now(), now())`, [idOf(app, slug)]);
    await app.owner.query(`insert into back_office.far_end (council_id, provider_id, failures_in_row) values ($1, 'back-office.nobody', 1)`, [idOf(app, slug)]);
    // No far end of these two councils tells of signing out.
    await app.owner.query(`insert into identity.logout_notice (council_id, issuer, notice_hash, expires_at) values ($1, 'https://one-login.example/', 'a-hash', now() + interval '1 day')`, [idOf(app, slug)]);
    // Nobody was proved to be anybody by either's practice sign-in.
    await app.owner.query(`insert into identity.proved (council_id, person_id, name, date_of_birth, confidence, proved_at, issuer) select council_id, person_id, 'Filled In', '1970-01-31', 'medium', now(), 'https://issuer.example' from identity.person where council_id = $1 order by person_id limit 1`, [idOf(app, slug)]);
    // A draft of what the other council does not have.
    await app.owner.query(`insert into configuration.version (council_id, kind, thing, revision, state, definition, package_version, made_at, made_by_id, made_by_name) values ($1, 'case-type', $2, 1, 'draft', 1, '0.1.0', now(), 'an-id', 'An officer')`, [idOf(app, slug), slug === 'riverbourne' ? CONFIGURED.id : 'allotments.application']);
    // Nor can the development sign-in be asked again about an officer.
    await app.owner.query(`insert into identity.officer_vouch (council_id, officer_id, provider, keep, checked_at) select council_id, officer_id, 'identity.officer-sso', 'sealed', now() + interval '1 day' from identity.officer where council_id = $1 order by officer_id limit 1`, [idOf(app, slug)]);
  }
  await app.drainJobs();
  // Work that waits.
  for (const slug of ['riverbourne', 'glanafon']) {
    const person = new Person(app.origin(slug));
    await person.open('/sign-in');
    await person.send({ contact: `waits@${slug}.example` });
  }
  return things;
}

async function fillGlanafon(app: TestApp): Promise<void> {
  const town = townOf(app, 'glanafon');
  const resident = new Person(town.home);
  await signInByCode(town, resident, THEIRS.email, { name: THEIRS.name, language: 'cy' });
  const bought = await buyGardenWaste(resident, { postcode: 'ZZ99 6AA' });
  await reportAllotment(new Person(town.home));
  await refund(app, 'glanafon', bought.reference);
  const adviser = new Person(town.home);
  await signInOfficer(adviser, 'gwen.parry', { slug: 'glanafon' });
  await assist(adviser, 'allotments', { sites: ['pen-y-bryn'], size: 'full', 'home-line1': '3 Stryd Fawr', 'home-town': 'Glanafon', 'home-postcode': 'ZZ99 6AA' }, { name: 'Ifan Rhys', phone: '07700 900445', email: 'ifan.rhys@post.example' });
  await app.drainJobs();
}

async function reportAllotment(person: Person): Promise<void> {
  const answers: Answers = { site: { sites: ['cae-melin'] }, size: { size: 'half' }, 'home-address': { 'home-line1': '2 Stryd Fawr', 'home-town': 'Glanafon', 'home-postcode': 'ZZ99 6AA' }, contact: { name: THEIRS.name, email: THEIRS.email } };
  await begin(person, 'allotments');
  await answerPages(person, 'allotments', answers);
  await person.send();
}

async function refund(app: TestApp, slug: string, reference: string): Promise<void> {
  const manager = new Person(app.origin(slug));
  await signInOfficer(manager, 'helen.shaw', { slug });
  await manager.open(`/desk/payments/${await valueOf(app, 'select payment_id::text from payments.payment where reference = $1', reference)}/refund`);
  await manager.send({ amount: '10.00', reason: 'One bin came late' });
  await manager.send({}, 'step=confirmed');
}

async function fillRiverbourne(app: TestApp): Promise<Omit<Things, 'shared'>> {
  const town = townOf(app, 'riverbourne');
  const here = idOf(app, 'riverbourne');
  for (const problem of PROBLEMS) await reportAProblem(new Person(town.home), problem);
  const owner = new Person(town.home);
  await signInByCode(town, owner, OURS.email, { name: OURS.name });
  const report = await reportAProblem(owner, 'pothole', { contact: { name: OURS.name, email: OURS.email }, photos: [photo('hole.jpg')], description: `Outside ${OURS.words}` });
  const bought = await buyGardenWaste(owner);
  await refund(app, 'riverbourne', (await buyGardenWaste(owner)).reference);

  const manager = new Person(town.home);
  await signInOfficer(manager, 'helen.shaw');
  await manager.open('/desk/connections');
  await manager.send({}, 'Look again now');
  const adviser = new Person(town.home);
  await signInOfficer(adviser, 'gwen.parry');
  await assist(adviser, 'report-a-problem', { problem: 'pothole', isDangerous: 'no', 'place-described': 'By the bridge', potholeSize: 'small', potholeSurface: 'road', description: '', updates: 'no' }, { name: 'Ira Ling', phone: '07700 900444' });
  await assist(adviser, 'garden-waste', { 'property-line1': '1 High Street', 'property-town': 'Riverbourne', 'property-postcode': 'ZZ99 1AA', numberOfBins: '1', getsCouncilTaxReduction: 'no' }, { name: 'Ira Ling', phone: '07700 900444' }, { agreesToTerms: 'yes' });
  const assistedDraft = adviser.path.split('/').at(-2) ?? '';
  await app.drainJobs();

  // Somebody comes by another way in with a mailbox that is an account's already.
  await signInByCode(town, new Person(town.home), 'tom.bell@post.example', { name: 'Tom Bell' });
  const undecided = new Person(town.home);
  await undecided.open('/sign-in');
  await undecided.send({}, undecided.form(({ action }) => action.startsWith('/sign-in/with/')).buttons[0]?.text);
  await undecided.send({}, 'choice=resident-tom-bell');
  if (!undecided.path.startsWith('/sign-in/which/')) throw undecided.lost('should ask which account is meant');

  // What somebody has asked for of their rights.
  for (const kind of ['access', 'erasure']) {
    await owner.open(`/account/data/ask/${kind}`);
    await owner.send();
  }
  await app.drainJobs();

  // What is only begun: a report with a photo, an order that waits for its payment, another way to sign in.
  await begin(owner, 'report-a-problem');
  await answerPages(owner, 'report-a-problem', { ...problemAnswers('pothole'), photos: (person) => addPhoto(person, 'pictures', photo('second.jpg')).then(() => person.open('/account')) }).catch((error: Error) => { if (owner.path !== '/account') throw error; });
  await orderGardenWaste(owner);
  const draftToPay = await valueOf(app, `select draft_id::text from services.draft where council_id = $1 and service = 'garden-waste' and state = 'open' and is_current and owner_key like 'p:%'`, here);
  await confirmAndGoToPay(owner);
  await owner.open(`${town.home}/sign-in?add=`);
  await owner.send({ contact: '07700 900446' });

  const caseId = await valueOf(app, 'select case_id::text from cases."case" where reference = $1', report.reference);
  return {
    owner, report, bought, caseId, draftToPay, challengeId: lastPart(owner), undecided, pendingId: lastPart(undecided), adviser, assistedDraft,
    copyId: await valueOf(app, `select request_id::text from information_rights.request where council_id = $1 and kind = 'access'`, here),
    uprn: await valueOf(app, `select location ->> 'uprn' from cases."case" where reference = $1`, bought.reference),
    personId: await valueOf(app, 'select person_id::text from identity.person where email = $1', OURS.email),
    paymentId: await valueOf(app, 'select payment_id::text from payments.payment where reference = $1', bought.reference),
    documentInCase: await valueOf(app, 'select document_id::text from documents.document where subject_id = $1', caseId),
    documentInDraft: await valueOf(app, `select document_id::text from documents.document where subject_type = 'draft'`),
    messageId: await valueOf(app, `select m.message_id::text from notifications.message m join identity.person p using (council_id, person_id) where p.email = $1 and m.about_type = 'case' order by m.created_at limit 1`, OURS.email),
    officerId: await valueOf(app, `select officer_id::text from identity.officer where name = 'Helen Shaw' and council_id = $1`, here),
  };
}
