import { randomInt } from 'node:crypto';
import { nextTryAt } from '@guildhall/kernel';

const DAY_IN_MS = 24 * 60 * 60 * 1000;

/** When another body is told again that could not be told: soon at first, then every day, for as long as whoever tells it does not give up. @param tries how often it was tried before this time */
export function soonThenDaily(now: Date, tries: number): Date { return nextTryAt(now, tries + 1, randomInt(1000) / 1000) ?? new Date(now.getTime() + DAY_IN_MS); }
