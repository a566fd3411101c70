import type { Answer } from '@guildhall/kernel/testing';
import { choiceScope } from '@guildhall/sharing-contract';
import { Choices } from '../src/choosing/choices';
import { AsksExchange, type Question } from '../src/asking/asks-exchange';
import { Links } from '../src/linking/links';
import { HOLDER, RECEIVER, type TwoBodies } from './two-bodies';

/** Somebody with an account at both bodies. */
export const KIM = { riverbourne: '01990000-0000-7000-8000-0000000000c1', aldermoor: '01990000-0000-7000-8000-0000000000c2' } as const;
/** Somebody else, who has an account at both and is known to nobody. */
export const LEE = '01990000-0000-7000-8000-0000000000d1';

/** Links Kim's two accounts, and says what the holder knows of them. */
export async function linkKim({ app, people, receiver, holder }: TwoBodies): Promise<void> {
  const { pairwise } = await app.get(Links).add(receiver, { peerId: HOLDER, localId: KIM.riverbourne, provenBy: 'signed-in' });
  await app.get(Links).add(holder, { peerId: RECEIVER, localId: KIM.aldermoor, provenBy: 'signed-in', pairwise });
  people.kept.set(KIM.aldermoor, [
    { attribute: 'address.current', value: { lines: ['2 Weir Lane'], postcode: 'ZZ99 1AB' }, asOf: '2026-11-01', source: 'council-tax-register', verified: 'bill' },
    { attribute: 'council-tax-reduction.receives', value: false, asOf: '2026-11-01', source: 'council-tax-register', verified: null },
  ]);
}

/** Riverbourne asks Aldermoor about Kim. */
export function askAboutKim(two: TwoBodies, changes: Partial<Question> = {}): ReturnType<AsksExchange['ask']> { return two.ask({ localId: KIM.riverbourne, ...changes }); }

/** Kim says yes or no at one of the two, without a page. */
export async function kimChooses({ app, clock, receiver, holder, agreement }: TwoBodies, state: 'given' | 'withdrawn', where: 'receiver' | 'holder' = 'receiver'): Promise<void> {
  const [ctx, peerId, localId] = where === 'receiver' ? [receiver, HOLDER, KIM.riverbourne] as const : [holder, RECEIVER, KIM.aldermoor] as const;
  const link = await app.get(Links).ofPerson(ctx, peerId, localId);
  if (!link) throw new Error('Kim is not linked.');
  await app.get(Choices).choose(ctx, { localId, subjectKey: link.subjectKey, agreementId: agreement.id, state, at: clock.now(), scope: choiceScope(agreement), noticeDigest: `sha256:${'A'.repeat(43)}`, language: 'en', by: 'resident' });
}

/** The lines of a trail as somebody reads them. */
export function linesOf({ text }: Pick<Answer, 'text'>): readonly string[] { return text.split('<li class="moj-timeline__item"').slice(1).map((line) => readable(line.slice(line.indexOf('>') + 1, line.indexOf('</div>')))); }

/** A part of a page without its tags. */
export function readable(html: string): string {
  return html.replace(/<[^>]*>/g, ' ').replace(/&#39;/g, '\'').replace(/&amp;/g, '&').replace(/&quot;/g, '"').replace(/\s+/g, ' ').trim();
}
