import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { choiceFreshFor, laterChoice, readChoiceStanding, type Agreement, type Choice, type ChoiceQuestion } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { jsonIn } from '../asking/messages';
import { Peers } from '../knowing/peers';
import { Links, type Link } from '../linking/links';
import { SignedPost } from '../node/signed-post';
import { CHOICE_TAG } from './tells-choice';

/** Whoever waits for a page waits no longer. */
const ANSWERED_WITHIN_SECONDS = 2;
/** By how much clocks may differ. What is said to be from later would be fresh for longer than it may be. */
const SKEW_IN_MS = 30_000;

/** A choice, wherever it was said. */
export type SaidChoice = Pick<Choice, 'state' | 'at' | 'scope'>;
/** What is to be heard: of whom, and what is known here of it. */
export interface Hearing {
  readonly document: Agreement;
  /** The body at which they may have said otherwise. */
  readonly holder: string;
  readonly localId: string;
  /** Looked up unless told. */
  readonly link?: Link;
  /** What they have said here. */
  readonly choice: SaidChoice | undefined;
  /** When the other body last told something of them, by their choice there. */
  readonly since?: Date;
  /** It has just not answered: what is known here is all. */
  readonly isSilent?: boolean;
  /** It is heard for another body that asks here: what is known there itself, so that nobody is asked in a circle. */
  readonly hereOnly?: true;
}
/** How it stands at either of the two. */
export interface Heard {
  readonly choice: SaidChoice | undefined;
  /** Until when it is sure that there is no other. */
  readonly asOf: Date;
  /** Whether that is as lately as the agreement demands. */
  readonly isCertain: boolean;
  /** Where the other body is of a version that does not say how a choice stands: asked for what it holds, it decides by that itself. What it told before is used no longer for it. */
  readonly isUnsaid?: boolean;
  /** Where the link with the other body has ended, or there never was one: nobody can be asked how it stands any more. */
  readonly isUnlinked?: boolean;
  /** Whether it was asked, and did not answer. */
  readonly isSilent?: boolean;
}

/** Hears at the other body how somebody's choice stands, once what is known of it here is half as old as the agreement lets it be, and by what is known where nobody answers until it is as old: a no that could not be brought here acts by that. */
@Injectable()
export class HearsChoice {
  constructor(private readonly db: Database, private readonly peers: Peers, private readonly links: Links, private readonly post: SignedPost, @Inject(CLOCK) private readonly clock: Clock) {}

  async hear(ctx: RequestContext, { document, holder, localId, link: known, choice, since, isSilent = false, hereOnly }: Hearing): Promise<Heard> {
    const now = this.clock.now();
    const isWithin = (at: Date, seconds: number): boolean => {
      const age = now.getTime() - at.getTime();
      return document.choice.mode === 'none' || (age >= -SKEW_IN_MS && age <= seconds * 1000);
    };
    const freshFor = choiceFreshFor(document);
    // Heard once half of the bound has passed: what is sent at its very end is too old where it arrives.
    const isFresh = (at: Date): boolean => isWithin(at, freshFor / 2);
    const heardAt = (link: Link | undefined): Date | undefined => { const at = link?.choicesHeard[document.id]; return at === undefined ? undefined : new Date(at); };
    const before = latest([choice && new Date(choice.at), since, heardAt(known)]);
    if (isFresh(before)) return { choice, asOf: before, isCertain: true };
    const link = known ?? (await this.links.ofPerson(ctx, holder, localId));
    const asOf = latest([before, heardAt(link)]);
    if (isFresh(asOf)) return { choice, asOf, isCertain: true };
    const isAsked = link !== undefined && !isSilent;
    const theirs = isAsked ? await this.#ask(ctx, holder, { agreement: document.id, subject: link.pairwise, ...(hereOnly && { hereOnly }) }) : undefined;
    if (!link || !theirs || theirs === 'unsaid') return { choice, asOf, isCertain: isWithin(asOf, freshFor), isUnsaid: theirs !== undefined, isUnlinked: link === undefined, isSilent: isAsked && theirs === undefined };
    const later = laterChoice(choice, theirs.choice ?? undefined);
    // After a no it is heard again until that has been brought here; and what one body knows alone is not how it stands at all.
    if (later?.state !== 'withdrawn' && !hereOnly) await this.db.query(ctx, 'update sharing.link set choices_heard = choices_heard || jsonb_build_object($5::text, $4::text) where council_id = $1 and peer_id = $2 and pairwise = $3', [ctx.council.id, holder, link.pairwise, now.toISOString(), document.id]);
    return { choice: later, asOf: now, isCertain: true };
  }

  /** @param isForOther who asks here waits as long as for one answer */
  async #ask(ctx: RequestContext, holder: string, question: ChoiceQuestion, isForOther = question.hereOnly === true): Promise<{ readonly choice: SaidChoice | null } | 'unsaid' | undefined> {
    const peer = await this.peers.find(ctx, holder);
    const said = peer && (await this.post.exchange(ctx, peer.body, { tag: CHOICE_TAG, path: 'choices/standing', content: question, timeoutInSeconds: isForOther ? ANSWERED_WITHIN_SECONDS / 2 : ANSWERED_WITHIN_SECONDS }));
    if (said?.isProven === false) return said.status === 404 ? 'unsaid' : undefined;
    const { hereOnly, ...older } = question;
    // One of the version before asks nobody else in any case.
    if (said?.status === 400 && hereOnly) return this.#ask(ctx, holder, older, isForOther);
    // One that has not taken the agreement, or does not know the person by it, has been told nothing by it, neither.
    if (said?.status === 404 && isForOther) return { choice: null };
    const read = said?.status === 200 ? readChoiceStanding(jsonIn(said.text)) : undefined;
    return read?.ok ? read.value : undefined;
  }
}

function latest(instants: readonly (Date | undefined)[]): Date { return new Date(Math.max(0, ...instants.flatMap((at) => at?.getTime() ?? []))); }
