import { Inject, Injectable } from '@nestjs/common';
import { OUTBOUND } from '@guildhall/kernel';
import { isGuildhallError, type Outbound } from '@guildhall/kernel-contract';

const MOST_HOPS = 3;
const MOST_BYTES = 12 * 1024 * 1024;

/** Why a photo was not fetched. */
export type NotFetched = 'not-a-public-address' | 'does-not-answer' | 'answers-with-no-photo' | 'leads-on-and-on';

/**
 * Fetches a photo from an address that somebody else chose: from the open internet only, never from this machine or the council's network, wherever it leads on to.
 */
@Injectable()
export class FetchPhoto {
  constructor(@Inject(OUTBOUND) private readonly outbound: Outbound) {}

  async fetch(address: string): Promise<Uint8Array | NotFetched> {
    let url = address;
    for (let hops = 0; hops <= MOST_HOPS; hops++) {
      const answer = await this.ask(url);
      if (typeof answer === 'string') return answer;
      const { status, headers } = answer;
      const next = status >= 300 && status < 400 ? headers['location'] : undefined;
      if (next === undefined) return status === 200 ? answer.bytes() : 'answers-with-no-photo';
      if (!URL.canParse(next, url)) return 'answers-with-no-photo';
      url = new URL(next, url).href;
      if (!/^https?:/.test(url)) return 'not-a-public-address';
    }
    return 'leads-on-and-on';
  }

  private async ask(url: string): Promise<Awaited<ReturnType<Outbound['fetch']>> | NotFetched> {
    try {
      return await this.outbound.fetch(url, { onlyPublic: { allowsHttp: true }, timeoutInSeconds: 10, mostBytes: MOST_BYTES, headers: { accept: 'image/*' } });
    } catch (error) {
      if (!isGuildhallError(error)) throw error;
      return error.code === 'not-allowed' ? 'not-a-public-address' : 'does-not-answer';
    }
  }
}
