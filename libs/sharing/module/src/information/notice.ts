import type { Language } from '@guildhall/kernel-contract';
import { agreementName, documentDigest, type Agreement } from '@guildhall/sharing-contract';

/** The words that somebody reads before they press. */
export interface Notice {
  /** With its version. */
  readonly agreement: string;
  readonly language: Language;
  readonly sentence: string;
  readonly withoutIt: string;
  /** What becomes of what was shared already. */
  readonly onWithdrawal: string;
}

/** @param say words of this module in the reader's language, by their key */
export function noticeOf(agreement: Agreement, language: Language, say: (key: string) => string): Notice {
  const { choice, sentence } = agreement;
  return { agreement: agreementName(agreement), language, sentence: sentence[language], withoutIt: choice.withoutIt[language], onWithdrawal: say(`sharing.information.on-withdrawal.${choice.onWithdrawal}`) };
}

/** What a choice keeps of the words that were shown: no more is needed to prove which they were. */
export function noticeDigest(notice: Notice): string { return documentDigest(notice); }
