import { NCSC_CLOUD_PRINCIPLES } from '@guildhall/assurance-contract';
import { agreementSentence, checkAgreement, dateAfter, openAgreement, partiesOf, readAgreement, readEnvelope, signAgreement, ukDay, type Agreement, type AttributeId, type Body, type Vocabulary } from '@guildhall/sharing-contract';
import { CannotDo, files, given, needed, said, type Said, type World } from './command';
import { agreement, bodies, json, right, signer, vocabulary } from './documents';

/** What the author writes in its place: `check` finds none of it, a reader does. */
const TO_WRITE = { en: 'To be written', cy: 'I’w ysgrifennu' };

/**
 * The text of an agreement to begin with, with what is not known in its place, so that everything which it must say stands in the file. It asks for the strictest: a yes first, and an independent look at the systems.
 * @throws CannotDo when a word is not known
 */
export async function drafted(argv: readonly string[], world: World, usage: string): Promise<Said> {
  const { values } = given(argv, { id: { type: 'string' }, holder: { type: 'string' }, receiver: { type: 'string' }, purpose: { type: 'string' }, attribute: { type: 'string', multiple: true }, area: { type: 'string' }, vocabulary: { type: 'string' } }, usage);
  const [holder, receiver] = (await bodies(world, [needed(values.holder, 'holder', usage), needed(values.receiver, 'receiver', usage)])) as [Body, Body];
  const words = await vocabulary(world, values.vocabulary, [holder, receiver]);
  const [purpose, attributes] = [needed(values.purpose, 'purpose', usage), (values.attribute ?? []) as AttributeId[]];
  known(purpose, words.purposes.map(({ id }) => id), 'purpose');
  if (attributes.length === 0) needed(undefined, 'attribute', usage);
  for (const id of attributes) known(id, words.attributes.map((one) => one.id), 'attribute');
  const [, code, area] = /^([EWSNK]\d{8}) (.+)$/.exec(needed(values.area, 'area', usage)) ?? [];
  if (!code || !area) throw new CannotDo('--area is a code and a name: "E07000999 Riverbourne".');
  const from = ukDay(world.now);
  const isSpecial = attributes.some((id) => words.attributes.find((one) => one.id === id)?.sensitivity === 'special-category');
  const fields: Omit<Agreement, 'sentence'> = {
    id: needed(values.id, 'id', usage), version: 1, name: TO_WRITE, from, until: dateAfter(from, 'P2Y'), review: dateAfter(from, 'P1Y'), holders: [holder.id], receivers: [receiver.id], purpose, benefit: TO_WRITE,
    lawfulBasis: 'public-task', power: { ref: TO_WRITE.en }, special: isSpecial ? { condition: 'health-or-social-care', ref: TO_WRITE.en } : null, attributes,
    choice: { mode: 'opt-in', withoutIt: TO_WRITE, onWithdrawal: 'stop-using', keptBecause: null }, retention: 'P1Y', dpia: null, children: null, automatedDecision: null, channels: [{ network: 'internet', device: 'server' }],
    assurance: [{ on: 'deployment', standard: NCSC_CLOUD_PRINCIPLES, principles: ['1', '2', '9', '10'], by: 'third-party', within: 'P400D' }], guidelines: [], processors: [], areas: [{ code, name: area }],
    contacts: { [holder.id]: `to-be-written@${holder.id}.invalid`, [receiver.id]: `to-be-written@${receiver.id}.invalid` },
  };
  return said(0, [], true, right(readAgreement({ ...fields, sentence: agreementSentence(fields, words) }), 'The agreement'));
}

/** Signs the text for a body: what its law finds wrong, and what is still to be written, is not signed. @throws CannotDo */
export async function signed(argv: readonly string[], world: World, usage: string): Promise<Said> {
  const { values, positionals } = given(argv, { key: { type: 'string' }, keyid: { type: 'string' }, body: { type: 'string', multiple: true }, vocabulary: { type: 'string' } }, usage);
  const [file] = files(positionals, 1, usage);
  const by = await signer(world, needed(values.key, 'key', usage), needed(values.keyid, 'keyid', usage));
  const [document, known] = [await agreement(world, file), await bodies(world, values.body)];
  const id = by.keyid.split('#')[0] ?? '';
  if (!partiesOf(document).includes(id)) throw new CannotDo(`${id} is no party to ${document.id}: it is between ${partiesOf(document).join(' and ')}.`);
  const wrong = faults(document, await vocabulary(world, values.vocabulary, known), ukDay(world.now));
  if (wrong.length > 0) return { code: 1, out: '', err: wrong.map((sentence) => `${sentence}\n`).join('') };
  const before = readEnvelope(await json(world, file));
  const envelope = signAgreement(document, by, before.ok ? before.value : undefined);
  const opened = openAgreement(envelope, known, world.now);
  // Without their bodies nobody's signature can be looked at, and the one that was just made is there all the same.
  const missing = opened.ok ? opened.value.missing.filter((one) => one !== id) : [];
  return { ...said(0, [], true, envelope), err: missing.length > 0 ? `Signed for ${id}. Not signed yet, as far as can be seen here: ${missing.join(', ')}.\n` : `Signed for ${id}, and so by all.\n` };
}

function faults(document: Agreement, words: Vocabulary, on: string): readonly string[] {
  const open = Object.entries(document).filter(([, value]) => [TO_WRITE.en, TO_WRITE.cy, '.invalid"'].some((one) => JSON.stringify(value).includes(one))).map(([field]) => `Still to be written: ${field}.`);
  return [...open, ...checkAgreement(document, words, on).filter(({ holds }) => !holds).map(({ text }) => text.en)];
}

function known(id: string, ids: readonly string[], what: string): void {
  if (!ids.includes(id)) throw new CannotDo(`The vocabulary has no ${what} ${id}. It has: ${ids.join(', ')}.`);
}
