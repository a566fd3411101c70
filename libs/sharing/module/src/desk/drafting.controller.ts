import { NCSC_PRINCIPLES } from '@guildhall/assurance-contract';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { NotFound, isUuid, type FieldError, type RequestContext } from '@guildhall/kernel-contract';
import { ASSURANCE_LEVELS, CHOICE_MODES, LAWFUL_BASES, MANAGE_AGREEMENTS, ON_WITHDRAWAL, SPECIAL_CONDITIONS, partiesOf } from '@guildhall/sharing-contract';
import { OwnNode } from '../node/own-node';
import { FollowsPublications, type OfferedModel } from '../trusting/publications';
import type { Step } from './agreement-in-words';
import { Bodies } from './bodies';
import { ChecksDraft } from './check-draft';
import { CHANNELS, PRINCIPLE_IDS, STEPS, UNITS, firstUnanswered, hasMoreThanTwo, readStep, slugOf, typedOf, type Drafting } from './draft-steps';
import { Drafts, type Draft, type Drafted } from './drafts';
import { fieldOf, fieldsOf } from './form-fields';
import { FormReader } from './form-reader';
import { ReadsAgreements } from './reads-agreements';
import { wordsFor } from './words-for';

const HOME = '/desk/sharing';
/** What a page of the form is shown for. */
interface Shown { readonly document: Drafted; readonly action: string; readonly typed: FormBody; readonly draftId?: string; readonly version?: number; readonly errors?: readonly FieldError[]; /** From which model it begins. */ readonly offered?: OfferedModel | undefined }

/** The officer's form for an agreement: one page after the other, and back to any of them from the draft. */
@Controller('desk/sharing')
export class DraftingController {
  constructor(private readonly drafts: Drafts, private readonly bodies: Bodies, private readonly checks: ChecksDraft, private readonly reading: ReadsAgreements, private readonly node: OwnNode, private readonly publications: FollowsPublications, private readonly renderer: PageRenderer) {}

  @Get('new') @Requires(MANAGE_AGREEMENTS)
  async ask(@Ctx() ctx: RequestContext, @Query('model') named = ''): Promise<PageResult> {
    const offered = named === '' ? undefined : await this.#model(ctx, named);
    return this.#stepPage(ctx, 'parties', { document: {}, action: `${HOME}/new`, typed: { ...typedOf('parties', offered ? { name: offered.model.name } : {}, this.node.id(ctx)), model: named }, draftId: this.drafts.newId(), offered });
  }

  @Post('new') @Requires(MANAGE_AGREEMENTS)
  async begin(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const given = fieldOf(body, 'draftId');
    // Made with the form: pressing twice begins one.
    const draftId = isUuid(given) ? given : this.drafts.newId();
    const { changes, errors } = await this.#read(ctx, 'parties', body, {});
    const named = fieldOf(body, 'model');
    const offered = named === '' ? undefined : await this.#model(ctx, named);
    if (errors.length > 0) return this.#stepPage(ctx, 'parties', { document: {}, action: `${HOME}/new`, typed: body, draftId, errors, offered });
    const id = await this.drafts.freeId(ctx, slugOf(changes.name?.en ?? ''));
    const begun: Drafted = { ...offered?.model, ...changes, id, version: 1 };
    await this.drafts.begin(ctx, offered ? await this.checks.completed(ctx, begun) : begun, undefined, draftId);
    return redirect(`${HOME}/drafts/${draftId}/${firstUnanswered(begun) ?? 'purpose'}`);
  }

  @Get('drafts/:id/:step') @Requires(MANAGE_AGREEMENTS)
  async askStep(@Ctx() ctx: RequestContext, @Param('id') id: string, @Param('step') named: string): Promise<PageResult | RedirectResult> {
    const step = stepOf(named);
    const draft = await this.drafts.find(ctx, id);
    if (draft.envelope) return redirect(`${HOME}/drafts/${draft.id}?result=is-signed`);
    return this.#stepPage(ctx, step, { ...this.#shownFor(draft, step), typed: typedOf(step, draft.document, this.node.id(ctx)) });
  }

  @Post('drafts/:id/:step') @Requires(MANAGE_AGREEMENTS)
  async takeStep(@Ctx() ctx: RequestContext, @Param('id') id: string, @Param('step') named: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const step = stepOf(named);
    const draft = await this.drafts.find(ctx, id);
    if (draft.envelope) return redirect(`${HOME}/drafts/${draft.id}?result=is-signed`);
    const { changes, errors } = await this.#read(ctx, step, body, draft.document);
    if (errors.length > 0) return this.#stepPage(ctx, step, { ...this.#shownFor(draft, step), typed: body, errors });
    const document = await this.checks.completed(ctx, { ...draft.document, ...changes });
    if (!(await this.drafts.write(ctx, { id: draft.id, version: Number(fieldOf(body, 'version')) }, document))) return redirect(`${HOME}/drafts/${draft.id}?result=changed-meanwhile`);
    const next = firstUnanswered(document);
    return redirect(next ? `${HOME}/drafts/${draft.id}/${next}` : `${HOME}/drafts/${draft.id}?result=changed`);
  }

  /** What a regional body offers to begin from: nobody has signed it. @throws NotFound when it is offered no more, or in words that are not known here */
  async #model(ctx: RequestContext, named: string): Promise<OfferedModel> {
    const found = (await this.publications.models(ctx)).find(({ list, model, lacking }) => `${list.id}/${model.id}` === named && lacking.length === 0);
    if (!found) throw new NotFound('No such model is offered here any more. Begin without one, or choose another.');
    return found;
  }

  async #read(ctx: RequestContext, step: Step, body: FormBody, document: Drafted): Promise<{ readonly changes: Drafted; readonly errors: readonly FieldError[] }> {
    const say = wordsFor(this.renderer, ctx);
    const reader = new FormReader(body, (key) => say(`form.errors.${key}`));
    const changes = readStep(step, reader, document, await this.#drafting(ctx));
    return { changes, errors: reader.errors };
  }

  #shownFor({ id, document, version }: Draft, step: Step): Omit<Shown, 'typed'> { return { document, action: `${HOME}/drafts/${id}/${step}`, version }; }

  async #stepPage(ctx: RequestContext, step: Step, { document, errors = [], ...shown }: Shown): Promise<PageResult> {
    const { own, vocabulary, others } = await this.#drafting(ctx);
    const parties = partiesOf({ holders: document.holders ?? [], receivers: document.receivers ?? [] });
    const names = await this.reading.vocabulary(ctx, parties);
    return page('sharing/step', {
      ...shown, step, errors, models: shown.draftId !== undefined && !shown.offered ? (await this.publications.models(ctx)).filter(({ lacking }) => lacking.length === 0) : [], chosen: { attributes: fieldsOf(shown.typed, 'attributes'), channels: fieldsOf(shown.typed, 'channels'), principles: fieldsOf(shown.typed, 'principles') }, number: STEPS.indexOf(step) + 1, steps: STEPS.length, isNew: shown.draftId !== undefined, hasMoreThanTwo: hasMoreThanTwo(document), ownName: vocabulary.bodies[own],
      bodies: others.map((id) => ({ id, name: vocabulary.bodies[id] })), parties: parties.map((id) => ({ id, name: names.bodies[id] ?? { en: id, cy: id } })), purposes: vocabulary.purposes, attributes: vocabulary.attributes,
      choices: { lawfulBases: LAWFUL_BASES, conditions: SPECIAL_CONDITIONS, modes: CHOICE_MODES, onWithdrawals: ON_WITHDRAWAL, channels: CHANNELS.map((id) => ({ id, network: id.split(' ')[0], device: id.split(' ')[1] })), units: UNITS, principles: PRINCIPLE_IDS.map((id) => ({ id, name: NCSC_PRINCIPLES[id] })), levels: ASSURANCE_LEVELS },
    }, errors.length ? { status: 422 } : {});
  }

  async #drafting(ctx: RequestContext): Promise<Drafting> {
    const others = await this.bodies.choices(ctx);
    return { own: this.node.id(ctx), vocabulary: await this.reading.vocabulary(ctx, others), others };
  }
}

function stepOf(named: string): Step {
  const step = STEPS.find((one) => one === named);
  if (!step) throw new NotFound('The form has no such page.');
  return step;
}
