import type { Text } from '@guildhall/kernel-contract';
import { dayInWords } from './dates-in-words';
import type { PlainDate } from './working-days';

/** Where an answer is from: `told` by another body (by whom, as at which day), or typed by the `resident`, or by an `adviser` for them. @public */
export interface AnswerOrigin {
  readonly how: 'told' | 'resident' | 'adviser';
  /** Of what was told: `Aldermoor County Council`. */
  readonly by?: Text;
  /** Of what was told: the id of the body that told it, by which what it corrects later is found. Absent where it was told before ids were kept. */
  readonly bodyId?: string;
  /** Of what was told: the day from which it is known to be so. */
  readonly asAt?: PlainDate;
  /** They were asked because whoever could have told it did not answer in time. */
  readonly isUnreachable?: boolean;
}

/** Where an answer is from, as an officer reads it: `From Aldermoor County Council, as at 1 November 2026`. @public */
export function originWords({ how, by, asAt, isUnreachable }: AnswerOrigin): Text {
  if (how === 'told' && by) {
    const day = asAt === undefined ? undefined : dayInWords(asAt);
    return day ? { en: `From ${by.en}, as at ${day.en}`, cy: `Gan ${by.cy}, fel yr oedd ar ${day.cy}` } : { en: `From ${by.en}`, cy: `Gan ${by.cy}` };
  }
  if (how === 'adviser') return { en: 'Typed by an adviser for the resident', cy: 'Teipiwyd gan gynghorydd ar ran y preswylydd' };
  return isUnreachable ? { en: 'Typed by the resident: whoever could have told it did not answer', cy: 'Teipiwyd gan y preswylydd: ni atebodd y corff a allai fod wedi’i roi' } : { en: 'Typed by the resident', cy: 'Teipiwyd gan y preswylydd' };
}
