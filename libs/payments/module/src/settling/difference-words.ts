import type { OpenCase } from '@guildhall/cases-contract';
import type { Text } from '@guildhall/kernel-contract';
import { formatDate, formatMoney } from '@guildhall/ui';
import type { DifferenceKind } from './compare-items';
import type { StoredDifference } from './stored-difference';

/** What each kind means, and what to do, in one or two plain sentences. */
export const WHAT_DIFFERS: Readonly<Record<DifferenceKind, Text>> = {
  unknown: { en: 'The provider has settled a payment that is not in our books. Look it up at the provider: it may belong to another system, or our record of it may be lost.', cy: 'Mae’r darparwr wedi setlo taliad nad yw yn ein llyfrau. Chwiliwch amdano gyda’r darparwr: gall berthyn i system arall, neu gall ein cofnod ohono fod ar goll.' },
  'not-paid-here': { en: 'The provider has settled a payment that is not paid in our books. We ask the provider about it by ourselves; if this stays open, look it up there.', cy: 'Mae’r darparwr wedi setlo taliad nad yw wedi’i dalu yn ein llyfrau. Rydym yn holi’r darparwr amdano ein hunain; os yw’n aros ar agor, chwiliwch amdano yno.' },
  amount: { en: 'The provider has settled another amount for this payment than we booked.', cy: 'Mae’r darparwr wedi setlo swm gwahanol am y taliad hwn i’r un a gofnodwyd gennym.' },
  'settled-twice': { en: 'The provider lists this on two days. Check against the bank statement that the money came once.', cy: 'Mae’r darparwr yn rhestru hwn ar ddau ddiwrnod. Gwiriwch ar y gyfriflen banc fod yr arian wedi dod unwaith.' },
  'not-settled': { en: 'This was paid here, and the provider has not settled it in the time that it should take.', cy: 'Talwyd hwn yma, ac nid yw’r darparwr wedi’i setlo yn yr amser y dylai gymryd.' },
  'refund-unknown': { en: 'The provider has settled a refund that has not been paid back in our books.', cy: 'Mae’r darparwr wedi setlo ad-daliad nad yw wedi’i ad-dalu yn ein llyfrau.' },
  'refund-amount': { en: 'The provider has settled another amount for this refund than we booked.', cy: 'Mae’r darparwr wedi setlo swm gwahanol am yr ad-daliad hwn i’r un a gofnodwyd gennym.' },
  'refund-not-settled': { en: 'This was paid back here, and the provider has not settled it in the time that it should take.', cy: 'Ad-dalwyd hwn yma, ac nid yw’r darparwr wedi’i setlo yn yr amser y dylai gymryd.' },
  other: { en: 'The provider has added this to what reached the bank account, or taken it out, and it is neither a payment nor a refund. Look it up at the provider, and book it in your finance system: our books do not have it.', cy: 'Mae’r darparwr wedi ychwanegu hwn at yr hyn a gyrhaeddodd y cyfrif banc, neu wedi’i dynnu allan, ac nid yw’n daliad nac yn ad-daliad. Chwiliwch amdano gyda’r darparwr, a’i gofnodi yn eich system gyllid: nid yw yn ein llyfrau ni.' },
};
/** What moved, where a provider's word for it is known. */
const MOVEMENTS: Readonly<Record<string, Text | undefined>> = {
  dispute: { en: 'the payer’s bank took the money back', cy: 'cymerodd banc y talwr yr arian yn ôl' }, dispute_reversal: { en: 'money that the payer’s bank had taken came back', cy: 'daeth arian yr oedd banc y talwr wedi’i gymryd yn ôl' },
  refund_failure: { en: 'a refund came back', cy: 'daeth ad-daliad yn ôl' }, unlisted: { en: 'the provider does not list what it was', cy: 'nid yw’r darparwr yn rhestru beth ydoedd' },
};

const SECTION = { en: 'What differs', cy: 'Beth sy’n wahanol' };
const NOTHING = { en: 'Nothing', cy: 'Dim' };

/** The case that finance gets of a difference. Ids, days and amounts: nothing of the payer's. */
export function caseOf(difference: StoredDifference): OpenCase {
  const { differenceId, kind, movement, provider, providerPaymentId, providerRefundId, paymentId, reference, day, oursInPence, theirsInPence } = difference;
  const both = (words: string): Text => ({ en: words, cy: words });
  const answer = (en: string, cy: string, value: Text): OpenCase['answers'][number] => ({ section: SECTION, question: { en, cy }, answer: value });
  const named = reference ?? providerPaymentId;
  const short = shortly(difference);
  return {
    caseId: differenceId, idempotencyKey: `payments.settlement-difference:${differenceId}`, caseType: 'payments.settlement-difference', isToldElsewhere: true,
    summary: { en: `${short.en}: ${named}`.slice(0, 300), cy: `${short.cy}: ${named}`.slice(0, 300) }, ...(paymentId ? { paymentId } : {}),
    answers: [
      answer('What it is', 'Beth ydyw', WHAT_DIFFERS[kind]),
      answer('In our books', 'Yn ein llyfrau', oursInPence === undefined ? NOTHING : both(formatMoney(oursInPence))),
      answer('Settled by the provider', 'Wedi’i setlo gan y darparwr', theirsInPence === undefined ? NOTHING : both(formatMoney(theirsInPence))),
      answer('Day', 'Diwrnod', { en: formatDate('en', day, 'short'), cy: formatDate('cy', day, 'short') }),
      answer('Payment provider', 'Darparwr taliadau', both(provider)),
      answer('Payment at the provider', 'Taliad gyda’r darparwr', both(providerPaymentId)),
      ...(movement ? [answer('Movement at the provider', 'Symudiad gyda’r darparwr', both(`${movement}: ${providerRefundId}`))] : providerRefundId ? [answer('Refund at the provider', 'Ad-daliad gyda’r darparwr', both(providerRefundId))] : []),
      ...(reference ? [answer('Our payment', 'Ein taliad ni', both(`${reference}: /desk/payments/${paymentId ?? ''}`))] : []),
      answer('All differences', 'Pob gwahaniaeth', both('/desk/reconciliation/differences')),
    ],
  };
}

const SHORTLY: Readonly<Record<DifferenceKind, Text>> = {
  unknown: { en: 'Settled, but not in our books', cy: 'Wedi’i setlo, ond nid yn ein llyfrau' }, 'not-paid-here': { en: 'Settled, but not paid in our books', cy: 'Wedi’i setlo, ond heb ei dalu yn ein llyfrau' },
  amount: { en: 'Settled with another amount', cy: 'Wedi’i setlo â swm gwahanol' }, 'settled-twice': { en: 'Settled on two days', cy: 'Wedi’i setlo ar ddau ddiwrnod' }, 'not-settled': { en: 'Paid, but not settled', cy: 'Wedi’i dalu, ond heb ei setlo' },
  'refund-unknown': { en: 'Refund settled, but not in our books', cy: 'Ad-daliad wedi’i setlo, ond nid yn ein llyfrau' }, 'refund-amount': { en: 'Refund settled with another amount', cy: 'Ad-daliad wedi’i setlo â swm gwahanol' },
  'refund-not-settled': { en: 'Paid back, but not settled', cy: 'Wedi’i ad-dalu, ond heb ei setlo' },
  other: { en: 'Not a payment', cy: 'Nid taliad' },
};

/** In a line, with what moved where it is no payment. */
export function shortly({ kind, movement }: Pick<StoredDifference, 'kind' | 'movement'>): Text {
  if (kind !== 'other' || movement === undefined) return SHORTLY[kind];
  const named = MOVEMENTS[movement] ?? { en: movement.replaceAll('_', ' '), cy: movement.replaceAll('_', ' ') };
  return { en: `${SHORTLY.other.en}: ${named.en}`, cy: `${SHORTLY.other.cy}: ${named.cy}` };
}

/** What is noted on the case when the difference has changed and the case is already as it should be. */
export function noteOf({ state, oursInPence, theirsInPence }: StoredDifference): string {
  if (state === 'agreed') return 'What the provider settled and what our books say are now the same.';
  const money = (pence: number | undefined): string => (pence === undefined ? 'nothing' : formatMoney(pence));
  return `It still differs: ${money(oursInPence)} in our books, ${money(theirsInPence)} settled by the provider.`;
}
