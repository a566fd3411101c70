import { CATALOGUE, type CatalogueApi } from '@guildhall/catalogue-contract';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { NotFound, may, type FieldError, type RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { Organisations } from '../members/organisations';
import { CONTRIBUTE, MANAGE_CATALOGUE } from '../members/permissions';
import { ReadsOwnPublishing } from '../members/reads-own-publishing';
import { Contributions } from './contributions';
import { CONTRIBUTION_KINDS, FORMS, type ContributionKind } from './forms';
import { readContribution, typedIn } from './read-form';

const HOME = '/desk/catalogue';
const RESULTS = ['added', 'ended', 'kept', 'removed', 'put-out', 'let-in', 'refused'];
const MOST_REASON = 500;

/** Where those who are signed in write for their own organisation. */
@Controller('desk/catalogue')
export class ContributingController {
  constructor(private readonly contributions: Contributions, private readonly organisations: Organisations, private readonly renderer: PageRenderer, @Inject(CATALOGUE.token) private readonly catalogue: CatalogueApi, private readonly publishing: ReadsOwnPublishing) {}

  @Get() @Requires(CONTRIBUTE)
  async home(@Ctx() ctx: RequestContext, @Query('result') result?: string): Promise<PageResult> {
    const mine = await this.organisations.mine(ctx);
    const own = mine.length === 0 ? [] : await this.contributions.of(ctx, mine.map(({ id }) => id));
    return page('catalogue/desk/home', { mine, own, publishing: await this.publishing.of(ctx, mine), kinds: CONTRIBUTION_KINDS, result: RESULTS.find((one) => one === result), mayManage: may(ctx, MANAGE_CATALOGUE) });
  }

  @Get('new/:kind') @Requires(CONTRIBUTE)
  async ask(@Ctx() ctx: RequestContext, @Param('kind') kind: string, @Query('package') about?: unknown): Promise<PageResult> { return this.#form(ctx, kindOf(kind), { package: typeof about === 'string' ? [about] : [] }); }

  @Post('new/:kind') @Requires(CONTRIBUTE)
  async add(@Ctx() ctx: RequestContext, @Param('kind') given: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const kind = kindOf(given);
    const say = (key: string, values?: Record<string, string>): string => this.renderer.messages.t(ctx, `catalogue.desk.form.${key}`, values);
    const { packageName, written, errors } = readContribution(kind, body, say);
    const [organisationId] = typedIn(body, 'organisation');
    const wrong: FieldError[] = [...(organisationId === undefined ? [{ field: 'organisation', message: say('missing.organisation') }] : []), ...errors];
    if (packageName !== null && !(await this.#isListed(ctx, packageName))) wrong.push({ field: 'package', message: say('wrong.package', { name: packageName.slice(0, 214) }) });
    if (wrong.length > 0 || organisationId === undefined) return this.#form(ctx, kind, Object.fromEntries(['organisation', 'package', ...FORMS[kind].fields.map(({ name }) => name)].map((name) => [name, typedIn(body, name)])), wrong);
    await this.contributions.add(ctx, { kind, organisationId, packageName, written });
    return redirect(`${HOME}?result=added`);
  }

  @Post('entries/:id/end') @Requires(CONTRIBUTE)
  async end(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<RedirectResult> {
    await this.contributions.end(ctx, id, typedIn(body, 'because')[0]?.slice(0, MOST_REASON));
    return redirect(`${HOME}?result=ended`);
  }

  async #form(ctx: RequestContext, kind: ContributionKind, typed: Readonly<Record<string, readonly string[]>>, errors: readonly FieldError[] = []): Promise<PageResult> {
    return page('catalogue/desk/new', { kind, fields: FORMS[kind].fields, packageMust: FORMS[kind].package === 'must', typed, mine: await this.organisations.mine(ctx), errors }, errors.length ? { status: 422 } : {});
  }

  async #isListed(ctx: RequestContext, name: string): Promise<boolean> {
    try {
      const { name: found, versions, removed = [] } = await this.catalogue.listing(ctx, name);
      return found === name && (versions.length > 0 || removed.length === 0);
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw error;
    }
  }
}

function kindOf(given: string): ContributionKind {
  const kind = CONTRIBUTION_KINDS.find((one) => one === given);
  if (!kind) throw new NotFound('There is no such form.');
  return kind;
}
