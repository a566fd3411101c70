import { agreementBetween, requestUnder, riverbourneAndAldermoor, worldOf } from '../testing';
import { MerkleTree, answerDigest, answerFault, contentDigest, decide, entryBytes, entryOf, formatCheckpoint, leafHash, signNote, type Entry, type Evidence, type ExchangeAnswer, type World } from '../index';

const { receiver, holder, vocabulary } = riverbourneAndAldermoor();
const agreement = agreementBetween(receiver, holder, vocabulary);
const request = requestUnder(agreement);
const now = new Date('2026-11-22T13:00:00Z');
const question = contentDigest(JSON.stringify(request));
const RECEIVES: Evidence = { attribute: 'council-tax-reduction.receives', value: true, asOf: '2026-11-01', source: 'council-tax-register', verified: null };

/** An answer as an honest body gives it, but for what is changed before it is written down. */
function answered({ evidence = [RECEIVES], world = {}, entry: changes = {} }: { readonly evidence?: readonly Evidence[]; readonly world?: Partial<World>; readonly entry?: Partial<Entry> } = {}): ExchangeAnswer {
  const decision = decide(request, worldOf(agreement, vocabulary, world));
  const told = { exchange: request.exchange, salt: 'A'.repeat(22), decision, evidence: decision.allow ? evidence : [] };
  const entry: Entry = { ...entryOf('answered', request, { at: now, peer: receiver.id, subject: 'mark', decision, req: question, res: answerDigest(told) }), ...changes };
  const tree = new MerkleTree();
  for (let other = 0; other < 5; other++) tree.append(leafHash(`other ${other}`));
  const index = tree.append(leafHash(entryBytes(entry)));
  tree.append(leafHash('a later one'));
  const checkpoint = signNote(formatCheckpoint({ origin: holder.logOrigin, size: tree.size, root: tree.root() }), [{ name: holder.logOrigin, key: holder.signer.key }]);
  return { ...told, log: { entry, index, proof: tree.inclusionProof(index).map((hash) => Buffer.from(hash).toString('base64')), checkpoint } };
}
const faultOf = (answer: ExchangeAnswer, status = answer.decision.allow ? 200 : 403): string | undefined => answerFault(answer, { request, question, status, asker: receiver.id, holder, vocabulary, now });

describe('an answer that proves itself', () => {
  it('tells what was asked, and is in the log of whoever answers', () => { expect(faultOf(answered())).toBeUndefined(); });
  it('may refuse, and proves that too', () => { expect(faultOf(answered({ world: { subject: 'several' } }))).toBeUndefined(); });
  it('may refuse what it could not prove to be anybody’s, and then has nobody in its log', () => {
    const signatureFault = { en: 'riverbourne#2026-1 is not known', cy: 'Nid yw riverbourne#2026-1 yn hysbys' };
    expect(faultOf(answered({ world: { asker: undefined, signatureFault }, entry: { peer: null } }))).toBeUndefined();
    expect(faultOf(answered({ world: { subject: 'several' }, entry: { peer: null } }))).toMatch(/something else than the answer/);
    expect(faultOf(answered({ world: { asker: undefined, signatureFault }, entry: { peer: 'glanafon' } }))).toMatch(/something else than the answer/);
  });
  it.each<readonly [string, () => ExchangeAnswer, RegExp]>([
    ['is to another question', () => ({ ...answered(), exchange: '019b1a2c-7d3e-7a41-9d05-6b1f3f0c51ab' }), /another question/],
    ['has reasons that say otherwise', () => { const answer = answered(); return { ...answer, decision: { allow: true, reasons: answer.decision.reasons.map((reason, at) => (at === 3 ? { ...reason, pass: false } : reason)) } }; }, /than its reasons/],
    ['refuses and tells', () => ({ ...answered({ world: { subject: 'none' } }), evidence: [RECEIVES] }), /refuses and tells/],
    ['tells what was not asked', () => answered({ evidence: [{ ...RECEIVES, attribute: 'care.receives' }] }), /care\.receives, which was not asked/],
    ['tells what is none', () => answered({ evidence: [{ ...RECEIVES, value: 'yes' }] }), /council-tax-reduction\.receives is not yes or no/],
    ['is logged with another value', () => ({ ...answered(), evidence: [{ ...RECEIVES, value: false }] }), /something else than the answer/],
    ['is logged as told to somebody else', () => answered({ entry: { peer: 'glanafon' } }), /something else than the answer/],
    ['is logged under another purpose', () => answered({ entry: { purpose: 'council-tax-reduction' } }), /something else than the answer/],
    ['is logged as nobody’s', () => answered({ entry: { peer: null } }), /something else than the answer/],
    ['is logged as refused', () => answered({ entry: { allow: false } }), /something else than the answer/],
    ['is logged as an answer to another question', () => answered({ entry: { req: contentDigest('{}') } }), /something else than the answer/],
    ['has a checkpoint of another log', () => { const answer = answered(); return { ...answer, log: { ...answer.log, checkpoint: signNote('aldermoor-county.example/log\n7\nAAAA\n', [{ name: holder.logOrigin, key: receiver.signer.key }]) } }; }, /not signed by the log/],
    ['has a checkpoint that is none', () => { const answer = answered(); return { ...answer, log: { ...answer.log, checkpoint: signNote('nonsense\n', [{ name: holder.logOrigin, key: holder.signer.key }]) } }; }, /cannot be read/],
    ['is not where it says it is', () => { const answer = answered(); return { ...answer, log: { ...answer.log, index: 3 } }; }, /not proved/],
    ['is proved by other hashes', () => { const answer = answered(); return { ...answer, log: { ...answer.log, proof: answer.log.proof.slice(1) } }; }, /not proved/],
  ])('is not one that %s', (_what, make, words) => { expect(faultOf(make())).toMatch(words); });
  it('is not one with a status that says otherwise', () => { expect(faultOf(answered(), 403)).toMatch(/than its status/); });
});
