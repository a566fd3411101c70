import { createHash } from 'node:crypto';
import { done, refused, type Outcome, type Refusal, type Text } from '@guildhall/kernel-contract';
import { canonicalize, documentReader, type Malformed } from '@guildhall/sharing-contract';
import type { ConfigurationKind } from './configurable';
import { CONFIGURATION_SCHEMA_ID, configurationSchema } from './configuration-schema';

/** One thing's configuration, as it travels from one council to another. @public */
export interface ConfigurationFile {
  readonly $schema: typeof CONFIGURATION_SCHEMA_ID;
  readonly kind: ConfigurationKind;
  readonly id: string;
  readonly title: Text;
  /** What it belongs to, in the version from which it was taken. */
  readonly package: { readonly id: string; readonly version: string };
  /** The version of the service or case type itself. */
  readonly definition: number;
  readonly from: { readonly council: string; readonly gssCode: string };
  /** RFC 3339, in UTC. */
  readonly exportedAt: string;
  readonly content: object;
  /** `sha-256:` and the hexadecimal SHA-256 of everything else in canonical JSON (RFC 8785): whether it came whole. It does not prove from whom. */
  readonly digest: string;
}

/** Why a file was not read. @public */
export type FileRefusal = Malformed | Refusal<
  /** It is not as it was when it was exported. */
  'damaged'
>;

const read = documentReader<ConfigurationFile>(configurationSchema, 'a file of configuration');

/** The most bytes of a file that are read. @public */
export const MOST_FILE_BYTES = 256 * 1024;

/** Writes a file; the digest is made here, also of one that had another. @public */
export function configurationFile({ digest: _former, ...file }: Omit<ConfigurationFile, '$schema' | 'digest'> & { readonly digest?: string }): ConfigurationFile {
  const whole = { $schema: CONFIGURATION_SCHEMA_ID, ...file } as const;
  return { ...whole, digest: digestOf(whole) };
}

/** Reads what somebody brings. @public */
export function readConfigurationFile(json: unknown): Outcome<ConfigurationFile, FileRefusal> {
  const outcome = read(json);
  if (!outcome.ok) return outcome;
  const { digest, ...rest } = outcome.value;
  return digest === digestOf(rest) ? done(outcome.value) : refused('damaged', 'The file is not as it was when it was exported: something in it has changed, or a part is missing. Ask for it again.');
}

function digestOf(rest: object): string {
  return `sha-256:${createHash('sha256').update(canonicalize(rest)).digest('hex')}`;
}
