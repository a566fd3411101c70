import type { Adapter, AdapterConstructor, AdapterPayload } from 'oidc-provider';

interface Entry { payload: AdapterPayload; expiresAt: number }

/** What the issuer remembers while it runs. Clients are looked up where the simulator registers them. */
export function shortMemory(now: () => number, clientOf: (id: string) => Promise<AdapterPayload | undefined>): AdapterConstructor {
  const entries = new Map<string, Entry>();
  const read = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key);
    return entry && entry.expiresAt > now() ? entry.payload : undefined;
  };

  return class ShortMemory implements Adapter {
    constructor(private readonly model: string) {}
    async upsert(id: string, payload: AdapterPayload, expiresInSeconds: number): Promise<void> {
      entries.set(`${this.model}:${id}`, { payload, expiresAt: Number.isFinite(expiresInSeconds) ? now() + expiresInSeconds * 1000 : Number.POSITIVE_INFINITY });
    }
    async find(id: string): Promise<AdapterPayload | undefined> { return this.model === 'Client' ? clientOf(id) : read(`${this.model}:${id}`); }
    async findByUid(uid: string): Promise<AdapterPayload | undefined> { return this.#search((payload) => payload.uid === uid); }
    async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> { return this.#search((payload) => payload.userCode === userCode); }
    async consume(id: string): Promise<void> {
      const payload = read(`${this.model}:${id}`);
      if (payload) payload.consumed = Math.floor(now() / 1000);
    }
    async destroy(id: string): Promise<void> { entries.delete(`${this.model}:${id}`); }
    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    }
    #search(isIt: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
      return [...entries.keys()].filter((key) => key.startsWith(`${this.model}:`)).map(read).find((payload) => payload && isIt(payload));
    }
  };
}
