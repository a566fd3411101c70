import { SHARE_CONFIGURATION, type ConfiguredField } from '@guildhall/configuration-contract';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { FieldError, RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { thingOf } from '../keeping/configured-things';
import { DraftsTyped, type TypingForm, type TypingRefusal } from '../typing/drafts-typed';
import { boundsOf, groupsOnPage } from '../typing/form-on-page';
import { inputName, longestOf, readTyped, typedOf, type TypingMistake } from '../typing/typed-values';

type Typed = Readonly<Record<string, string>>;

/** The officer's form of what is configured here: what is typed becomes a draft. */
@Controller('desk/configuration/:kind/:id/change')
export class ChangingController {
  constructor(@Inject(DraftsTyped) private readonly drafts: DraftsTyped, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  @Get() @Requires(SHARE_CONFIGURATION)
  async ask(@Ctx() ctx: RequestContext, @Param('kind') kind: string, @Param('id') id: string, @Query('draft') draft?: string): Promise<PageResult> {
    const asked = await this.drafts.form(ctx, { kind, id }, numberIn(draft));
    return this.#page(ctx, { kind, id, draft }, asked, Object.assign({}, ...asked.fields.map(typedOf)) as Typed);
  }

  @Post() @Requires(SHARE_CONFIGURATION)
  async keep(@Ctx() ctx: RequestContext, @Param('kind') kind: string, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const draft = numberIn(body['draft']);
    const asked = await this.drafts.form(ctx, { kind, id }, draft);
    const { values, mistakes } = readTyped(asked.fields, body);
    const again = (errors: readonly FieldError[]): PageResult => this.#page(ctx, { kind, id, draft: body['draft'] }, asked, typedIn(body), errors);
    if (mistakes.length > 0) return again(mistakes.map((mistake) => ({ field: mistake.field, message: this.#sentence(ctx, mistake) })));
    const kept = await this.drafts.keep(ctx, { kind, id }, values, { base: numberIn(body['base']) ?? -1, draft });
    return kept.ok ? redirect(`/desk/configuration/${encodeURIComponent(kind)}/${encodeURIComponent(id)}/revisions/${kept.value.revision}?result=typed`) : again(this.#refusals(ctx, asked.fields, kept.refusal));
  }

  #page(ctx: RequestContext, { kind, id, draft }: { readonly kind: string; readonly id: string; readonly draft: unknown }, { fields, base }: TypingForm, typed: Typed, errors: readonly FieldError[] = []): PageResult {
    const { configurable, thing } = thingOf(ctx, kind, id);
    const at = `/desk/configuration/${kind}/${encodeURIComponent(id)}`;
    return page('configuration/change', { thing, kindTitle: configurable.title, at, base, draft: numberIn(draft), groups: groupsOnPage(ctx, fields, typed), hasOptional: fields.some(({ isOptional }) => isOptional), hasPlaceholders: Object.values(typed).some((text) => text.includes('((')), errors }, errors.length > 0 ? { status: 422, gotAt: `${at}/change` } : {});
  }

  #sentence(ctx: RequestContext, { key, of }: TypingMistake): string {
    return this.renderer.messages.t(ctx, `configuration.desk.change.mistakes.${key}`, { label: labelOf(ctx, of), longest: longestOf(of), least: '', most: '', ...boundsOf(of) });
  }

  #refusals(ctx: RequestContext, fields: readonly ConfiguredField[], refusal: TypingRefusal): readonly FieldError[] {
    if (refusal.reason !== 'does-not-fit') return [{ field: '', message: this.renderer.messages.t(ctx, `configuration.desk.change.${refusal.reason}`) }];
    return refusal.problems.map(({ key, message }) => {
      const field = fields.find((one) => one.key === key);
      return { field: field ? Object.keys(typedOf(field))[0] ?? '' : '', message };
    });
  }
}

function labelOf(ctx: RequestContext, { group, label }: ConfiguredField): string {
  return [...(group ? [group[ctx.language]] : []), label[ctx.language]].join(': ');
}

function typedIn(body: FormBody): Typed {
  return Object.fromEntries(Object.entries(body).filter((entry): entry is [string, string] => entry[0].startsWith(inputName('')) && typeof entry[1] === 'string'));
}

function numberIn(typed: unknown): number | undefined {
  return typeof typed === 'string' && /^\d{1,9}$/.test(typed) ? Number(typed) : undefined;
}
