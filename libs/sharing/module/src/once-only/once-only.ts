import { done, unlessUnavailable, type Outcome, type RequestContext, type Text } from '@guildhall/kernel-contract';
import type { AnswerSource, NotTold, OfferPressed, SourceHas, ToldAnswer, ToldValue, TypedBecause, WantedAnswer } from '@guildhall/services-contract';
import { valueFault, type AttributeValue } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { AsksExchange, type AskRefusal } from '../asking/asks-exchange';
import { EvidenceStore, type AskingFigure } from '../evidence/evidence-store';
import { Disputes } from '../information/disputes';
import { noticeDigest } from '../information/notice';
import { PressesSwitch } from '../information/presses-switch';
import { MakesLink } from '../linking/makes-link';
import { FindsAnswers, type Found, type Offered, type Wanted } from './finds-answers';
import { OnceWords } from './once-words';

/** How long what was typed is kept. */
const TYPED_KEPT_FOR = 'P1Y';

/**
 * Answers that need not be asked: what is kept for the purpose, or what another body would tell.
 * What is got is kept for its purpose, and what is typed for the purposes of its question: no service that may use it asks again.
 */
@Injectable()
export class OnceOnly implements AnswerSource {
  readonly id = 'sharing';

  constructor(private readonly finds: FindsAnswers, private readonly words: OnceWords, private readonly asks: AsksExchange, private readonly presses: PressesSwitch, private readonly disputes: Disputes, private readonly evidence: EvidenceStore, private readonly links: MakesLink) {}

  async look(ctx: RequestContext, asked: WantedAnswer): Promise<SourceHas> {
    const wanted = this.finds.wanted(ctx, asked);
    if (!wanted) return {};
    const found = await this.finds.find(ctx, wanted);
    const has = { keeps: this.words.keeps(ctx, wanted), ...(found.isUnsure && { isUnsure: true }) };
    if (found.usable) return { ...has, told: this.#told(ctx, found, found.usable) };
    return found.offered ? { ...has, offer: this.words.offer(ctx, wanted, found.offered) } : has;
  }

  async get(ctx: RequestContext, asked: WantedAnswer, { id, shown, returnTo }: OfferPressed): Promise<Outcome<ToldAnswer, NotTold>> {
    const wanted = this.finds.wanted(ctx, asked);
    const found = wanted && (await this.finds.find(ctx, wanted));
    // Pressed twice, it is asked once.
    if (found?.usable) return done(this.#told(ctx, found, found.usable));
    const offered = found?.offered;
    if (!wanted || !offered || offered.kept.document.id !== id) return this.words.not(ctx, 'words-changed');
    const body = nameOf(offered);
    if (offered.kept.document.choice.mode !== 'none' && shown !== noticeDigest(this.words.notice(ctx, offered))) return this.words.not(ctx, 'words-changed', body);
    if (offered.ways.length > 0) {
      const notLinked = await this.#link(ctx, wanted, offered, returnTo);
      if (notLinked) return notLinked;
    }
    if (!offered.isLet) {
      const pressed = await this.presses.press(ctx, wanted.personId, { agreementId: id, state: 'given', shown });
      if (!pressed.ok) return this.words.not(ctx, pressed.refusal.reason === 'words-changed' ? 'words-changed' : 'refused', body);
    }
    const told = (await unlessUnavailable(this.ask(ctx, wanted, offered))) ?? this.words.not(ctx, 'unreachable', body);
    if (!told.ok || wanted.purposes.length === 1) return told;
    // It was told for one of the purposes.
    const now = await this.finds.find(ctx, wanted);
    if (now.usable) return done(this.#told(ctx, now, now.usable));
    return now.offered ? this.words.not(ctx, 'words-changed', body) : this.words.differs(ctx, body);
  }

  async wrong(ctx: RequestContext, asked: WantedAnswer): Promise<string | undefined> {
    const wanted = this.finds.wanted(ctx, asked);
    if (!wanted) return undefined;
    const { personId, attribute } = wanted;
    const { usable, bodies } = await this.finds.find(ctx, wanted);
    // What they have told this body themselves nobody has to look at: it is forgotten, and they are asked.
    if (usable?.how === 'typed') return void (await this.evidence.forgetTyped(ctx, personId, attribute.id));
    await this.disputes.raise(ctx, personId, attribute.id);
    return usable?.toldBy ? this.words.saidWrong(ctx, bodies[usable.toldBy] ?? { en: usable.toldBy, cy: usable.toldBy }) : undefined;
  }

  async typed(ctx: RequestContext, asked: WantedAnswer, { value, because }: { readonly value: ToldValue; readonly because: TypedBecause }): Promise<void> {
    const wanted = this.finds.wanted(ctx, asked);
    if (!wanted || valueFault(wanted.attribute.form, value) !== undefined) return;
    const { personId, attribute, purposes, service } = wanted;
    const { usable } = await this.finds.find(ctx, wanted);
    // The same once more for the same purposes, by a second press of the same button, is nothing new.
    if (usable?.how === 'typed' && purposes.every((purpose) => usable.purposes.includes(purpose)) && JSON.stringify(usable.value) === JSON.stringify(value)) return;
    // Whoever could have been shown what is kept, and was asked as if nobody knew, was asked twice.
    const figures: readonly AskingFigure[] = because === 'asked' && usable ? ['typed', 'asked-twice'] : [because === 'unreachable' ? 'asked-because-unreachable' : 'typed'];
    await this.evidence.keepTyped(ctx, { localId: personId, attribute: attribute.id, purposes, service: service.slug, keptFor: TYPED_KEPT_FOR, value: value as AttributeValue, because, figures, confirmed: because === 'unreachable' ? service.title : undefined });
  }

  /** Finds out which records there are theirs: by what they have proved here, or by their signing in there. Undefined when it is known now. */
  async #link(ctx: RequestContext, { personId }: Wanted, { ways, holder, kept: { vocabulary } }: Offered, returnTo: string): Promise<{ readonly ok: false; readonly refusal: NotTold } | undefined> {
    const body = vocabulary.bodies[holder] ?? { en: holder, cy: holder };
    if (ways.includes('match')) {
      const matched = await this.links.match(ctx, holder, personId);
      if (matched.ok) return undefined;
      if (matched.refusal.reason === 'unreachable') return this.words.not(ctx, 'unreachable', body);
    }
    if (!ways.includes('sign-in')) return this.words.notSure(ctx, body);
    const goTo = await unlessUnavailable(this.links.beginSignIn(ctx, holder, personId, returnTo));
    return goTo === undefined ? this.words.not(ctx, 'unreachable', body) : { ok: false, refusal: { reason: 'sign-in', message: 'They sign in there first.', words: '', goTo } };
  }

  /** Asks them, and keeps what they tell. @throws Unavailable */
  async ask(ctx: RequestContext, { personId, attribute, service }: Wanted, offered: Offered): Promise<Outcome<ToldAnswer, NotTold>> {
    const { kept: { document, vocabulary }, holder } = offered;
    const body = nameOf(offered);
    // Only what the question asks for, of all that was agreed.
    const asked = await this.asks.ask(ctx, { agreementId: document.id, holder, localId: personId, attributes: [attribute.id], because: service.title.en, by: { service: service.slug, officer: null, network: 'internet', device: 'server' }, isKept: true });
    if (!asked.ok) return this.words.not(ctx, NOT_TOLD[asked.refusal.reason], body);
    const kept = asked.value.kept.find((one) => one.attribute === attribute.id);
    // By what they hold to be too old, or by what this body does.
    if (kept ? this.finds.isTooOld(attribute, kept.asOf) : asked.value.tooOld?.includes(attribute.id)) return this.words.tooOld(ctx, body);
    if (!kept) return this.words.not(ctx, 'not-known', body);
    return done(this.words.told(ctx, kept, { bodies: vocabulary.bodies, ...(document.choice.keptBecause && { because: document.choice.keptBecause }) }));
  }

  #told(ctx: RequestContext, { bodies, because }: Found, usable: NonNullable<Found['usable']>): ToldAnswer { return this.words.told(ctx, usable, { bodies, ...(because && { because }) }); }
}

const NOT_TOLD: Readonly<Record<AskRefusal['reason'], 'refused' | 'not-known' | 'unreachable'>> = { refused: 'refused', 'not-linked': 'not-known', unreachable: 'unreachable', 'not-believed': 'unreachable' };

function nameOf({ kept: { vocabulary }, holder }: Offered): Text { return vocabulary.bodies[holder] ?? { en: holder, cy: holder }; }
