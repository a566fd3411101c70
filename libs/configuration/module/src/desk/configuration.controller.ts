import { PUBLISH_CONFIGURATION, SHARE_CONFIGURATION } from '@guildhall/configuration-contract';
import { Ctx, Requires, download, form, page, redirect, type DownloadResult, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { may, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import type { VersionView } from '../data/version-row';
import { comparisonOf, comparisonWithKept, configurableThings, thingOf } from '../keeping/configured-things';
import { ExportsThings, filenameOf } from '../keeping/exports-things';
import { KeepsVersions, latestPublished, type PublishRefusal } from '../keeping/keeps-versions';

const HOME = '/desk/configuration';
/** What a page is shown with after a press. */
const RESULTS = ['published', 'discarded', 'put-back', 'put-back-asked', 'brought-in', 'typed', 'by-another', 'changed-meanwhile', 'no-draft', 'does-not-fit', 'not-here', 'other-version'] as const;

/** The officer's pages of what is configured here: what holds, what was before, and what somebody has brought in. */
@Controller('desk/configuration')
export class ConfigurationController {
  constructor(@Inject(ExportsThings) private readonly exporting: ExportsThings, @Inject(KeepsVersions) private readonly versions: KeepsVersions) {}

  @Get() @Requires(SHARE_CONFIGURATION)
  list(@Ctx() ctx: RequestContext): PageResult { return page('configuration/list', { kinds: configurableThings(ctx) }); }

  @Get(':kind/:id') @Requires(SHARE_CONFIGURATION)
  async show(@Ctx() ctx: RequestContext, @Param('kind') kind: string, @Param('id') id: string, @Query('result') result?: string): Promise<PageResult> {
    const found = thingOf(ctx, kind, id);
    const history = await this.versions.history(ctx, { kind, id });
    return page('configuration/thing', {
      ...this.#about(ctx, kind, id), history, base: latestPublished(history), result: RESULTS.find((one) => one === result),
      lines: comparisonOf(ctx, { ...found, content: found.original }, found.content).changed, mayPublish: may(ctx, PUBLISH_CONFIGURATION),
    });
  }

  @Get(':kind/:id/file') @Requires(SHARE_CONFIGURATION)
  file(@Ctx() ctx: RequestContext, @Param('kind') kind: string, @Param('id') id: string): DownloadResult {
    const file = this.exporting.export(ctx, kind, id);
    return download(Buffer.from(`${JSON.stringify(file, null, 2)}\n`), { filename: filenameOf(ctx, file), type: 'application/json' });
  }

  @Get(':kind/:id/revisions/:revision') @Requires(SHARE_CONFIGURATION)
  async revision(@Ctx() ctx: RequestContext, @Param('kind') kind: string, @Param('id') id: string, @Param('revision') revision: string, @Query('result') result?: string): Promise<PageResult> {
    const found = thingOf(ctx, kind, id);
    const [row, history] = [await this.versions.find(ctx, { kind, id }, Number(revision)), await this.versions.history(ctx, { kind, id })];
    return page('configuration/revision', {
      ...this.#about(ctx, kind, id), version: history.find((one) => one.revision === row.revision), base: latestPublished(history), comparison: comparisonWithKept(ctx, found, row.content ?? undefined), result: RESULTS.find((one) => one === result), mayPublish: may(ctx, PUBLISH_CONFIGURATION), needsAnother: this.versions.needsAnother(ctx, row),
    });
  }

  @Post(':kind/:id/revisions/:revision/publish') @Requires(PUBLISH_CONFIGURATION)
  async publish(@Ctx() ctx: RequestContext, @Param('kind') kind: string, @Param('id') id: string, @Param('revision') revision: string, @Body(form()) body: FormBody): Promise<RedirectResult> {
    return after(await this.versions.publish(ctx, { kind, id }, Number(revision), numberIn(body, 'base')), { kind, id, revision }, 'published');
  }

  @Post(':kind/:id/revisions/:revision/discard') @Requires(SHARE_CONFIGURATION)
  async discard(@Ctx() ctx: RequestContext, @Param('kind') kind: string, @Param('id') id: string, @Param('revision') revision: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    return after(await this.versions.discard(ctx, { kind, id }, Number(revision)), { kind, id, revision }, 'discarded');
  }

  @Post(':kind/:id/revisions/:revision/put-back') @Requires(PUBLISH_CONFIGURATION)
  async putBack(@Ctx() ctx: RequestContext, @Param('kind') kind: string, @Param('id') id: string, @Param('revision') revision: string, @Body(form()) body: FormBody): Promise<RedirectResult> {
    const outcome = await this.versions.putBack(ctx, { kind, id }, Number(revision), numberIn(body, 'base'));
    if (outcome.ok && outcome.value.state === 'draft') return redirect(`${HOME}/${encodeURIComponent(kind)}/${encodeURIComponent(id)}/revisions/${outcome.value.revision}?result=put-back-asked`);
    return after(outcome, { kind, id }, 'put-back');
  }

  #about(ctx: RequestContext, kind: string, id: string): object {
    const { configurable, thing } = thingOf(ctx, kind, id);
    return { thing, kind, kindTitle: configurable.title, mayType: configurable.fields !== undefined, at: `${HOME}/${kind}/${encodeURIComponent(id)}` };
  }
}

/** Where an officer goes after a press: to the thing when it worked, else back to what they looked at. */
function after(outcome: Outcome<VersionView, PublishRefusal>, { kind, id, revision }: { readonly kind: string; readonly id: string; readonly revision?: string }, done: (typeof RESULTS)[number]): RedirectResult {
  const thing = `${HOME}/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`;
  if (outcome.ok) return redirect(`${thing}?result=${done}`);
  return redirect(`${thing}${revision ? `/revisions/${encodeURIComponent(revision)}` : ''}?result=${outcome.refusal.reason}`);
}

function numberIn(body: FormBody, field: string): number {
  const value = body[field];
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : -1;
}
