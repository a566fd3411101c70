import type { Outcome } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import type { PackageSummary, Submission } from '../catalogue-api';
import type { FeedItem } from '../feed';
import type { Notice, NoticeKind } from '../notice';
import type { PackageFacts } from '../package-facts';

/** A release as a catalogue in memory has it. */
export interface KeptRelease { readonly name: string; readonly version: string; readonly publisher: string; readonly envelope: Envelope; readonly facts: PackageFacts; readonly sha512: string; readonly components: string; readonly publishedAt: string; readonly listedAt: Date; readonly item: FeedItem; removed?: { readonly because: string; readonly at: string } }
/** A notice. */
export interface KeptNotice { readonly notice: Notice; readonly envelope: Envelope; readonly listedAt: Date; isRemoved: boolean }
/** What was handed in, and what became of it. */
export interface KeptSubmission { readonly id: string; readonly digest: string; readonly envelope: Envelope; readonly kind: 'publisher' | 'release' | 'word'; readonly components: string; state: Submission['state']; reasons: readonly string[] }

export function outcomeOf(outcome: Outcome<unknown>): Pick<Submission, 'state' | 'reasons'> { return outcome.ok ? { state: 'listed', reasons: [] } : { state: 'refused', reasons: [outcome.refusal.message] }; }
export function told({ id, state, reasons }: KeptSubmission): Submission { return { id, state, reasons }; }
/** A package by one of its releases. */
export function summaryOf({ name, publisher, publishedAt, facts: { version, kind, description, licence, maturity, languages, reports } }: KeptRelease, noticed: readonly NoticeKind[]): PackageSummary {
  const results = reports.flatMap((report) => report.results).filter(({ result }) => result !== 'not-applicable');
  return { name, latest: version, kind, description, publisher, licence, maturity, languages, publishedAt, passed: results.filter(({ result }) => result === 'passed').length, applicable: results.length, noticed };
}
