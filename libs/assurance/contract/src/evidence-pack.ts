import { evidencePackSchema, type EvidencePack, type Outcome } from '@guildhall/kernel-contract';
import { documentDigest, documentReader, type Malformed } from '@guildhall/sharing-contract';

const read = documentReader<EvidencePack>(evidencePackSchema, 'what "node main.js evidence --json" writes');

/** What a deployment showed of itself, and the digest (SHA-256 of its canonical JSON, `sha256:…`) by which an assessment names it as its evidence. @public */
export function openEvidencePack(document: unknown): Outcome<{ readonly pack: EvidencePack; readonly digest: string }, Malformed> {
  const pack = read(document);
  return pack.ok ? { ok: true, value: { pack: pack.value, digest: documentDigest(pack.value) } } : pack;
}
