import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import type { Clock, Ids } from '@guildhall/kernel-contract';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** The operating system is asked for this much at once: a call costs more than the bytes. */
const POOL_SIZE = 8192;

/** Cryptographically random bytes, each handed out once and then forgotten. */
class RandomPool {
  readonly #pool = Buffer.alloc(POOL_SIZE);
  #next = POOL_SIZE;

  take(count: number): Buffer {
    if (count > POOL_SIZE / 4) return randomFillSync(Buffer.alloc(count));
    if (this.#next + count > POOL_SIZE) {
      randomFillSync(this.#pool);
      this.#next = 0;
    }
    const taken = Buffer.from(this.#pool.subarray(this.#next, this.#next + count));
    this.#pool.fill(0, this.#next, this.#next + count);
    this.#next += count;
    return taken;
  }
}

const pool = new RandomPool();

/** The operating system's randomness. */
export const systemIds: Ids = {
  uuid: () => v7({ random: pool.take(16) }),
  token: (bytes = 16) => pool.take(bytes).toString('base64url'),
  bytes: (count) => pool.take(count),
};
