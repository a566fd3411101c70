import type { Adapter, AdapterConstructor, AdapterPayload } from 'oidc-provider';

interface Entry { payload: AdapterPayload; expiresAt: number }
const MOST = 10_000;

/**
 * What the issuer remembers while it runs: sessions, codes, grants. The library's own store is one for the whole process and announces
 * itself on the console; this one belongs to one companion and ends with it.
 */
export function shortMemory(now: () => number): AdapterConstructor {
  const entries = new Map<string, Entry>();

  function read(key: string | undefined): AdapterPayload | undefined {
    const entry = key === undefined ? undefined : entries.get(key);
    if (entry && entry.expiresAt <= now()) { entries.delete(key ?? ''); return undefined; }
    return entry?.payload;
  }

  return class ShortMemory implements Adapter {
    constructor(private readonly model: string) {}
    #key(id: string): string { return `${this.model}:${id}`; }

    async upsert(id: string, payload: AdapterPayload, expiresInSeconds: number): Promise<void> {
      entries.delete(this.#key(id));
      entries.set(this.#key(id), { payload, expiresAt: Number.isFinite(expiresInSeconds) ? now() + expiresInSeconds * 1000 : Number.POSITIVE_INFINITY });
      // The oldest go first: a Map keeps the order in which entries came.
      for (const oldest of entries.keys()) { if (entries.size <= MOST) break; entries.delete(oldest); }
    }
    async find(id: string): Promise<AdapterPayload | undefined> { return read(this.#key(id)); }
    async findByUid(uid: string): Promise<AdapterPayload | undefined> { return this.#search((payload) => payload.uid === uid); }
    async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> { return this.#search((payload) => payload.userCode === userCode); }
    async consume(id: string): Promise<void> {
      const payload = read(this.#key(id));
      if (payload) payload.consumed = Math.floor(now() / 1000);
    }
    async destroy(id: string): Promise<void> { entries.delete(this.#key(id)); }
    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    }
    #search(isIt: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
      for (const key of entries.keys()) {
        const payload = key.startsWith(`${this.model}:`) ? read(key) : undefined;
        if (payload && isIt(payload)) return payload;
      }
      return undefined;
    }
  };
}
