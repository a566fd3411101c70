import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { Clock, Ids } from '@guildhall/kernel-contract';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** The operating system's randomness. */
export const systemIds: Ids = {
  uuid: () => v7(),
  token: (bytes = 16) => randomBytes(bytes).toString('base64url'),
  bytes: (count) => randomBytes(count),
};
