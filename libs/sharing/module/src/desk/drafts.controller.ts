import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, form, page, redirect, type DownloadResult, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { NotFound, may, type FieldError, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_AGREEMENTS, READ_AGREEMENTS, diffAgreements, partiesOf, readAgreement, type Difference } from '@guildhall/sharing-contract';
import { Agreements } from '../knowing/agreements';
import { agreementInWords } from './agreement-in-words';
import { ChecksDraft } from './check-draft';
import { withFaults } from './draft-faults';
import { firstUnanswered } from './draft-steps';
import { Drafts, type Draft } from './drafts';
import { jsonFile } from './json-file';
import { ReadsAgreements } from './reads-agreements';
import { resultOf } from './results';
import { SignsAgreement } from './signs-agreement';
import { wordsFor } from './words-for';

const HOME = '/desk/sharing';

/** The officer's pages of an agreement on its way: what it says, what stands against it, signing it, and handing it over. */
@Controller('desk/sharing/drafts/:id')
export class DraftsController {
  constructor(private readonly drafts: Drafts, private readonly checks: ChecksDraft, private readonly signing: SignsAgreement, private readonly reading: ReadsAgreements, private readonly agreements: Agreements, private readonly renderer: PageRenderer) {}

  @Get() @Requires(READ_AGREEMENTS)
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('result') result?: string): Promise<PageResult> {
    return this.#draftPage(ctx, await this.drafts.find(ctx, id), { result: resultOf(result) });
  }

  @Post('sign') @Requires(MANAGE_AGREEMENTS)
  async sign(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const draft = await this.drafts.find(ctx, id);
    if (draft.isSignedHere) return redirect(`${HOME}/drafts/${draft.id}?result=is-signed`);
    if (body['confirm'] !== 'yes') return this.#draftPage(ctx, draft, { errors: [{ field: 'confirm', message: wordsFor(this.renderer, ctx)('sign.confirm-missing') }] });
    // What is signed is what was looked at.
    if (Number(body['version']) !== draft.version) return redirect(`${HOME}/drafts/${draft.id}?result=changed-meanwhile`);
    const outcome = await this.signing.sign(ctx, draft);
    if (!outcome.ok) return this.#draftPage(ctx, draft, { errors: [{ field: 'confirm', message: outcome.refusal.message }] });
    return redirect('agreement' in outcome.value ? `${HOME}/agreements/${outcome.value.agreement}?result=in-force` : `${HOME}/drafts/${outcome.value.draft}?result=signed`);
  }

  @Get('envelope') @Requires(READ_AGREEMENTS)
  async envelope(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<DownloadResult> {
    const { document, envelope } = await this.drafts.find(ctx, id);
    if (!envelope || document.id === undefined || document.version === undefined) throw new NotFound('Nobody has signed this draft yet.');
    return jsonFile({ id: document.id, version: document.version }, envelope, 'signed');
  }

  @Get('document') @Requires(READ_AGREEMENTS)
  async document(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<DownloadResult> {
    const { document } = await this.drafts.find(ctx, id);
    return jsonFile({ id: document.id ?? 'agreement', version: document.version ?? 1 }, document, 'agreement');
  }

  @Get('discard') @Requires(MANAGE_AGREEMENTS)
  async askToDiscard(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult> { return page('sharing/discard', { draft: await this.drafts.find(ctx, id) }); }

  @Post('discard') @Requires(MANAGE_AGREEMENTS)
  async discard(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    const draft = await this.drafts.find(ctx, id);
    await this.drafts.discard(ctx, draft.id);
    return redirect(`${HOME}?result=discarded`);
  }

  async #draftPage(ctx: RequestContext, draft: Draft, shown: { readonly errors?: readonly FieldError[]; readonly result?: ReturnType<typeof resultOf> }): Promise<PageResult> {
    const { document } = draft;
    const vocabulary = await this.reading.vocabulary(ctx, [...(document.holders ?? []), ...(document.receivers ?? [])]);
    const outcome = await this.checks.check(ctx, document);
    const rows = agreementInWords(document, vocabulary, wordsFor(this.renderer, ctx));
    return page('sharing/draft', {
      ...shown, draft, mayManage: may(ctx, MANAGE_AGREEMENTS), nextStep: firstUnanswered(document), state: draft.isSignedHere ? 'waiting' : draft.envelope ? 'to-sign' : 'draft', rows: outcome.ok ? withFaults(rows, outcome.value) : rows,
      ...(outcome.ok ? { checked: { ...outcome.value, rules: outcome.value.rules.map((one) => ({ ...one, name: vocabulary.bodies[one.body]?.en ?? one.body })) } } : {}),
      hasObjections: outcome.ok && outcome.value.rules.some(({ objections }) => objections.length > 0), isUnsettled: outcome.ok && outcome.value.rules.some(({ unsettled }) => unsettled.length > 0), isUncertain: outcome.ok && outcome.value.rules.some(({ guidelines }) => guidelines.length === 0),
      differences: await this.#differences(ctx, draft), signatures: await this.#signatures(ctx, draft),
    }, shown.errors?.length ? { status: 422 } : {});
  }

  /** What changes from the version that is here. */
  async #differences(ctx: RequestContext, { document }: Draft): Promise<{ readonly id: string; readonly from: number; readonly all: readonly Difference[] } | undefined> {
    const read = readAgreement(document);
    const kept = read.ok ? await this.agreements.version(ctx, read.value.id) : undefined;
    return read.ok && kept ? { id: kept.document.id, from: kept.document.version, all: diffAgreements(kept.document, read.value, kept.vocabulary) } : undefined;
  }

  async #signatures(ctx: RequestContext, { document, envelope }: Draft): Promise<readonly { readonly body: string; readonly at?: Date }[]> {
    const read = envelope ? readAgreement(document) : undefined;
    if (!read?.ok || !envelope) return [];
    const parties = partiesOf(read.value);
    const { bodies } = await this.reading.vocabulary(ctx, parties);
    const signedAt = await this.drafts.signedAt(ctx, read.value);
    return parties.map((body) => ({ body: bodies[body]?.en ?? body, at: signedAt.get(body) }));
  }
}
