import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SEVERITIES, noticeSchema, openNotice, readNotice, signNotice, type Notice, type NoticeKind } from '@guildhall/catalogue-contract';
import { canonicalize, documentReader, type Envelope } from '@guildhall/sharing-contract';
import { validRange } from 'semver';
import { CannotDo, given, type Command, type Said, type World } from '../command';
import { at, envelopeIn, instant, needed, right, signerIn, written } from './documents';
import { TO_CATALOGUES, TO_CATALOGUES_USAGE, bringPublisher, catalogues, handIn, seconds } from './handing-in';
import { npm, reasonOf } from './npm';
import { publisherHome, signedPublisher } from './publisher-home';

const OWN: Readonly<Record<NoticeKind, string>> = {
  deprecation: `  --replacement NAME    the package to take instead
  --until DAY           the last day on which this one is looked after: 2027-06-30
`,
  advisory: `  --severity SEVERITY   ${SEVERITIES.join(', ')}
  --mended-in VERSION   the first version without the fault
`,
  withdrawal: '',
};
const usage = (name: string, kind: NoticeKind, does: string): string => `Usage: guildhall ${name} PACKAGE@RANGE --text TEXT --text-cy TEXT --key PEM --keyid ID [options]

${does} It reaches every council that runs what it is about, through the catalogues and "guildhall doctor"; npm warns of it where the registry allows that.
Said again of the same package and range, it takes the place of the one before.

  PACKAGE@RANGE         '@westmarch/parking@<2.0.0', as npm writes ranges; without a range, every version
  --text, --text-cy     what is so and what to do, in English and in Welsh
${OWN[kind]}  --id ID               its own name, where there is to be another about the same: westmarch-2026-3
${TO_CATALOGUES_USAGE}
`;
const command = (name: string, kind: NoticeKind, summary: string, does: string): Command => { const told = usage(name, kind, does); return { summary, usage: told, run: (argv, world) => run(kind, told, argv, world) }; };

export const deprecateCommand = command('deprecate', 'deprecation', 'tells councils what to take instead', 'Tells that releases are not to be taken any more, what takes their place, and until when they are looked after.');
export const adviseCommand = command('advise', 'advisory', 'tells councils of a fault that concerns safety', 'Tells of a fault that concerns safety.');
export const withdrawCommand = command('withdraw', 'withdrawal', 'tells councils not to run a release', 'Tells that releases must not be run.');

const read = documentReader<Notice>(noticeSchema, 'a notice');

async function run(kind: NoticeKind, told: string, argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, {
    ...TO_CATALOGUES, key: { type: 'string' }, keyid: { type: 'string' }, id: { type: 'string' }, text: { type: 'string' }, 'text-cy': { type: 'string' },
    replacement: { type: 'string' }, until: { type: 'string' }, severity: { type: 'string' }, 'mended-in': { type: 'string' },
  }, told);
  for (const option of ['replacement', 'until', 'severity', 'mended-in'] as const) if (values[option] !== undefined && !OWN[kind].includes(`--${option} `)) throw new CannotDo(`--${option} says nothing of ${kind === 'advisory' ? 'an' : 'a'} ${kind}.\n\n${told}`);
  const { name, range } = named(positionals, told);
  const home = await publisherHome(world.folder);
  const states = await signedPublisher(home, world.now);
  const signer = await signerIn(at(world, needed(values.key, 'key', told)), needed(values.keyid, 'keyid', told));
  const id = values.id ?? `${states.newest.id}-${kind}-${createHash('sha256').update(`${name}@${range}`).digest('hex').slice(0, 10)}`;
  const text = { en: needed(values.text, 'text', told), cy: needed(values['text-cy'], 'text-cy', told) };
  const notice = right(read({
    id, publisher: states.newest.id, kind, package: name, versions: range, text, at: instant(world.now),
    ...(values.replacement !== undefined && { replacement: values.replacement }), ...(values.until !== undefined && { until: values.until }), ...(kind === 'advisory' && { severity: needed(values.severity, 'severity', told) }), ...(values['mended-in'] !== undefined && { mendedIn: values['mended-in'] }),
  }), 'The notice');
  const { file, envelope } = await kept(path.join(path.dirname(home.draft), 'notices', `${id}.json`), notice, () => signNotice(notice, signer));
  right(openNotice(envelope, states.newest, world.now), file);
  const warned = await npm(['deprecate', `${name}@${range}`, text.en], world.folder, world);
  const waitInSeconds = seconds(values.wait);
  const to = catalogues(values, home);
  const handed = await handIn('notices', envelope, `the ${kind} of ${name}@${range}`, { to, waitInSeconds, first: (client) => bringPublisher(client, states, waitInSeconds, world) });
  return { code: handed.code, out: [`It is signed, and kept in ${file}. Commit it.`, warned.code === 0 ? 'npm warns of it.' : `npm does not warn of it: ${reasonOf(warned)}`, ...(to.length === 0 ? ['It has reached no council: name catalogues in guildhall.json, or with --catalogue.'] : [])].map((line) => `${line}\n`).join('') + handed.out };
}

/** @throws CannotDo */
function named(positionals: readonly string[], told: string): { readonly name: string; readonly range: string } {
  const [, name, range = '*'] = /^(@[^@/]+\/[^@/]+)(?:@(.+))?$/.exec(positionals[0] ?? '') ?? [];
  if (name === undefined || positionals.length !== 1) throw new CannotDo(`Name one package, with its scope, and a range of its versions.\n\n${told}`);
  if (validRange(range) === null) throw new CannotDo(`${range} is no range of versions.`);
  return { name, range };
}

/** Run again, it is the notice that was signed before: a second one with a later instant would only be another. */
async function kept(file: string, notice: Notice, sign: () => Envelope): Promise<{ readonly file: string; readonly envelope: Envelope }> {
  if (existsSync(file)) {
    const before = await envelopeIn(file);
    const opened = readNotice(before);
    if (opened.ok && canonicalize({ ...opened.value, at: '' }) === canonicalize({ ...notice, at: '' })) return { file, envelope: before };
  }
  const envelope = sign();
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, written(envelope));
  return { file, envelope };
}
