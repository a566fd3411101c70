import { createHash } from 'node:crypto';
import { isGuildhallError, type Outbound } from '@guildhall/kernel-contract';

/** A photo as the system that was told of it has it: its bytes, or why it has none. @public */
export interface FetchedPhoto { readonly url: string; readonly bytes?: Uint8Array; readonly sha256?: string; readonly problem?: string }

/** Fetches photos when it is told of them, as a system does that keeps its own; and once more when somebody asks. For a simulator of such a system. @beta */
export class PhotoAlbum {
  readonly #fetched = new Map<string, Promise<FetchedPhoto>>();
  constructor(private readonly outbound: Outbound | undefined) {}

  /** Begins to fetch those that it has not; without a way out nothing is fetched. */
  keep(urls: readonly string[]): void {
    for (const url of urls) if (!this.#fetched.has(url)) this.again(url);
  }
  again(url: string): void { this.#fetched.set(url, this.fetch(url)); }
  knows(url: string): boolean { return this.#fetched.has(url); }
  of(urls: readonly string[]): Promise<readonly FetchedPhoto[]> { return Promise.all(urls.map((url) => this.#fetched.get(url) ?? Promise.resolve({ url, problem: 'Not fetched.' }))); }
  async find(sha256: string): Promise<FetchedPhoto | undefined> {
    for (const fetching of this.#fetched.values()) {
      const photo = await fetching;
      if (photo.sha256 === sha256) return photo;
    }
    return undefined;
  }

  private async fetch(url: string): Promise<FetchedPhoto> {
    if (!this.outbound) return { url, problem: 'Not fetched.' };
    try {
      const answer = await this.outbound.fetch(url, { headers: { accept: 'image/*, text/html' } });
      if (answer.status === 200 && answer.headers['content-type']?.startsWith('image/jpeg')) return { url, bytes: answer.bytes(), sha256: createHash('sha256').update(answer.bytes()).digest('hex') };
      return { url, problem: `${answer.status}: ${/<h1[^>]*>([^<]*)</.exec(answer.text())?.[1]?.trim() ?? 'no photo'}` };
    } catch (error) {
      return { url, problem: isGuildhallError(error) ? 'Nobody answers there.' : 'It cannot be fetched.' };
    }
  }
}
