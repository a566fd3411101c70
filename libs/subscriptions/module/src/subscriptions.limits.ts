import type { RequestContext } from '@guildhall/kernel-contract';
import type { SubscriptionsOptions } from './subscriptions.options';

const between = (least: number, most: number, given: number): number => Math.min(Math.max(given, least), most);

/** The council's settings, within what works. */
export class Limits {
  constructor(private readonly optionsOf: (ctx: RequestContext) => SubscriptionsOptions) {}

  /** As origins, however they were written: with a path, with blanks, or none at all between two commas. */
  privateReceivers(ctx: RequestContext): readonly string[] { return (this.optionsOf(ctx).privateReceivers ?? []).flatMap((one) => (URL.canParse(one.trim()) ? [new URL(one.trim()).origin] : [])).filter((origin) => origin !== 'null'); }
  answerWithinSeconds(ctx: RequestContext): number { return between(1, 30, this.optionsOf(ctx).answerWithinSeconds ?? 15); }
  keepForDays(ctx: RequestContext): number { return between(1, 90, this.optionsOf(ctx).keepForDays ?? 30); }
}
