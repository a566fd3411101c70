import { dayInWords } from '@guildhall/cases-contract';
import { PageRenderer } from '@guildhall/kernel';
import type { RequestContext, Text } from '@guildhall/kernel-contract';
import type { AnswerOffer, NotTold, ToldAnswer } from '@guildhall/services-contract';
import { agreementSentence } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import type { StoredEvidence } from '../evidence/evidence-store';
import { noticeDigest, noticeOf, type Notice } from '../information/notice';
import type { Found, Offered, Wanted } from './finds-answers';

/** What is said at a question that need not be asked. */
@Injectable()
export class OnceWords {
  constructor(@Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  /** What becomes of what is typed. */
  keeps(ctx: RequestContext, { to }: Wanted): string { return this.#say(ctx, 'keeps', { purpose: to.map((one) => one[ctx.language]).join(this.#say(ctx, 'and-to')) }); }

  offer(ctx: RequestContext, { attribute }: Wanted, offered: Offered): AnswerOffer {
    const { kept: { document, vocabulary }, holder, isLet, ways } = offered;
    const body = vocabulary.bodies[holder] ?? same(holder);
    const [way] = ways.includes('match') ? ['match'] : ways;
    const notice = this.notice(ctx, offered);
    const because = document.choice.mode === 'none' ? document.choice.keptBecause : null;
    return {
      id: document.id, from: body[ctx.language], sentence: agreementSentence({ ...document, attributes: [attribute.id] }, vocabulary)[ctx.language], saves: document.benefit[ctx.language],
      // What is said yes to is the whole agreement, once.
      more: [...(way ? [this.#say(ctx, `first.${way}`, { body: body[ctx.language] })] : []), ...(isLet || document.attributes.length === 1 ? [] : [this.#say(ctx, 'agreed', { sentence: notice.sentence })]), ...(because ? [this.#say(ctx, 'law', { because: because[ctx.language] })] : [`${notice.withoutIt}.`, this.#say(ctx, 'stop-any-time'), notice.onWithdrawal])],
      shown: noticeDigest(notice), needsPress: document.choice.mode !== 'none' || ways.length > 0,
    };
  }

  notice(ctx: RequestContext, { kept: { document } }: Offered): Notice { return noticeOf(document, ctx.language, (key) => this.renderer.messages.t(ctx, key)); }

  told(ctx: RequestContext, { evidenceId: id, attribute, value, how, asOf, toldBy, agreementId }: StoredEvidence, { bodies, because }: Pick<Found, 'bodies'> & { readonly because?: Text }): ToldAnswer {
    if (how === 'typed') return { id, value, origin: { how: 'resident', asAt: asOf }, words: this.#say(ctx, 'you-told', { day: dayInWords(asOf)[ctx.language] }), stop: { href: `/account/information/kept/${attribute}`, words: this.#say(ctx, 'do-not-keep') } };
    return {
      id, value, origin: { how: 'told', by: bodies[toldBy ?? ''] ?? same(toldBy ?? ''), ...(toldBy !== undefined && { bodyId: toldBy }), asAt: asOf },
      ...(because ? { because: this.#say(ctx, 'law', { because: because[ctx.language] }) } : { stop: { href: `/account/information/agreements/${agreementId ?? ''}`, words: this.#say(ctx, 'stop') } }),
    };
  }

  not(ctx: RequestContext, reason: Exclude<NotTold['reason'], 'sign-in'>, body?: Text): { readonly ok: false; readonly refusal: NotTold } {
    return { ok: false, refusal: { reason, message: `Nothing is told: ${reason}.`, words: this.#say(ctx, `not.${reason}`, { body: body?.[ctx.language] ?? '' }) } };
  }

  /** What becomes of what they say is wrong. */
  saidWrong(ctx: RequestContext, body: Text): string { return this.#say(ctx, 'said-wrong', { body: body[ctx.language] }); }

  /** Their records there were not found, or more than one might be theirs. */
  notSure(ctx: RequestContext, body: Text): { readonly ok: false; readonly refusal: NotTold } {
    return { ok: false, refusal: { reason: 'not-known', message: 'It is not certain who is meant.', words: this.#say(ctx, 'not.not-sure', { body: body[ctx.language] }) } };
  }

  /** What they know is from too long ago. */
  tooOld(ctx: RequestContext, body: Text): { readonly ok: false; readonly refusal: NotTold } {
    return { ok: false, refusal: { reason: 'not-known', message: 'What is told is too old.', words: this.#say(ctx, 'not.too-old', { body: body[ctx.language] }) } };
  }

  /** What they told for one purpose is not what is kept for another. */
  differs(ctx: RequestContext, body: Text): { readonly ok: false; readonly refusal: NotTold } {
    return { ok: false, refusal: { reason: 'not-known', message: 'Two things are kept, and only its owner knows which is so.', words: this.#say(ctx, 'not.differs', { body: body[ctx.language] }) } };
  }

  #say(ctx: RequestContext, key: string, values: Readonly<Record<string, string>> = {}): string { return this.renderer.messages.t(ctx, `sharing.once-only.${key}`, values); }
}

function same(word: string): Text { return { en: word, cy: word }; }
