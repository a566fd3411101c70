import { packageUrl, STATEMENT_TYPE } from '@guildhall/assurance-contract';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import { canonicalize, documentReader, signEnvelope, verifyEnvelope, type Envelope, type Malformed, type NamedKey } from '@guildhall/sharing-contract';
import { gt, parse, prerelease } from 'semver';
import { PACKAGE_KINDS, type PackageKind } from './package-facts';
import { CLOCKS_DIFFER_BY_MS, jsonOf, publisherKeysAt, type Publisher } from './publisher';

/** What a publisher says of a release, beside of which package. @public */
export interface Release {
  readonly publisher: string;
  readonly package: string;
  readonly version: string;
  readonly kind: PackageKind;
  /** {@link factsDigest} of what its files say. */
  readonly facts: string;
  /** SHA-256, in hexadecimal, of its bill of materials (CycloneDX 1.6, JSON), byte by byte. */
  readonly components: string;
  /** An instant. */
  readonly publishedAt: string;
  /** The release before it; null for the first. A version that nobody names is missed. */
  readonly previous: string | null;
  /** Where its source is, and which state of it this was made from. */
  readonly source?: { readonly repository: string; readonly commit: string };
  /** What changed, for whoever upgrades. */
  readonly changes?: string;
}
/** A signed release: an in-toto Statement, version 1, over the digest of the packed package. @public */
export interface ReleaseStatement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly [{ readonly name: string; readonly digest: { readonly sha512: string } }];
  readonly predicateType: typeof RELEASE_TYPE;
  readonly predicate: Release;
}
/** @public */
export const RELEASE_TYPE = 'https://guildhall.example/release/v1';

const text = { type: 'string', minLength: 1, maxLength: 300 } as const;
/** A release as JSON Schema (draft 2020-12). @public */
export const releaseSchema = {
  $id: 'https://guildhall.example/schemas/release.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Release', type: 'object',
  required: ['_type', 'subject', 'predicateType', 'predicate'], additionalProperties: false,
  properties: {
    _type: { const: 'https://in-toto.io/Statement/v1' }, predicateType: { const: RELEASE_TYPE },
    subject: { type: 'array', minItems: 1, maxItems: 1, items: { type: 'object', required: ['name', 'digest'], additionalProperties: false, properties: { name: text, digest: { type: 'object', required: ['sha512'], additionalProperties: false, properties: { sha512: { type: 'string', pattern: '^[0-9a-f]{128}$' } } } } } },
    predicate: {
      type: 'object', required: ['publisher', 'package', 'version', 'kind', 'facts', 'components', 'publishedAt', 'previous'], additionalProperties: false,
      properties: {
        publisher: text, package: text, version: text, kind: { enum: PACKAGE_KINDS }, facts: { type: 'string', pattern: '^sha256:[A-Za-z0-9_-]{43}$' }, components: { type: 'string', pattern: '^[0-9a-f]{64}$' },
        publishedAt: { type: 'string', format: 'date-time' }, previous: { anyOf: [text, { type: 'null' }] },
        source: { type: 'object', required: ['repository', 'commit'], additionalProperties: false, properties: { repository: text, commit: { type: 'string', pattern: '^[0-9a-f]{40,64}$' } } },
        changes: { type: 'string', minLength: 1, maxLength: 20_000 },
      },
    },
  },
} as const;
const read = documentReader<ReleaseStatement>(releaseSchema, 'a release');

/** Signs a release of a package whose packed bytes have this SHA-512 (hexadecimal). @public */
export function signRelease(release: Release, sha512: string, signers: readonly NamedKey[]): Envelope {
  const statement: ReleaseStatement = { _type: 'https://in-toto.io/Statement/v1', subject: [{ name: packageUrl(release.package, release.version), digest: { sha512 } }], predicateType: RELEASE_TYPE, predicate: release };
  return signEnvelope(STATEMENT_TYPE, canonicalize(statement), signers);
}

/** What a release says, whoever signed it. @public */
export function readRelease(envelope: Envelope): Outcome<ReleaseStatement, Refusal<'malformed'> | Malformed> {
  return envelope.payloadType === STATEMENT_TYPE ? read(jsonOf(envelope)) : refused('malformed', 'This is not a statement.');
}

/** What came under a name and a version, and what is known of both. @public */
export interface ReleaseToProve {
  /** What was asked for. */
  readonly package: string;
  readonly version: string;
  /** SHA-512 of the bytes that came, in hexadecimal. */
  readonly sha512: string;
  /** {@link factsDigest} of the files in them. */
  readonly facts: string;
  readonly publisher: Publisher;
  /** Releases of the same name that were taken before: a version is published once, and what is installed is not replaced by an older one. */
  readonly known: readonly { readonly version: string; readonly sha512: string }[];
  /** When a log that is believed first had it; not known unless told. A stolen key can sign for any day, and so is believed of nothing that a log had only later. */
  readonly loggedAt?: Date;
  readonly now: Date;
}
/** Why a release is not believed. @public */
export type ReleaseRefusal = Refusal<'malformed' | 'another-package' | 'another-publisher' | 'not-its-name' | 'not-signed' | 'two-people' | 'tampered' | 'not-what-it-says' | 'replaced' | 'older'> | Malformed;

/** So many people sign a contract: what others build on is not changed by one. */
const PEOPLE_FOR_A_CONTRACT = 2;

/**
 * Whether a package is the one that its publisher released, and nothing else: asked where it is listed, where it is mirrored, and before it is installed.
 * @public
 * @returns the release; otherwise the first thing that is wrong, as a sentence
 */
export function proveRelease(envelope: Envelope, { package: name, version, sha512, facts, publisher, known, loggedAt, now }: ReleaseToProve): Outcome<Release, ReleaseRefusal> {
  const opened = readRelease(envelope);
  if (!opened.ok) return opened;
  const { subject: [subject], predicate } = opened.value;
  const named = `${name} ${version}`;
  if (predicate.package !== name || predicate.version !== version || subject.name !== packageUrl(name, version)) return refused('another-package', `The statement is for ${predicate.package} ${predicate.version}, and not for ${named}.`);
  if (parse(version) === null) return refused('another-package', `"${version}" is no version that npm knows (SemVer 2.0.0).`);
  if (predicate.publisher !== publisher.id) return refused('another-publisher', `The statement is by ${predicate.publisher}, and not by ${publisher.id}.`);
  if (!publisher.scopes.some((scope) => name.startsWith(`${scope}/`))) return refused('not-its-name', `${publisher.id} does not publish under the name ${name}.`);
  const at = new Date(predicate.publishedAt);
  const signed = verifyEnvelope(envelope, publisherKeysAt(publisher, at, loggedAt ?? now), 1);
  if (!signed.ok || at.getTime() > now.getTime() + CLOCKS_DIFFER_BY_MS) return refused('not-signed', `${named} is not signed by a key that ${publisher.id} had at ${predicate.publishedAt}.`);
  const holders = new Set(publisher.keys.filter(({ keyid }) => signed.value.keyids.includes(keyid)).map(({ holder }) => holder));
  if (predicate.kind === 'contract' && holders.size < PEOPLE_FOR_A_CONTRACT) return refused('two-people', `${named} is a contract, and a contract is signed by two people.`);
  if (subject.digest.sha512 !== sha512) return refused('tampered', `${named} is not the package that ${publisher.id} signed: its bytes are others.`);
  if (predicate.facts !== facts) return refused('not-what-it-says', `${named} does not say of itself what ${publisher.id} signed.`);
  if (known.some((one) => one.version === version && one.sha512 !== sha512)) return refused('replaced', `${named} was published before with other bytes. A version is published once.`);
  return done(predicate);
}

/** Whether a version would replace a newer one that is installed: somebody may hand out an old one whose faults are known. @public @returns the refusal, or nothing */
export function downgrade(name: string, installed: string | undefined, version: string): Refusal<'older'> | undefined {
  if (installed === undefined || !gt(installed, version) || (prerelease(installed) && !prerelease(version))) return undefined;
  return { reason: 'older', message: `${name} ${installed} is installed, and ${version} is older. To go back on purpose, say so.` };
}
