import { Inject, Injectable } from '@nestjs/common';
import { wordsIn, originWords, type AnswerOrigin } from '@guildhall/cases-contract';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { TYPED_BECAUSE, answerTold, answerWords, wantedBy, type AnswerOffer, type InstalledService, type NotTold, type Question, type RawFields, type ToldAnswer, type TypedBecause } from '@guildhall/services-contract';
import { one, type FieldView } from '../asking/field-view';
import type { Draft } from '../drafts/draft';
import { AnswerSources } from './answer-sources';

/** How a question is asked whose answer somebody else may have: it is offered, it is told, or it is typed. */
export type Sourced =
  | { readonly state: 'offer'; readonly offer: AnswerOffer }
  | { readonly state: 'told'; readonly told: ToldAnswer }
  | { readonly state: 'typing'; readonly because: TypedBecause; readonly says?: string; readonly keeps?: string };

/** A question of a page, and what is known of it. */
export interface SourcedQuestion { readonly installed: InstalledService; readonly question: Question; readonly draft?: Draft; readonly raw: RawFields; /** Of a press that came to nothing. */ readonly says?: string }

/** Works out how a question is asked. */
@Injectable()
export class SourcedFields {
  constructor(@Inject(AnswerSources) private readonly sources: AnswerSources) {}

  /** Undefined where nobody tells answers, or the question wants none: then it is asked as it always was. */
  async of(ctx: RequestContext, { installed, question, draft, raw, says }: SourcedQuestion): Promise<Sourced | undefined> {
    if (!this.sources.areThere(ctx)) return undefined;
    const wanted = wantedBy(installed, question, personOf(ctx));
    if (!wanted) return undefined;
    const typing = typedBecause(raw, question.id);
    const isAnswered = draft?.answers[question.id] !== undefined && draft.origins[question.id]?.how !== 'told';
    const has = await this.sources.look(ctx, wanted);
    const keeps = has.keeps === undefined ? {} : { keeps: has.keeps };
    if (typing !== undefined) return { state: 'typing', because: typing, ...keeps, ...(says !== undefined && { says }) };
    if (isAnswered) return { state: 'typing', because: 'changed', ...keeps };
    if (has.told && answerTold(question, has.told.value) !== undefined) return { state: 'told', told: has.told };
    if (has.offer?.needsPress) return { state: 'offer', offer: has.offer };
    if (!has.offer) return { state: 'typing', because: 'asked', ...keeps };
    const got = await this.sources.get(ctx, wanted, { id: has.offer.id, shown: has.offer.shown, returnTo: `/services/${installed.slug}` });
    if (got?.ok && answerTold(question, got.value.value) !== undefined) return { state: 'told', told: got.value };
    return { state: 'typing', because: got && !got.ok ? typedAfter(got.refusal) : 'not-known', ...keeps, ...(got && !got.ok && { says: got.refusal.words }) };
  }
}

/** Why somebody types after a press that came to nothing. */
export function typedAfter({ reason }: NotTold): TypedBecause { return reason === 'words-changed' || reason === 'sign-in' ? 'not-known' : reason; }

/** Whose journey it is, where they have signed in. */
export function personOf({ actor }: RequestContext): PersonId | undefined { return actor.kind === 'resident' ? actor.personId : undefined; }

/** Why a form has this question typed, as it says itself. */
export function typedBecause(raw: RawFields, id: string): TypedBecause | undefined {
  const said = one(raw, `${id}-typed`);
  return TYPED_BECAUSE.find((each) => each === said);
}

/** The question as the template shows it: with the offer or what was told instead of its field, or its field with what stands around it. @param here the path of its page, to come back to */
export function withSource(field: FieldView, question: Question, sourced: Sourced, { ctx, here }: { readonly ctx: RequestContext; readonly here: string }): FieldView {
  const { legend, label, fieldset, errorMessage, error } = field.options as { readonly legend?: Heading; readonly label?: Heading; readonly fieldset?: { readonly legend: Heading }; readonly errorMessage?: { readonly text: string }; readonly error?: { readonly text: string } };
  const heading = label ?? legend ?? fieldset?.legend;
  if (sourced.state === 'typing') return { ...field, sourced };
  const common = { heading, errorText: errorMessage?.text ?? error?.text };
  if (sourced.state === 'offer') return { ...field, kind: 'sourced', sourced: { ...sourced, ...common } };
  const { told } = sourced;
  const stop = told.stop && { ...told.stop, href: `${told.stop.href}${told.stop.href.includes('?') ? '&' : '?'}back=${encodeURIComponent(here)}` };
  const lines = answerWords(question, answerTold(question, told.value)).map((line) => wordsIn(line, ctx.language));
  return { ...field, kind: 'sourced', sourced: { ...sourced, told: { ...told, stop }, ...common, lines, from: told.words ?? originWords(told.origin)[ctx.language] } };
}

interface Heading { readonly text: string; readonly isPageHeading: boolean }

/** Where what was typed is from. */
export function typedOrigin(because: TypedBecause | undefined): AnswerOrigin { return { how: 'resident', ...(because === 'unreachable' && { isUnreachable: true }) }; }
