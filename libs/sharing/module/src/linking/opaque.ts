import { createHash, randomBytes } from 'node:crypto';

/** 256 bits that nobody guesses and that say nothing, in base64url. */
export function opaque(): string { return randomBytes(32).toString('base64url'); }

/** What is kept of it: enough to know it again. */
export function hashOf(token: string): string { return createHash('sha256').update(token).digest('base64url'); }

/** A name between two bodies. */
export function pairwiseName(): string { return `pw:${randomBytes(24).toString('base64url')}`; }
