import { principleTitle, readAssessment, readCounterClaim } from '@guildhall/assurance-contract';
import type { Assessment, CounterClaim } from '@guildhall/assurance-contract';
import { publisherKeysAt, type Publisher } from '@guildhall/catalogue-contract';
import type { Text } from '@guildhall/kernel-contract';
import { documentDigest, ukDay, verifyEnvelope, type Envelope } from '@guildhall/sharing-contract';
import { satisfies } from 'semver';

/** How somebody stands to a package that they looked at: it is their own, or belongs to them; they are another body; they assess. Not known here: whose key it is nobody can say. */
export type Standing = 'own' | 'peer' | 'assessor' | 'unknown';
/** An assessment with who signed it. What it is worth to a council is for that council to work out. */
export interface SignedAssessment {
  readonly digest: string;
  readonly by: { readonly id: string; readonly name: Text; readonly standing: Standing };
  readonly assessedOn: string;
  readonly validUntil: string;
  /** Of a version that is not this one. */
  readonly isOfAnother: boolean;
  readonly isOver: boolean;
  readonly findings: readonly (Assessment['findings'][number] & { readonly title: Text })[];
  /** What is said against it: as the assessor tells, or signed by whoever was assessed. */
  readonly counterClaims: readonly { readonly principle: string; readonly text: string; readonly by?: Text }[];
}

/** Whose key it could be: the part of its name before the `#`. */
export function signersOf(envelopes: readonly Envelope[]): readonly string[] { return [...new Set(envelopes.flatMap(({ signatures }) => signatures.map(({ keyid }) => keyid?.split('#')[0] ?? '')))].filter((id) => /^[a-z0-9-]{1,100}$/.test(id)); }

/** Who signed what of a release. A name that stands in an assessment counts nothing: a signature does. @param counterClaims that the catalogue has verified when it took them */
export function whoSigned(envelopes: readonly Envelope[], { version, sha512, publisher, known, counterClaims = [], now }: { readonly version: string; readonly sha512: string; readonly publisher: Publisher; readonly known: readonly Publisher[]; readonly counterClaims?: readonly Envelope[]; readonly now: Date }): readonly SignedAssessment[] {
  const against = counterClaims.flatMap((envelope) => {
    const read = readCounterClaim(envelope);
    return read.ok ? [read.value] : [];
  });
  return envelopes.flatMap((envelope): readonly SignedAssessment[] => {
    const opened = readAssessment(envelope);
    if (!opened.ok) return [];
    const { predicate, subject } = opened.value;
    const signer = known.find((one) => verifyEnvelope(envelope, publisherKeysAt(one, new Date(`${predicate.assessedOn}T12:00:00Z`)), 1).ok);
    const claimed = envelope.signatures[0]?.keyid ?? '';
    const digest = documentDigest(envelope);
    return [{
      digest, by: signer ? { id: signer.id, name: signer.name, standing: standingOf(signer, publisher) } : { id: claimed, name: { en: claimed, cy: claimed }, standing: 'unknown' },
      assessedOn: predicate.assessedOn, validUntil: predicate.validUntil, isOver: predicate.validUntil < ukDay(now), isOfAnother: !subject.some(({ digest }) => digest['sha512'] === sha512) && !(predicate.alsoFor?.versions !== undefined && satisfies(version, predicate.alsoFor.versions, { includePrerelease: true })),
      findings: predicate.findings.map((finding) => ({ ...finding, title: principleTitle(predicate.standard, finding.principle) })), counterClaims: [...(predicate.counterClaims ?? []), ...claimsAgainst(digest, against, [publisher, ...known])],
    }];
  });
}

function claimsAgainst(digest: string, against: readonly CounterClaim[], known: readonly Publisher[]): SignedAssessment['counterClaims'] {
  return against.filter(({ assessment }) => assessment === digest).flatMap(({ by, claims }) => claims.map(({ principle, text }) => ({ principle, text, by: known.find(({ id }) => id === by)?.name ?? { en: by, cy: by } })));
}

function standingOf(signer: Publisher, publisher: Publisher): Standing {
  if (signer.id === publisher.id || signer.linkedTo.includes(publisher.id) || publisher.linkedTo.includes(signer.id)) return 'own';
  return signer.kind === 'assessor' ? 'assessor' : 'peer';
}
