import { Unavailable, isGuildhallError } from '@guildhall/kernel-contract';

/** What Amazon's client throws, as far as it is looked at here. */
export interface S3Failure { readonly code: string; readonly status?: number }

/** Reads a failure; undefined when it is none of the store's: a mistake of our own, or the sender's stream that broke. */
export function readFailure(error: unknown): S3Failure | undefined {
  // By its shape: errors of Node's own need not be instances of this realm's Error.
  if (typeof error !== 'object' || error === null || isGuildhallError(error)) return undefined;
  const { name = 'Error', code, $metadata } = error as { name?: string; code?: unknown; $metadata?: { httpStatusCode?: number } };
  if ($metadata === undefined && typeof code !== 'string' && !/Timeout|Credentials/.test(name)) return undefined;
  return { code: name === 'Error' && typeof code === 'string' ? code : name, ...($metadata?.httpStatusCode === undefined ? {} : { status: $metadata.httpStatusCode }) };
}

/** Whether it passes by itself: then it is worth a warning, and otherwise somebody must do something. */
export function isPassing({ code, status }: S3Failure): boolean {
  return code !== 'RequestTimeTooSkewed' && (status === undefined || status >= 500 || status === 429 || status < 300) && !/Credentials/.test(code);
}

/** What an operator should do. The codes are those of the S3 API reference, "Error responses"; stores of other makers use the same. */
export function whatFailureMeans({ code, status }: S3Failure): string {
  switch (code) {
    case 'RequestTimeTooSkewed': return 'The clock of this server differs from that of the store for documents by more than 15 minutes. Set both by NTP.';
    case 'InvalidAccessKeyId': return 'The store for documents does not know the access key. Copy both keys into the settings again.';
    case 'SignatureDoesNotMatch': return 'The store for documents does not accept the secret key. Copy both keys into the settings again.';
    case 'ExpiredToken': case 'InvalidToken': case 'TokenRefreshRequired': return 'The credentials for the store of documents are no longer valid. Look at where this server gets its identity from.';
    case 'AccessDenied': case 'AllAccessDisabled': case 'Forbidden': case '403': return 'The store for documents does not let this server do this. Its policy must allow s3:PutObject, s3:GetObject, s3:DeleteObject and s3:ListBucket.';
    case 'NoSuchBucket': case 'NotFound': return 'There is no such bucket for documents. Look at its name, at the origin and at the account.';
    case 'PermanentRedirect': case 'AuthorizationHeaderMalformed': case 'IllegalLocationConstraintException': case '301': return 'The bucket for documents is in another region. Look at where it was made, and set the region.';
    case 'SlowDown': case 'ServiceUnavailable': case 'TooManyRequests': case '503': return 'The store for documents has too much to do at the moment.';
    default:
      if (/Credentials/.test(code)) return 'This server has no credentials for the store of documents. Give it keys, or a role that it may take on.';
      if (status === 405 || status === 501) return `The store for documents does not know what is asked of it (${code}). Look at whether it speaks S3.`;
      return status === undefined ? `The store for documents does not answer (${code}).` : `The store for documents answered with ${status} (${code}).`;
  }
}

export function unavailable(failure: S3Failure): Unavailable { return new Unavailable(whatFailureMeans(failure)); }
