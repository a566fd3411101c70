import type { Secret } from '@guildhall/kernel-contract';

/** What a council sets of its bucket. @public */
export interface S3Options {
  readonly bucket: string;
  /** `eu-west-2` (London) unless told. A store of another maker says in its documentation what it wants here; many take any. */
  readonly region?: string;
  /** Where a store of another maker is: `https://objects.riverbourne.example`. Amazon's own unless told. http only on this machine. */
  readonly origin?: string;
  /** Whether the bucket stands in the path or in the name of the host. Unless told: in the host at Amazon, in the path elsewhere, as the stores themselves prefer. */
  readonly addressing?: 'path' | 'host';
  /** The pair of keys that may use the bucket. Without it, the identity of the server itself is used (an instance's or container's role), which is better where there is one: nothing has to be kept secret. */
  readonly accessKeyId?: string;
  readonly secretAccessKey?: Secret;
  /** Set in front of every key, for a bucket that holds other things too: `guildhall/documents`. */
  readonly prefix?: string;
  /** The encryption at rest that is asked for with every document. `bucket`, unless told, asks for none: Amazon then encrypts all the same, and others as the bucket is set. */
  readonly encryption?: 'bucket' | 'AES256' | { readonly kmsKeyId: string };
  /** For one request until its answer begins, and for every pause within it; 15 unless told. A request that fails for now is made at most four times. */
  readonly timeoutInSeconds?: number;
}

export const USUAL_REGION = 'eu-west-2';

/** @throws Error that says what to set, before anything is sent */
export function refuseWrongOptions(options: S3Options): void {
  const { bucket, origin, accessKeyId, secretAccessKey, prefix } = options;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw new Error(`"${bucket}" is no name of a bucket. Set s3({ bucket }) to 3 to 63 lower-case letters, digits, hyphens and dots.`);
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) throw new Error('Give s3({ … }) both accessKeyId and secretAccessKey, or neither for the server’s own identity.');
  if (prefix !== undefined && !/^[\w.-]+(?:\/[\w.-]+)*$/.test(prefix)) throw new Error(`"${prefix}" is no prefix. Write parts joined by "/", such as guildhall/documents.`);
  if (origin === undefined) return;
  const { protocol, hostname, pathname } = new URL(origin);
  if (pathname !== '/') throw new Error(`${origin} names more than a server. Give s3({ origin }) without a path, and the bucket in s3({ bucket }).`);
  if (protocol !== 'https:' && !isLoopback(hostname)) throw new Error(`Documents would travel in clear to ${origin}. Give s3({ origin }) an https address.`);
}

export function isLoopback(hostname: string): boolean { return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]'; }
