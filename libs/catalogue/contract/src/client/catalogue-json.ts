import { Unavailable, type Outcome } from '@guildhall/kernel-contract';
import { documentReader, type Envelope } from '@guildhall/sharing-contract';
import type { PackageListing, PackagePage, ReleaseListing, Submission } from '../catalogue-api';
import { readFeedPage, type FeedPage } from '../feed';
import { NOTICE_KINDS } from '../notice';
import { MATURITIES, PACKAGE_KINDS } from '../package-facts';

const text = { type: 'string', maxLength: 20_000 } as const;
const texts = { type: 'array', maxItems: 1000, items: text } as const;
const count = { type: 'integer', minimum: 0 } as const;
const noticed = { type: 'array', items: { enum: NOTICE_KINDS } } as const;
const envelope = { type: 'object', required: ['payload', 'payloadType', 'signatures'], properties: { payload: { type: 'string' }, payloadType: text, signatures: { type: 'array', items: { type: 'object', required: ['sig'], properties: { sig: text, keyid: text } } } } } as const;
const envelopes = { type: 'array', maxItems: 10_000, items: envelope } as const;

const summary = { name: text, latest: text, kind: { enum: PACKAGE_KINDS }, description: text, publisher: text, licence: text, maturity: { enum: MATURITIES }, languages: texts, publishedAt: text, passed: count, applicable: count, noticed } as const;
const page = { type: 'object', required: ['items', 'next', 'total'], properties: { items: { type: 'array', maxItems: 100, items: { type: 'object', required: Object.keys(summary), properties: summary } }, next: { anyOf: [text, { type: 'null' }] }, total: count } };
const version = { type: 'object', required: ['version', 'publishedAt', 'sha512', 'noticed'], properties: { version: text, publishedAt: text, sha512: { type: 'string', pattern: '^[0-9a-f]{128}$' }, noticed } };
const listing = { type: 'object', required: [...Object.keys(summary), 'versions', 'notices'], properties: { ...summary, versions: { type: 'array', items: version }, removed: { type: 'array', items: { type: 'object', required: ['version', 'because', 'at'], properties: { version: text, because: text, at: text } } }, notices: envelopes } };
const logged = { type: 'object', required: ['entry', 'index', 'size', 'proof', 'checkpoint'], properties: { entry: { type: 'object' }, index: count, size: count, proof: texts, checkpoint: text } };
const release = { type: 'object', required: ['facts', 'sha512', 'release', 'logged', 'publisher', 'assessments', 'notices'], properties: { facts: { type: 'object', required: ['name', 'version', 'kind'] }, sha512: version.properties.sha512, release: envelope, logged, publisher: envelopes, assessments: envelopes, counterClaims: envelopes, notices: envelopes, removed: { type: 'array', items: { type: 'object', required: ['kind', 'digest', 'by', 'because', 'at'], properties: { kind: { enum: ['notice', 'assessment'] }, digest: text, by: text, because: text, at: text } } } } };
const submission = { type: 'object', required: ['id', 'state', 'reasons'], properties: { id: text, state: { enum: ['waiting', 'listed', 'refused'] }, reasons: texts } };
const proof = { type: 'object', required: ['proof'], properties: { proof: texts } };

/** What came from outside, or that it is not known here. */
function from<Answer>(schema: object, what: string): (json: unknown) => Answer { return parsed(documentReader<Answer>(schema, what)); }
function parsed<Answer>(read: (json: unknown) => Outcome<Answer>): (json: unknown) => Answer {
  return (json) => {
    const answer = read(json);
    if (!answer.ok) throw new Unavailable('The catalogue answered in a form that is not known here. Compare the versions of the contract on both sides.');
    return answer.value;
  };
}
export const pageFromJson = from<PackagePage>(page, 'a page of packages');
export const listingFromJson = from<PackageListing>(listing, 'a package');
export const releaseFromJson = from<ReleaseListing>(release, 'a release');
export const envelopesFromJson = from<readonly Envelope[]>(envelopes, 'signed documents');
export const submissionFromJson = from<Submission>(submission, 'a submission');
export const proofFromJson = from<{ readonly proof: readonly string[] }>(proof, 'a proof');
export const feedPageFromJson: (json: unknown) => FeedPage = parsed(readFeedPage);
