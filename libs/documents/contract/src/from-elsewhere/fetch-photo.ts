import { isGuildhallError, type Outbound } from '@guildhall/kernel-contract';

const MOST_HOPS = 3;
const MOST_BYTES = 12 * 1024 * 1024;
/** For one answer, whatever time is left for all. */
const TIMEOUT_IN_SECONDS = 10;

/** Why a photo was not fetched. @beta */
export type NotFetched = 'not-a-public-address' | 'does-not-answer' | 'answers-with-no-photo' | 'leads-on-and-on';

/** How a photo is fetched. @beta */
export interface FetchPhotoOptions {
  /** How many seconds are left: a number below one is none. Asked before every hop. */
  readonly secondsLeft: () => number;
  /** Origins that whoever runs the server has named, and that need not be on the public internet. */
  readonly except?: readonly string[];
}

/**
 * Fetches a photo from an address that somebody else chose: from the open internet only, never from this machine or the council's network, wherever it leads on to; but from the origins that the council named itself.
 * @beta
 */
export async function fetchPhoto(outbound: Outbound, address: string, { secondsLeft, except = [] }: FetchPhotoOptions): Promise<Uint8Array | NotFetched> {
  let url = address;
  for (let hops = 0; hops <= MOST_HOPS; hops++) {
    const left = secondsLeft();
    if (left < 1) return 'does-not-answer';
    const answer = await ask(outbound, url, Math.min(TIMEOUT_IN_SECONDS, left), except);
    if (typeof answer === 'string') return answer;
    const { status, headers } = answer;
    const next = status >= 300 && status < 400 ? headers['location'] : undefined;
    if (next === undefined) return status === 200 ? answer.bytes() : status >= 500 || status === 429 ? 'does-not-answer' : 'answers-with-no-photo';
    if (!URL.canParse(next, url)) return 'answers-with-no-photo';
    url = new URL(next, url).href;
    if (!/^https?:/.test(url)) return 'not-a-public-address';
  }
  return 'leads-on-and-on';
}

async function ask(outbound: Outbound, url: string, timeoutInSeconds: number, except: readonly string[]): Promise<Awaited<ReturnType<Outbound['fetch']>> | NotFetched> {
  try {
    return await outbound.fetch(url, { onlyPublic: { allowsHttp: true, except }, timeoutInSeconds, mostBytes: MOST_BYTES, headers: { accept: 'image/*' } });
  } catch (error) {
    if (!isGuildhallError(error)) throw error;
    return error.code === 'not-allowed' ? 'not-a-public-address' : 'does-not-answer';
  }
}
