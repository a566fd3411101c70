import { PUBLISHER_KINDS, type PublisherKind } from '@guildhall/catalogue-contract';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { FieldError, RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { typedIn } from '../contributing/read-form';
import { Organisations } from './organisations';
import { MANAGE_CATALOGUE } from './permissions';

const FIELDS = { id: /^[a-z0-9]+(-[a-z0-9]+)*$/, nameEn: /^.{1,120}$/, nameCy: /^.{1,120}$/, team: /^[a-z0-9]+(-[a-z0-9]+)*$/, email: /^[^\s@]+@[^\s@]+$/ } as const;

/** Which organisations write here, and which team of the sign-in's stands for each. */
@Controller('desk/catalogue/organisations')
export class OrganisationsController {
  constructor(private readonly organisations: Organisations, private readonly renderer: PageRenderer) {}

  @Get() @Requires(MANAGE_CATALOGUE)
  async list(@Ctx() ctx: RequestContext, @Query('change') change?: string): Promise<PageResult> {
    const one = change === undefined ? undefined : (await this.organisations.list(ctx)).find(({ id }) => id === change);
    return this.#page(ctx, one ? { id: one.id, change: one.id, nameEn: one.name.en, nameCy: one.name.cy, kind: one.kind, team: one.teamId, email: one.email, web: one.web } : {});
  }

  @Post() @Requires(MANAGE_CATALOGUE)
  async keep(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const errors: FieldError[] = [];
    const wrong = (field: string): void => void errors.push({ field, message: this.renderer.messages.t(ctx, `catalogue.desk.organisations.wrong.${field}`) });
    const read = (field: keyof typeof FIELDS): string => {
      const [value = ''] = typedIn(body, field);
      if (!FIELDS[field].test(value) || value.length > 200) wrong(field);
      return value;
    };
    const [kind] = PUBLISHER_KINDS.filter((one): one is PublisherKind => one === typedIn(body, 'kind')[0]);
    if (kind === undefined) wrong('kind');
    const [web] = typedIn(body, 'web');
    if (web !== undefined && !(/^https?:\/\/[^\s"<>]+$/.test(web) && URL.canParse(web))) wrong('web');
    const organisation = { id: read('id'), name: { en: read('nameEn'), cy: read('nameCy') }, teamId: read('team'), email: read('email'), web };
    const again = (): Promise<PageResult> => this.#page(ctx, Object.fromEntries([...Object.keys(FIELDS), 'kind', 'web', 'change'].map((field) => [field, typedIn(body, field)[0]])), errors);
    if (errors.length > 0 || kind === undefined) return again();
    if (typedIn(body, 'change')[0] === organisation.id) await this.organisations.change(ctx, { ...organisation, kind });
    else if (!(await this.organisations.add(ctx, { ...organisation, kind })).ok) {
      errors.push({ field: 'id', message: this.renderer.messages.t(ctx, 'catalogue.desk.organisations.there-already', { id: organisation.id }) });
      return again();
    }
    return redirect('/desk/catalogue?result=kept');
  }

  async #page(ctx: RequestContext, typed: Readonly<Record<string, string | undefined>>, errors: readonly FieldError[] = []): Promise<PageResult> {
    return page('catalogue/desk/organisations', { organisations: await this.organisations.list(ctx), kinds: PUBLISHER_KINDS, typed, errors }, errors.length ? { status: 422 } : {});
  }
}
