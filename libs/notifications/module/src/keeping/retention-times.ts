import type { RequestContext } from '@guildhall/kernel-contract';
import type { NotificationsOptions } from '../notifications.options';

const WORDS_IN_DAYS = 365;
const LOG_IN_DAYS = 730;

/** How long this council keeps what: as it says, and never longer than the privacy notice does. */
export class RetentionTimes {
  constructor(private readonly optionsOf: (ctx: RequestContext) => NotificationsOptions) {}

  wordsInDays(ctx: RequestContext): number { return Math.min(this.optionsOf(ctx).keepWordsForDays ?? WORDS_IN_DAYS, WORDS_IN_DAYS); }
  /** Never shorter than the words are kept. */
  logInDays(ctx: RequestContext): number { return Math.min(Math.max(this.optionsOf(ctx).keepLogForDays ?? LOG_IN_DAYS, this.wordsInDays(ctx)), LOG_IN_DAYS); }
}
