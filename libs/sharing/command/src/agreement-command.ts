import type { Text } from '@guildhall/kernel-contract';
import { agreementSentence, checkAgreement, choiceReceipt, diffAgreements, documentDigest, objections, readChoice, registerEntry, REGISTER_FIELDS, ukDay, unsettled } from '@guildhall/sharing-contract';
import { stringify } from 'csv-stringify/sync';
import { drafted, signed } from './agreement-drafting';
import { CannotDo, chosen, files, given, languageOf, needed, said, type Said, type World } from './command';
import { agreement, bodies, guidelines, json, right, used, vocabulary } from './documents';

const USAGE = `Usage: agreement <command> FILE …

  draft --id ID         the text of an agreement to begin with, with --holder FILE, --receiver FILE (what their nodes say at /sharing/body), --purpose P, --attribute A and --area "CODE NAME"
  check FILE            what an agreement must have, and what stands against it in the guidelines that are named
  diff BEFORE AFTER     what differs between two versions
  objections FILE       what stands against it in the guidelines that are named; --as BODY: in that body's only
  sign FILE             signs it for one of its parties, beside whoever has: with --key PEM and --keyid ID ("trust-list key" makes one) and --body FILE for each
  sentence FILE         what residents read, made from its fields
  export FILE --dea     the eighteen fields of the register (Digital Economy Act 2017), as CSV
  export FILE --27560   the receipt of a choice (ISO/IEC TS 27560), with --choice, --notice-url and --withdrawal-url

  FILE                  the agreement's text (JSON), or signed
  --guideline FILE      what a body holds to be right; as often as there are some
  --used FILE           what those who ask ask for, and what for, all of it: [{ "attribute": "address.current", "purpose": "garden-waste-concession" }]
  --body FILE           what a node says of itself at /sharing/body: its name; as often as there are some
  --vocabulary FILE     the words that it is made of; the starter's unless told
  --on DATE             check: as on that day
  --language en|cy      sentence, export: English unless told
  --json                for programs

Ends with 0 when nothing is wrong, 1 when something is (of diff: differs), 2 when it cannot be looked at.
`;
const WORDS = { guideline: { type: 'string', multiple: true }, used: { type: 'string' }, body: { type: 'string', multiple: true }, vocabulary: { type: 'string' }, json: { type: 'boolean' } } as const;

/** Agreements without a node: the same functions by which bodies decide, on files. @public */
export function agreementCommand(argv: readonly string[], world: World): Promise<Said> { return chosen(argv, { draft: (rest, there) => drafted(rest, there, USAGE), check, diff, objections: objected, sign: (rest, there) => signed(rest, there, USAGE), sentence, export: exported }, USAGE, world); }

async function check(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { ...WORDS, on: { type: 'string' } }, USAGE);
  const [file] = files(positionals, 1, USAGE);
  const on = values.on ?? ukDay(world.now);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(on)) throw new CannotDo('--on is a day like 2026-11-30.');
  const [document, words, rules] = [await agreement(world, file), await vocabulary(world, values.vocabulary, await bodies(world, values.body)), await guidelines(world, values.guideline)];
  const findings = checkAgreement(document, words, on);
  const asked = { vocabulary: words, used: await used(world, values.used) };
  const against = objections(document, rules, asked);
  const open = unsettled(rules, asked);
  const wrong = [...findings.filter(({ holds }) => !holds), ...against];
  return said(wrong.length ? 1 : 0, [...findings.map(({ holds, text }) => `${holds ? 'ok  ' : 'MEND'}  ${text.en}`), ...against.map(({ text }) => `MEND  ${text.en}`), ...open.map(({ text }) => `?     ${text.en}`)], values.json, { findings: findings.map(inEnglish), objections: against.map(inEnglish), unsettled: open.map(inEnglish) });
}

async function diff(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { body: WORDS.body, vocabulary: WORDS.vocabulary, json: WORDS.json }, USAGE);
  const [before, after] = files(positionals, 2, USAGE);
  const differences = diffAgreements(await agreement(world, before), await agreement(world, after), await vocabulary(world, values.vocabulary, await bodies(world, values.body)));
  return said(differences.length ? 1 : 0, differences.length ? differences.map(({ text }) => text.en) : ['Nothing differs.'], values.json, differences.map(inEnglish));
}

async function objected(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { ...WORDS, as: { type: 'string' } }, USAGE);
  const [file] = files(positionals, 1, USAGE);
  const rules = (await guidelines(world, values.guideline)).filter(({ by }) => values.as === undefined || by === values.as);
  if (rules.length === 0) throw new CannotDo(values.as === undefined ? `--guideline is missing: without rules nobody objects.\n\n${USAGE}` : `No guideline is by ${values.as}: nobody can say whether it would agree.`);
  const words = await vocabulary(world, values.vocabulary, await bodies(world, values.body));
  const asked = { vocabulary: words, used: await used(world, values.used) };
  const against = objections(await agreement(world, file), rules, asked);
  const open = unsettled(rules, asked);
  return said(against.length ? 1 : 0, [...(against.length ? against.map(({ text }) => text.en) : ['Nothing stands against it.']), ...open.map(({ text }) => text.en)], values.json, { objections: against.map(inEnglish), unsettled: open.map(inEnglish) });
}

async function sentence(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { ...WORDS, language: { type: 'string' } }, USAGE);
  const [file] = files(positionals, 1, USAGE);
  const [language, document] = [languageOf(values.language), await agreement(world, file)];
  const made = agreementSentence(document, await vocabulary(world, values.vocabulary, await bodies(world, values.body)));
  const isSame = document.sentence.en === made.en && document.sentence.cy === made.cy;
  return { ...said(isSame ? 0 : 1, [made[language]], values.json, { ...made, isSame }), ...(!isSame && { err: `${file} has another sentence: "${document.sentence[language]}"\n` }) };
}

async function exported(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { ...WORDS, dea: { type: 'boolean' }, '27560': { type: 'boolean' }, choice: { type: 'string' }, 'notice-url': { type: 'string' }, 'withdrawal-url': { type: 'string' } }, USAGE);
  const [file] = files(positionals, 1, USAGE);
  if (values.dea === values['27560']) throw new CannotDo(`Choose one: --dea or --27560.\n\n${USAGE}`);
  const [document, words] = [await agreement(world, file), await vocabulary(world, values.vocabulary, await bodies(world, values.body))];
  if (values.dea) {
    const entry = registerEntry(document, words);
    return values.json ? said(0, [], true, entry) : { code: 0, out: stringify([REGISTER_FIELDS.map((field) => field), REGISTER_FIELDS.map((field) => entry[field])], { escape_formulas: true }) };
  }
  const named = needed(values.choice, 'choice', USAGE);
  const choice = right(readChoice(await json(world, named)), named);
  if (choice.agreement !== document.id) throw new CannotDo(`${named} is a choice about ${choice.agreement}, and not about ${document.id}.`);
  return said(0, [], true, choiceReceipt(document, choice, words, { recordId: documentDigest(choice), noticeUrl: needed(values['notice-url'], 'notice-url', USAGE), withdrawalUrl: needed(values['withdrawal-url'], 'withdrawal-url', USAGE) }));
}

/** Whoever works at a command line works in English. */
function inEnglish<One extends { readonly text: Text }>(one: One): Omit<One, 'text'> & { readonly text: string } { return { ...one, text: one.text.en }; }
