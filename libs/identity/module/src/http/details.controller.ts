import { localPath } from '@guildhall/identity-contract';
import type { ContactChanges, ContactRefusal, Person } from '@guildhall/identity-contract';
import { Ctx, ForResidents, form, redirect } from '@guildhall/kernel';
import type { FormBody, PageResult, RedirectResult } from '@guildhall/kernel';
import { LANGUAGES, NotAuthenticated } from '@guildhall/kernel-contract';
import type { Outcome, RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ChangeContact } from '../people/change-contact';
import { ReadPeople } from '../people/read-people';
import { Forms, fieldOf, queryOf } from './forms';
import type { FormFault } from './forms';

const FAULTS: Readonly<Record<ContactRefusal['reason'], FormFault>> = {
  'name-missing': { field: 'name', key: 'name-missing' }, 'email-not-valid': { field: 'email', key: 'email-not-valid' },
  'phone-not-valid': { field: 'phone', key: 'phone-not-valid' }, 'no-way-to-reach': { field: 'email', key: 'no-way-to-reach' },
};

/** Where residents say who they are: at first their name and language, later everything. */
@Controller()
export class DetailsController {
  constructor(@Inject(Forms) private readonly forms: Forms, @Inject(ReadPeople) private readonly people: ReadPeople, @Inject(ChangeContact) private readonly changeContact: ChangeContact) {}

  @Get('sign-in/details') @ForResidents()
  async first(@Ctx() ctx: RequestContext): Promise<PageResult> {
    return this.show(ctx, 'identity/first-details', await this.me(ctx));
  }

  @Post('sign-in/details') @ForResidents()
  async keepFirst(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody, @Query() query: Readonly<Record<string, unknown>>): Promise<PageResult | RedirectResult> {
    const changes = { name: fieldOf(body, 'name'), ...languageIn(ctx, body) };
    return (await this.keep(ctx, 'identity/first-details', changes)) ?? redirect(localPath(queryOf(query, 'next'), '/account'));
  }

  @Get('account/details') @ForResidents()
  async details(@Ctx() ctx: RequestContext, @Query() query: Readonly<Record<string, unknown>>): Promise<PageResult> {
    return this.show(ctx, 'identity/details', await this.me(ctx), [], 'saved' in query);
  }

  @Post('account/details') @ForResidents()
  async keepDetails(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const changes = { name: fieldOf(body, 'name'), email: fieldOf(body, 'email') || null, phone: fieldOf(body, 'phone') || null, ...languageIn(ctx, body) };
    return (await this.keep(ctx, 'identity/details', changes)) ?? redirect('/account/details?saved');
  }

  /** Keeps the changes; the page again when something is wrong. */
  private async keep(ctx: RequestContext, view: string, changes: ContactChanges): Promise<PageResult | undefined> {
    const faults: FormFault[] = [];
    if (!changes.name) faults.push({ field: 'name', key: 'name-missing' });
    if ((changes.name?.length ?? 0) > 200) faults.push({ field: 'name', key: 'name-too-long' });
    if ('preferredLanguage' in changes && !changes.preferredLanguage) faults.push({ field: 'language', key: 'language-missing' });
    const me = await this.me(ctx);
    const typed = { ...me, ...Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value ?? undefined])) };
    if (faults.length > 0) return this.show(ctx, view, typed, faults);
    const outcome: Outcome<Person, ContactRefusal> = await this.changeContact.change(ctx, me.personId, changes);
    return outcome.ok ? undefined : this.show(ctx, view, typed, [FAULTS[outcome.refusal.reason]]);
  }

  private show(ctx: RequestContext, view: string, person: Person, faults: readonly FormFault[] = [], isSaved = false): PageResult {
    return this.forms.show(ctx, view, { person, isSaved, offered: ctx.council.languages }, faults);
  }

  private async me(ctx: RequestContext): Promise<Person> {
    const person = ctx.actor.kind === 'resident' ? await this.people.person(ctx, ctx.actor.personId) : undefined;
    if (!person) throw new NotAuthenticated();
    return person;
  }
}

/** The chosen language; nothing where the council serves in one only. */
function languageIn(ctx: RequestContext, body: FormBody): Pick<ContactChanges, 'preferredLanguage'> {
  if (ctx.council.languages.length < 2) return {};
  const chosen = fieldOf(body, 'language');
  return { preferredLanguage: LANGUAGES.find((language) => language === chosen) ?? null };
}
