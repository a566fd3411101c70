import { readFile } from 'node:fs/promises';
import { assureCommand as assure, fetched } from '@guildhall/sharing-command';
import { COUNTER_CLAIM_TYPE, readAssessment, readCounterClaim, signCounterClaim } from '@guildhall/assurance-contract';
import { documentDigest } from '@guildhall/sharing-contract';
import { CannotDo, given, type Command, type Said, type World } from '../command';
import { at, envelopeIn, instant, keyidOf, needed, right, signerIn, written } from './documents';
import { TO_CATALOGUES, TO_CATALOGUES_USAGE, catalogues, handIn, seconds } from './handing-in';
import { publisherHome } from './publisher-home';

const USAGE = `Usage: guildhall assure <command> …

  sign …                signs what was found of a package or of a deployment
  check …               whether it is what a council demands; "guildhall assure check" alone says how both are used
  counter FILE --claim N=TEXT --key PEM --keyid ID
                        signs what you say against an assessment of your own package or deployment, principle by principle: catalogues show it beside it, and
                        it changes nothing of what it is worth. FILE is what the assessor signed: catalogues hand it out. --take-back in place of --claim takes
                        back what you said before
  submit FILE           hands a signed assessment, or what you say against one, in at catalogues: all councils that read them have it

${TO_CATALOGUES_USAGE}
`;

/** What an assessor does: signs what was found, looks whether it is enough, and tells catalogues. */
export const assureCommand: Command = {
  summary: 'signs, checks and hands in what was found of a package or a deployment', usage: USAGE,
  run: ([name = '', ...rest], world) => {
    if (name === 'submit') return submit(rest, world);
    if (name === 'counter') return counter(rest, world);
    if (name !== 'sign' && name !== 'check') throw new CannotDo(USAGE);
    return assure([name, ...rest], { read: (file) => readFile(at(world, file)), fetch: fetched, now: world.now });
  },
};

async function submit(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, TO_CATALOGUES, USAGE);
  const [named] = positionals;
  if (named === undefined || positionals.length > 1) throw new CannotDo(`Name one file.\n\n${USAGE}`);
  const envelope = await envelopeIn(at(world, named));
  const what = envelope.payloadType === COUNTER_CLAIM_TYPE ? `what ${right(readCounterClaim(envelope), named).by} says against what was found` : `what was found of ${right(readAssessment(envelope), named).subject.map((one) => one.name).join(', ')}`;
  const to = catalogues(values, await publisherHome(world.folder));
  if (to.length === 0) throw new CannotDo('There is no catalogue to tell: name some in guildhall.json, or with --catalogue.');
  return handIn('assessments', envelope, what, { to, waitInSeconds: seconds(values.wait) });
}

async function counter(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { claim: { type: 'string', multiple: true }, 'take-back': { type: 'boolean' }, key: { type: 'string' }, keyid: { type: 'string' } }, USAGE);
  const [named] = positionals;
  if (named === undefined || positionals.length > 1) throw new CannotDo(`Name one file.\n\n${USAGE}`);
  const envelope = await envelopeIn(at(world, named));
  const { predicate: { findings } } = right(readAssessment(envelope), named);
  const claims = (values.claim ?? []).map((claim) => {
    const [, principle, text] = /^([1-9]\d?)=(.+)$/s.exec(claim) ?? [];
    if (principle === undefined || text === undefined) throw new CannotDo('--claim is the number of a principle and a text: 10="Keys were changed since."');
    if (!findings.some((finding) => finding.principle === principle)) throw new CannotDo(`${named} says nothing of principle ${principle}.`);
    return { principle, text };
  });
  if ((claims.length > 0) === (values['take-back'] === true)) throw new CannotDo('Say something with --claim, or take back what you said with --take-back.');
  const { keyid, publisher: by } = keyidOf(needed(values.keyid, 'keyid', USAGE));
  return { code: 0, out: written(signCounterClaim({ assessment: documentDigest(envelope), by, at: instant(world.now), claims }, await signerIn(at(world, needed(values.key, 'key', USAGE)), keyid))) };
}
