import { readFile } from 'node:fs/promises';
import { assureCommand as assure, fetched } from '@guildhall/sharing-command';
import { readAssessment } from '@guildhall/assurance-contract';
import { CannotDo, given, type Command, type Said, type World } from '../command';
import { at, envelopeIn, right } from './documents';
import { TO_CATALOGUES, TO_CATALOGUES_USAGE, catalogues, handIn, seconds } from './handing-in';
import { publisherHome } from './publisher-home';

const USAGE = `Usage: guildhall assure <command> …

  sign …                signs what was found of a package or of a deployment
  check …               whether it is what a council demands; "guildhall assure check" alone says how both are used
  submit FILE           hands a signed assessment in at catalogues: all councils that read them have it

${TO_CATALOGUES_USAGE}
`;

/** What an assessor does: signs what was found, looks whether it is enough, and tells catalogues. */
export const assureCommand: Command = {
  summary: 'signs, checks and hands in what was found of a package or a deployment', usage: USAGE,
  run: ([name = '', ...rest], world) => {
    if (name === 'submit') return submit(rest, world);
    if (name !== 'sign' && name !== 'check') throw new CannotDo(USAGE);
    return assure([name, ...rest], { read: (file) => readFile(at(world, file)), fetch: fetched, now: world.now });
  },
};

async function submit(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, TO_CATALOGUES, USAGE);
  const [named] = positionals;
  if (named === undefined || positionals.length > 1) throw new CannotDo(`Name one file.\n\n${USAGE}`);
  const envelope = await envelopeIn(at(world, named));
  const { subject } = right(readAssessment(envelope), named);
  const to = catalogues(values, await publisherHome(world.folder));
  if (to.length === 0) throw new CannotDo('There is no catalogue to tell: name some in guildhall.json, or with --catalogue.');
  return handIn('assessments', envelope, `what was found of ${subject.map((one) => one.name).join(', ')}`, { to, waitInSeconds: seconds(values.wait) });
}
