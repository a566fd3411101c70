import { generateKeyPairSync } from 'node:crypto';
import type { Agreement, Body, ExchangeRequest, NamedKey, Vocabulary, World } from '../index';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES, agreementName, agreementSentence, choiceScope } from '../index';

/** A body of a story, and the key with which it signs. @public */
export interface BodyWithKey extends Body { readonly signer: NamedKey }

/** A body with one new key, good from the beginning of 2026. @public */
export function bodyNamed(id: string, name: string, from = '2026-01-01T00:00:00Z'): BodyWithKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const keyid = `${id}#2026-1`;
  return { id, name: { en: name, cy: name }, endpoint: `https://share.${id}.example`, logOrigin: `${id}.example/log`, keys: [{ keyid, x: publicKey.export({ format: 'jwk' }).x ?? '', from }], signer: { keyid, key: privateKey } };
}

/** Two bodies that share, and their words. @public */
export function riverbourneAndAldermoor(): { readonly receiver: BodyWithKey; readonly holder: BodyWithKey; readonly vocabulary: Vocabulary } {
  const receiver = bodyNamed('riverbourne', 'Riverbourne Borough Council');
  const holder = bodyNamed('aldermoor-county', 'Aldermoor County Council');
  return { receiver, holder, vocabulary: { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: { [receiver.id]: receiver.name, [holder.id]: holder.name } } };
}

/** An agreement with nothing to say against it: whether somebody gets Council Tax Reduction, for what garden waste costs them. @public */
export function agreementBetween(receiver: Pick<Body, 'id'>, holder: Pick<Body, 'id'>, vocabulary: Vocabulary, changes: Partial<Agreement> = {}): Agreement {
  const fields: Omit<Agreement, 'sentence'> = {
    id: 'garden-waste-concession', version: 3, name: { en: 'Concessions for garden waste', cy: 'Consesiynau ar gyfer gwastraff gardd' },
    from: '2026-04-01', until: '2028-03-31', review: '2027-03-01', holders: [holder.id], receivers: [receiver.id], purpose: 'garden-waste-concession',
    benefit: { en: 'No proof to upload, and decided now', cy: 'Dim prawf i’w lanlwytho, a phenderfyniad nawr' }, lawfulBasis: 'public-task', power: { ref: 'Localism Act 2011, section 1' }, special: null,
    attributes: ['address.current', 'council-tax-reduction.receives'],
    choice: { mode: 'opt-in', withoutIt: { en: 'You can upload a letter instead', cy: 'Gallwch lanlwytho llythyr yn lle hynny' }, onWithdrawal: 'stop-using', keptBecause: null },
    retention: 'P1Y', dpia: { ref: 'DPIA-2026-14', date: '2026-02-02' }, children: null, automatedDecision: null, channels: [{ network: 'internet', device: 'server' }],
    assurance: [{ on: 'deployment', standard: 'ncsc-csp', principles: ['1', '2', '9', '10'], by: 'third-party', within: 'P400D' }], guidelines: [], processors: [], areas: [{ code: 'E07000999', name: 'Riverbourne' }],
    contacts: { [receiver.id]: 'data@riverbourne.example', [holder.id]: 'data@aldermoor.example' }, ...changes,
  };
  return { ...fields, sentence: changes.sentence ?? agreementSentence(fields, vocabulary) };
}

/** A question under an agreement that may be answered. @public */
export function requestUnder(agreement: Agreement, changes: Partial<ExchangeRequest> = {}): ExchangeRequest {
  return {
    exchange: '019b1a2c-7d3e-7a41-9d05-6b1f3f0c51aa', agreement: agreementName(agreement), purpose: agreement.purpose, subject: `pw:${'x9f2cQ'.repeat(4)}`, attributes: agreement.attributes, because: 'Garden waste application RB-7K3F-92QD',
    by: { service: 'garden-waste', officer: null, network: 'internet', device: 'server' }, choice: { state: 'given', at: '2026-11-20T09:00:00Z', scope: choiceScope(agreement), asOf: '2026-11-22T12:59:30Z', receipt: `sha256:${'A'.repeat(43)}` },
    assurance: null, checkpoint: 'riverbourne.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n', ...changes,
  };
}

/** A world in which that question may be answered. @public */
export function worldOf(agreement: Agreement, vocabulary: Vocabulary, changes: Partial<World> = {}): World {
  return {
    now: new Date('2026-11-22T13:00:00Z'), vocabulary, asker: agreement.receivers[0], asked: agreement.holders[0] ?? '', agreement: { document: agreement, missing: [] }, isPeerTrusted: true, isPeerLogWhole: true, choice: undefined,
    assuranceGaps: [], isChannelProven: true, objections: [], subject: 'one', disputed: [], ...changes,
  };
}
