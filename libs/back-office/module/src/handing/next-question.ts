import { withJitter } from '@guildhall/kernel';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Seconds between questions for a reference that is still to come; the last one again and again. */
const AFTER_QUESTIONS = [2, 10, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR] as const;

/**
 * When the far end is asked again for a reference.
 * @param asked how often it has been, from 0
 * @param chance from 0 to 1
 */
export function nextQuestionAt(now: Date, asked: number, chance: number): Date {
  return new Date(now.getTime() + withJitter(AFTER_QUESTIONS[Math.min(asked, AFTER_QUESTIONS.length - 1)] ?? HOUR, chance));
}
