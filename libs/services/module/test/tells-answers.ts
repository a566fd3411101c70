import { Module } from '@nestjs/common';
import { defineModule } from '@guildhall/kernel';
import { Unavailable, done, register, type Installation, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import { ANSWER_SOURCE, type AnswerSource, type NotTold, type OfferPressed, type SourceHas, type ToldAnswer, type ToldValue, type TypedBecause, type WantedAnswer } from '@guildhall/services-contract';

const COUNTY = { en: 'Aldermoor County', cy: 'Sir Aldermoor' };

/** Knows answers beside the person, as a stranger's module does: it tells what it is set to tell. */
export class TellsAnswers implements AnswerSource {
  readonly id = 'tells-answers';
  /** What the county would tell, by attribute; and which of it has been told. */
  readonly known = new Map<string, ToldValue>();
  readonly told = new Set<string>();
  readonly heard: { readonly wanted: WantedAnswer; readonly value: ToldValue; readonly because: TypedBecause }[] = [];
  readonly disputed: string[] = [];
  asked = 0;
  /** `down`: this source itself does not answer. `unsure`: it cannot say whether what was told was stopped. `law`: no press is needed. `unreachable`, `refused`: what becomes of a press. */
  mode: 'tells' | 'down' | 'unsure' | 'law' | 'unreachable' | 'refused' | 'sign-in' = 'tells';

  reset(): void {
    this.known.clear(); this.told.clear(); this.heard.length = 0; this.disputed.length = 0; this.asked = 0; this.mode = 'tells';
  }

  async look(ctx: RequestContext, { attribute, personId, purposes }: WantedAnswer): Promise<SourceHas> {
    if (this.mode === 'down') throw new Unavailable('The source does not answer.');
    if (!personId || !this.known.has(attribute)) return {};
    const keeps = `We keep it for ${purposes.join(' and ')}.`;
    if (this.told.has(attribute) && this.mode !== 'unsure') return { keeps, told: this.#answer(attribute) };
    return { keeps, ...(this.mode === 'unsure' && { isUnsure: true }), offer: { id: `offer of ${attribute}`, from: COUNTY[ctx.language], sentence: `We may ask ${COUNTY.en} for ${attribute}.`, saves: 'Nothing to upload', more: ['You can stop it.'], shown: 'these-words', needsPress: this.mode !== 'law' } };
  }

  async get(ctx: RequestContext, { attribute, personId }: WantedAnswer, { id, shown, returnTo }: OfferPressed): Promise<Outcome<ToldAnswer, NotTold>> {
    if (!personId || id !== `offer of ${attribute}` || shown !== 'these-words') return { ok: false, refusal: { reason: 'words-changed', message: 'Other words were shown.', words: 'Read it again.' } };
    if (this.mode === 'sign-in') return { ok: false, refusal: { reason: 'sign-in', message: 'They sign in first.', words: '', goTo: `/account/away?back=${encodeURIComponent(returnTo)}` } };
    this.asked++;
    if (this.mode === 'unreachable' || this.mode === 'refused') return { ok: false, refusal: { reason: this.mode, message: 'Nothing came.', words: `${COUNTY[ctx.language]} does not answer.` } };
    this.told.add(attribute);
    return done(this.#answer(attribute));
  }

  wrong(ctx: RequestContext, { attribute }: WantedAnswer): Promise<string> {
    this.disputed.push(attribute);
    this.known.delete(attribute);
    return Promise.resolve(`${COUNTY[ctx.language]} looks at it.`);
  }

  typed(_ctx: RequestContext, wanted: WantedAnswer, { value, because }: { readonly value: ToldValue; readonly because: TypedBecause }): Promise<void> {
    this.heard.push({ wanted, value, because });
    return Promise.resolve();
  }

  #answer(attribute: string): ToldAnswer {
    const value = this.known.get(attribute);
    if (value === undefined) throw new Error(`Nothing is known of ${attribute}.`);
    return { id: `answer of ${attribute}`, value, origin: { how: 'told', by: COUNTY, asAt: '2026-11-01' }, ...(this.mode === 'law' ? { because: 'The law requires it.' } : { stop: { href: '/account/stop', words: 'Stop sharing this' } }) };
  }
}

/** The same as a module. */
export function tellsAnswers(source: TellsAnswers): Installation {
  @Module({ providers: [{ provide: TellsAnswers, useValue: source }] })
  class TellsAnswersModule {}
  return defineModule({ id: 'tells-answers', version: '0.1.0', packageFolder: __dirname, nest: TellsAnswersModule, registers: [register(ANSWER_SOURCE, TellsAnswers)] })();
}
