/** What the far end is to do instead of what it should. @public */
export type Misbehaviour =
  /** Answers so, and takes nothing. */
  | { readonly kind: 'answer'; readonly status: number; readonly error?: string; readonly message?: string; readonly headers?: Readonly<Record<string, string>> }
  /** Takes the connection and says nothing. */
  | { readonly kind: 'silent' }
  /** Takes the message and is gone before it says so. */
  | { readonly kind: 'vanish-after-taking' }
  /** Takes the message and says 500. */
  | { readonly kind: 'fail-after-taking' }
  /** Takes the message and answers with something that is no JSON. */
  | { readonly kind: 'malformed' }
  /** Answers with 21 MB. */
  | { readonly kind: 'oversize' }
  /** Answers as it should, after so long. */
  | { readonly kind: 'slow'; readonly seconds: number };

/** When it misbehaves. @public */
export interface MisbehaviourLimits {
  /** Calls that send, unless told. */
  readonly on?: 'sending' | 'asking' | 'everything';
  /** So many times, then never again; always unless told. */
  readonly times?: number;
}

/** Those that can be chosen on the page. @public */
export const MISBEHAVIOURS: Readonly<Record<string, Misbehaviour>> = {
  'too many this minute (429)': { kind: 'answer', status: 429, error: 'RateLimitError', message: 'Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds' },
  'too many today (429)': { kind: 'answer', status: 429, error: 'TooManyRequestsError', message: 'Exceeded send limits (email: 250000) for today' },
  'address refused (400)': { kind: 'answer', status: 400, error: 'ValidationError', message: 'email_address Not a valid email address' },
  'request refused (400)': { kind: 'answer', status: 400, error: 'BadRequestError', message: 'Can\'t send to this recipient when service is in trial mode - see https://www.notifications.service.gov.uk/trial-mode' },
  'key refused (403)': { kind: 'answer', status: 403, error: 'AuthError', message: 'Invalid token: API key not found' },
  'broken (500)': { kind: 'answer', status: 500, error: 'Exception', message: 'Internal server error' },
  'away (503)': { kind: 'answer', status: 503 },
  'takes it and is gone': { kind: 'vanish-after-taking' },
  'takes it and says 500': { kind: 'fail-after-taking' },
  'says nothing': { kind: 'silent' },
  'says what is no JSON': { kind: 'malformed' },
  'says too much': { kind: 'oversize' },
  'slow (8 seconds)': { kind: 'slow', seconds: 8 },
};
