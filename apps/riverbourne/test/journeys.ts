import { setTimeout as wait } from 'node:timers/promises';
import { formsOnPage, linksOnPage, textOf } from './forms-on-page';
import { Person, type ChosenFile, type Filled } from './person';

/** A council that is running somewhere: where, and how to let it do the work that waits. */
export interface Town {
  /** The origin of the council's site. */
  readonly home: string;
  /** Returns when no work waits, or after a moment where a worker runs by itself. */
  work(): Promise<unknown>;
}

/** Where a journey ended. */
export interface Confirmation {
  readonly reference: string;
  /** The page with the reference: `/services/<slug>/done/<draft>`. */
  readonly donePath: string;
  readonly draftId: string;
  /** With the secret of the link; absent while the case is still being filed. */
  readonly statusPath?: string;
  readonly receiptPath?: string;
}

/** What somebody answers on one page: what they fill in, or what they do there. */
export type Answer = Filled | ((person: Person) => Promise<unknown>);
/** Answers by the last part of the page's address. */
export type Answers = Readonly<Record<string, Answer>>;

/** The kinds of problem that can be reported. */
export type Problem = 'pothole' | 'street-light' | 'fly-tipping' | 'missed-bin';
/** All of them. */
export const PROBLEMS: readonly Problem[] = ['pothole', 'street-light', 'fly-tipping', 'missed-bin'];

/** Invented people who come often. */
export const NOBODY_SPECIAL = { name: 'Pat Whistlewood', email: 'pat.whistlewood@post.example', phone: '07700 900321' } as const;

const CODE = /\b\d{6}\b/;
const PATIENCE_IN_MS = 15_000;

/** What is in the outbox for somebody, the newest first: the address of each message's page. */
export async function outboxOf(town: Town, contact: string): Promise<readonly string[]> {
  const reader = new Person(town.home);
  await reader.open('/outbox');
  await reader.send({ to: contact });
  return linksOnPage(reader.page.html).map(({ href }) => href).filter((href) => /^\/outbox\/[^/]+$/.test(href));
}

/** The words of a message in the outbox. */
export async function messageAt(town: Town, path: string): Promise<string> {
  const reader = new Person(town.home);
  const { html } = await reader.open(path);
  return textOf(/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '');
}

/** Waits for the newest message to somebody that was not there before and says this; returns its words. */
export async function newMessage(town: Town, contact: string, before: readonly string[], saying: RegExp = /./): Promise<string> {
  return untilOneSays(town, async () => Promise.all((await outboxOf(town, contact)).filter((path) => !before.includes(path)).map((path) => messageAt(town, path))), saying);
}

/** Lets the council work until one of its messages says this; returns the words of the first that does. */
export async function untilOneSays(town: Town, messages: () => Promise<readonly string[]>, saying: RegExp): Promise<string> {
  for (const until = Date.now() + PATIENCE_IN_MS; Date.now() < until; await wait(100)) {
    await town.work();
    const found = (await messages()).find((words) => saying.test(words));
    if (found !== undefined) return found;
  }
  throw new Error(`No message that says ${String(saying)} came within 15 seconds.`);
}

/** Signs in by a code that is sent, and gives a name when asked. Ends where `next` leads. */
export async function signInByCode(town: Town, person: Person, contact: string, { name = NOBODY_SPECIAL.name, language = 'en', next = '/account' }: { readonly name?: string; readonly language?: 'en' | 'cy'; readonly next?: string } = {}): Promise<void> {
  const before = await outboxOf(town, contact);
  if (!person.hasPage || person.path !== '/sign-in') await person.open(`/sign-in?next=${encodeURIComponent(next)}`);
  await person.send({ contact });
  expectAt(person, /^\/sign-in\/code\//);
  await person.send({ code: CODE.exec(await newMessage(town, contact, before, CODE))?.[0] ?? '' });
  if (person.path === '/sign-in/details') await person.send({ name, language });
  if (person.path.startsWith('/sign-in')) throw person.lost('should be the page after signing in');
}

/** Signs an officer in at the development identity provider: `helen.shaw`. */
export async function signInOfficer(person: Person, mailbox: string, { slug = 'riverbourne', next = '/desk' }: { readonly slug?: string; readonly next?: string } = {}): Promise<void> {
  await person.open(`/desk/sign-in?next=${encodeURIComponent(next)}`);
  await person.send({}, /./);
  await person.send({}, `choice=officer-${slug}-${mailbox}`);
  expectAt(person, /^\/desk(?!\/sign-in)/);
}

/** Signs a resident in at the development identity provider: `tom-bell`. */
export async function signInDemoResident(person: Person, who: string, next = '/account'): Promise<void> {
  await person.open(`/sign-in?next=${encodeURIComponent(next)}`);
  const farEnd = person.form(({ action }) => action.startsWith('/sign-in/with/'));
  await person.send({}, farEnd.buttons[0]?.text);
  await person.send({}, `choice=resident-${who}`);
  if (person.path === '/sign-in/details') await person.send({});
  if (person.path.startsWith('/sign-in')) throw person.lost('should be the page after signing in');
}

/** Searches for an address by postcode, and chooses the first one that is found. */
export function findsAddress(question: string, postcode: string): Answer {
  return async (person) => {
    await person.send({ [`${question}-find`]: postcode }, `${question}-action=find`);
    const found = person.choices(`${question}-choice`).find((value) => value.startsWith('uprn:'));
    if (!found) throw person.lost(`should offer addresses in ${postcode}`);
    await person.send({ [`${question}-choice`]: found }, CONTINUE);
  };
}

/** Searches for a street, and chooses the first one that is found. */
export function findsStreet(question: string, words: string): Answer {
  return async (person) => {
    await person.send({ [`${question}-find`]: words }, `${question}-action=find`);
    const found = person.choices(`${question}-choice`).find((value) => value.startsWith('usrn:'));
    if (!found) throw person.lost(`should offer streets called ${words}`);
    await person.send({ [`${question}-choice`]: found }, CONTINUE);
  };
}

/** Adds a photo. @throws Error when it is not among those that were taken */
export async function addPhoto(person: Person, question: string, chosen: ChosenFile): Promise<void> {
  await person.send({ [question]: chosen }, `${question}-action=add`);
  if (!hasPhoto(person, chosen.name)) throw person.lost(`should show the photo ${chosen.name}`);
}

/** Whether the page for photos shows one of this name. */
export function hasPhoto(person: Person, name: string): boolean {
  return person.text.includes(`photo ${name}`) || person.text.includes(`llun ${name}`);
}

/** Adds photos one after another, and goes on. */
export function addsPhotos(question: string, photos: readonly ChosenFile[]): Answer {
  return async (person) => {
    for (const chosen of photos) await addPhoto(person, question, chosen);
    await person.send({}, CONTINUE);
  };
}

const CONTINUE = /^(Continue|Parhau)$/;

/** Opens the start of a service and begins. */
export async function begin(person: Person, service: string): Promise<void> {
  await person.open(`/services/${service}`);
  await person.follow(/^(Start now|Dechrau nawr)/);
}

/** Answers the pages of a service from where somebody stands, up to the page on which they check what they said. */
export async function answerPages(person: Person, service: string, answers: Answers): Promise<void> {
  const pages = `/services/${service}/`;
  for (let count = 0; count < 40; count++) {
    if (person.page.status >= 400 || !person.path.startsWith(pages)) throw person.lost(`should be a page of ${service}`);
    const slug = person.path.slice(pages.length);
    if (slug === 'check-answers') return;
    const answer = answers[slug];
    if (answer === undefined) throw person.lost(`asks what nobody said how to answer (${slug})`);
    const before = person.path;
    await saysToTypeItThemselves(person);
    if (typeof answer === 'function') await answer(person);
    else await person.send(answer, CONTINUE);
    if (person.path === before) throw person.lost('took the answer and did not go on');
  }
  throw person.lost('comes after forty others');
}

/** Where an answer is there already, or could be had of another body: what these people say is typed. */
async function saysToTypeItThemselves(person: Person): Promise<void> {
  const press = formsOnPage(person.page.html).flatMap(({ buttons }) => buttons).find(({ name, value }) => name?.endsWith('-press') && value === 'type');
  if (press) await person.send({}, `${press.name ?? ''}=type`);
}

/** What somebody says of a problem. */
export function problemAnswers(problem: Problem, { contact, photos = [], description = '' }: { readonly contact?: { readonly name: string; readonly email: string } | { readonly name: string; readonly phone: string }; readonly photos?: readonly ChosenFile[]; readonly description?: string } = {}): Answers {
  const byText = contact && 'phone' in contact;
  return {
    problem: { problem }, danger: { isDangerous: 'no' }, where: findsStreet('place', 'High Street'), 'your-bin': findsAddress('property', 'ZZ99 1AA'),
    pothole: { potholeSize: 'large', potholeSurface: 'road' }, 'street-light': { lightFault: 'out' }, 'light-number': { lightNumber: 'HS 14' },
    rubbish: { rubbishKinds: ['bags', 'tyres'], rubbishAmount: 'car' }, witness: { sawIt: 'yes' }, 'what-you-saw': { whatYouSaw: 'A white van with no number plate, on Sunday evening.' },
    'which-bin': { binKind: 'recycling' }, 'collection-day': answersADate('collectionDay'), 'bin-was-out': { binWasOut: 'yes' },
    description: { description }, photos: addsPhotos('pictures', photos), updates: { updates: contact ? (byText ? 'text' : 'email') : 'no' },
    contact: contact ? (byText ? { yourName: contact.name, mobile: contact.phone } : { yourName: contact.name, email: (contact as { email: string }).email }) : {},
  };
}

/** A day in the last week, whatever the fields are called. */
function answersADate(question: string, daysAgo = 2): Answer {
  return (person) => {
    const day = new Date(Date.now() - daysAgo * 86_400_000);
    return person.send({ [`${question}-day`]: String(day.getUTCDate()), [`${question}-month`]: String(day.getUTCMonth() + 1), [`${question}-year`]: String(day.getUTCFullYear()) }, CONTINUE);
  };
}

/** Reports a problem, up to the reference. */
export async function reportAProblem(person: Person, problem: Problem, said: Parameters<typeof problemAnswers>[1] = {}): Promise<Confirmation> {
  await begin(person, 'report-a-problem');
  await answerPages(person, 'report-a-problem', problemAnswers(problem, said));
  await person.send();
  return confirmationOn(person);
}

/** What somebody says who wants garden waste taken: the first address of a postcode. */
export const gardenWasteAnswers = ({ bins = '1', reduced = 'no', postcode = 'ZZ99 1AA' } = {}): Answers => ({
  address: findsAddress('property', postcode), gate: { hasLockedGate: 'no' }, 'number-of-bins': { numberOfBins: bins }, concession: { getsCouncilTaxReduction: reduced },
});

/** Orders a garden waste collection, up to the page on which the answers are checked. Somebody must be signed in. */
export async function orderGardenWaste(person: Person, order: Parameters<typeof gardenWasteAnswers>[0] = {}): Promise<void> {
  await begin(person, 'garden-waste');
  await answerPages(person, 'garden-waste', gardenWasteAnswers(order));
}

/** Confirms what was checked. Ends on the page of the payment provider. */
export async function confirmAndGoToPay(person: Person): Promise<void> {
  await person.send({ agreesToTerms: 'yes' });
  if (person.page.url.origin === person.home || person.page.status !== 200) throw person.lost('should be the page on which a card is entered');
}

/** The cards of both practice providers that do the same at each, and those of one. */
export const CARDS = {
  redirect: { succeeds: '4444333322221111', declined: '4000000000000002', fails: '4000000000000119', slow: '4000000000003220' },
  session: { succeeds: '4242424242424242', declined: '4000000000000002', fails: '4000000000000119', slow: '4000000000000077' },
} as const;

/** What cards do, and the number of one that does it. */
export type Cards = Readonly<Record<keyof (typeof CARDS)['redirect'], string>>;

/** Enters a card on the page of either practice provider or of a simulator, and pays. Ends where the provider leads back to. */
export async function payByCard(person: Person, what: keyof Cards = 'succeeds', holder = 'Alex Example', cards: Cards = CARDS.redirect): Promise<void> {
  const year = String((new Date().getUTCFullYear() + 3) % 100);
  if (person.offers('cardNumber')) await person.send({ cardNumber: cards[what], expiryMonth: '12', expiryYear: year, holder, securityCode: '123' });
  else await person.send({ card: CARDS.session[what], month: '12', year, holder, cvc: '123' }, 'do=pay');
}

/** Buys garden waste from start to receipt. Somebody must be signed in. */
export async function buyGardenWaste(person: Person, order: Parameters<typeof gardenWasteAnswers>[0] = {}, cards?: Cards): Promise<Confirmation> {
  await orderGardenWaste(person, order);
  await confirmAndGoToPay(person);
  await payByCard(person, 'succeeds', undefined, cards);
  return confirmationOn(person);
}

/** Reads the last page of a journey. */
export function confirmationOn(person: Person): Confirmation {
  expectAt(person, /^\/services\/[^/]+\/done\//);
  const reference = /<strong[^>]*>([A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4})<\/strong>/.exec(person.page.html)?.[1];
  if (!reference) throw person.lost('should say the reference');
  const links = linksOnPage(person.page.html).map(({ href }) => href);
  const statusPath = links.find((href) => href.startsWith('/status/'));
  const receiptPath = links.find((href) => /^\/payments\/[^/]+\/receipt$/.test(href));
  return { reference, donePath: person.path, draftId: person.path.split('/').at(-1) ?? '', ...(statusPath && { statusPath }), ...(receiptPath && { receiptPath }) };
}

/** A caller, as an adviser writes them down. */
export interface Caller { readonly name: string; readonly phone?: string; readonly email?: string; readonly address?: { readonly line1: string; readonly town: string; readonly postcode: string } }

/** An adviser fills a service in for somebody on the telephone: the screen grows with the answers. Ends on the page that says it is sent. */
export async function assist(person: Person, service: string, answers: Filled, caller: Caller, declared: Filled = {}): Promise<void> {
  await person.open(`/desk/assist/${service}`);
  const wanted: Record<string, Filled[string]> = {
    ...answers, assistedName: caller.name, assistedAuthority: 'caller-for-themselves', assistedChecks: ['name-and-address'],
    ...(caller.phone && { assistedPhone: caller.phone }), ...(caller.email && { assistedEmail: caller.email }),
    ...(caller.address && { 'assistedAddress-line1': caller.address.line1, 'assistedAddress-town': caller.address.town, 'assistedAddress-postcode': caller.address.postcode }),
  };
  // What is not asked yet is opened by what was answered before.
  for (let round = 0; round < 8; round++) {
    const now = Object.fromEntries(Object.entries(wanted).filter(([name]) => person.offers(name)));
    const isAllThere = Object.keys(wanted).every((name) => person.offers(name));
    if (isAllThere) break;
    await person.send(now, 'action=update');
  }
  await person.send({ ...wanted, ...declared }, 'action=send');
  expectAt(person, /^\/desk\/assist\/[^/]+\/[^/]+\/sent$/);
}

/** The reference on the page that says that an assisted order is sent. */
export function assistedReference(person: Person): string {
  const found = /<strong[^>]*>([A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4})<\/strong>/.exec(person.page.html)?.[1];
  if (!found) throw person.lost('should say the reference');
  return found;
}

/** @throws Error when somebody is somewhere else, or the page is not a good one */
export function expectAt(person: Person, path: RegExp): void {
  if (person.page.status !== 200 || person.page.url.origin !== person.home || !path.test(person.path)) throw person.lost(`should be ${String(path)}`);
}

/** The smallest photograph: grey, 32 by 24 points. */
const JPEG = Buffer.from('/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAYACADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAAL/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCICFAAAAAAP//Z', 'base64');

/** A photo with a remark inside the file, as cameras leave them: photos with different remarks are different files. */
export function photo(name: string, remark: string = name): ChosenFile {
  const text = Buffer.from(remark);
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, (text.length + 2) >> 8, (text.length + 2) & 0xff]), text]);
  return { name, type: 'image/jpeg', bytes: Buffer.concat([JPEG.subarray(0, 2), comment, JPEG.subarray(2)]) };
}
