import { MANAGE_MACHINES, refuseUnusable } from '@guildhall/identity-contract';
import type { Machine, MachineCredential, RegisterMachine } from '@guildhall/identity-contract';
import { Ctx, PageRenderer, Requires, form, page, permissionsIn, redirect } from '@guildhall/kernel';
import type { FormBody, PageResult, RedirectResult } from '@guildhall/kernel';
import { CLOCK, NotFound, isGuildhallError, may } from '@guildhall/kernel-contract';
import type { Clock, FieldError, Permission, RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { MachineClients } from '../machines/machine-clients';
import { ReadMachines } from '../machines/read-machines';
import { fieldOf, queryOf } from './forms';

const HOME = '/desk/credentials';
const LASTS: ReadonlyMap<string, number> = new Map([['quarter', 90], ['half-year', 180], ['year', 365]]);
const DAY = 86_400_000;
/** Our words for what the standard's rules refuse: the field there, the field here, and the message. As they stand in the form. */
const MISTAKES = [['title', 'title', 'title-missing'], ['clientId', 'clientId', 'id-wrong'], ['permissions', 'permissions', 'permissions-missing'], ['expiresAt', 'lasts', 'lasts-missing']] as const;

interface Asked { readonly title: string; readonly clientId: string; readonly permissions: readonly string[]; readonly lasts: string }

/** Where team managers give other systems their credentials, and take them away. A secret is shown in the answer to a press, and never again. */
@Controller('desk/credentials')
export class CredentialsController {
  constructor(@Inject(ReadMachines) private readonly reading: ReadMachines, @Inject(MachineClients) private readonly machines: MachineClients, @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(CLOCK) private readonly clock: Clock) {}

  @Get() @Requires(MANAGE_MACHINES)
  async list(@Ctx() ctx: RequestContext, @Query() query: Readonly<Record<string, unknown>>): Promise<PageResult> {
    return page('identity/desk-credentials', await this.reading.list(ctx, queryOf(query, 'after')));
  }

  @Get('new') @Requires(MANAGE_MACHINES)
  ask(@Ctx() ctx: RequestContext): PageResult { return this.formPage(ctx, { title: '', clientId: '', permissions: [], lasts: '' }); }

  @Post() @Requires(MANAGE_MACHINES)
  async create(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult> {
    const asked = { title: fieldOf(body, 'title'), clientId: fieldOf(body, 'clientId').toLowerCase(), permissions: chosen(body, 'permissions'), lasts: fieldOf(body, 'lasts') };
    const order = { ...asked, expiresAt: this.endOf(asked.lasts) };
    const mistakes = this.mistakesIn(ctx, order);
    if (mistakes.length === 0 && (await this.reading.find(ctx, asked.clientId))) mistakes.push(this.mistake(ctx, 'clientId', 'id-taken'));
    if (mistakes.length > 0) return this.formPage(ctx, asked, mistakes);
    return this.secretPage(asked.title, await this.machines.register(ctx, order));
  }

  @Get(':client') @Requires(MANAGE_MACHINES)
  async show(@Ctx() ctx: RequestContext, @Param('client') clientId: string, @Query() query: Readonly<Record<string, unknown>>): Promise<PageResult> {
    const machine = await this.found(ctx, clientId);
    const titles = new Map(permissionsIn(ctx).map(({ id, title }) => [id, title]));
    return page('identity/desk-credential', { machine, permissions: machine.permissions.map((id) => ({ id, title: titles.get(id) })), wasEnded: query.result === 'ended' });
  }

  @Get(':client/new-secret') @Requires(MANAGE_MACHINES)
  async askForSecret(@Ctx() ctx: RequestContext, @Param('client') clientId: string): Promise<PageResult> { return page('identity/desk-credential-renew', { machine: await this.found(ctx, clientId) }); }

  @Post(':client/new-secret') @Requires(MANAGE_MACHINES)
  async renew(@Ctx() ctx: RequestContext, @Param('client') clientId: string, @Body(form()) body: FormBody): Promise<PageResult> {
    const machine = await this.found(ctx, clientId);
    const { title, permissions } = machine;
    const lasts = fieldOf(body, 'lasts');
    const refused = (key: string): PageResult => page('identity/desk-credential-renew', { machine, lasts, errors: [this.mistake(ctx, 'lasts', key)] }, { status: 422 });
    if (!LASTS.has(lasts)) return refused('lasts-missing');
    try {
      return this.secretPage(title, await this.machines.register(ctx, { clientId, title, permissions, expiresAt: this.endOf(lasts) }), (await this.reading.find(ctx, clientId))?.earlierWorksUntil);
    } catch (error) {
      // Somebody with other permissions has made it.
      if (isGuildhallError(error) && error.code === 'not-allowed') return refused('not-yours-to-give');
      throw error;
    }
  }

  @Get(':client/end') @Requires(MANAGE_MACHINES)
  async askToEnd(@Ctx() ctx: RequestContext, @Param('client') clientId: string): Promise<PageResult> { return page('identity/desk-credential-end', { machine: await this.found(ctx, clientId) }); }

  @Post(':client/end') @Requires(MANAGE_MACHINES)
  async end(@Ctx() ctx: RequestContext, @Param('client') clientId: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    await this.machines.end(ctx, clientId);
    return redirect(`${HOME}/${clientId}?result=ended`);
  }

  private mistakesIn(ctx: RequestContext, order: RegisterMachine): FieldError[] {
    try {
      refuseUnusable(ctx, order, this.clock.now());
      return [];
    } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'invalid-input') throw error;
      return MISTAKES.filter(([theirs]) => error.fields.some(({ field }) => field === theirs)).map(([, field, key]) => this.mistake(ctx, field, key));
    }
  }

  private async found(ctx: RequestContext, clientId: string): Promise<Machine> {
    const machine = await this.reading.find(ctx, clientId);
    if (!machine) throw new NotFound('There is no such system.');
    return machine;
  }

  private formPage(ctx: RequestContext, asked: Asked, errors: readonly FieldError[] = []): PageResult {
    return page('identity/desk-credential-form', { form: asked, permissions: givenBy(ctx), errors }, errors.length ? { status: 422 } : {});
  }

  private secretPage(title: string, { clientId, secret, expiresAt }: MachineCredential, earlierWorksUntil?: Date): PageResult {
    const credential = `${clientId}.${secret}`;
    return page('identity/desk-credential-secret', { title, clientId, credential, header: `Authorization: Bearer ${credential}`, expiresAt, earlierWorksUntil });
  }

  /** What is no choice of the form ends at once, which the rules refuse. */
  private endOf(lasts: string): Date { return new Date(this.clock.now().getTime() + (LASTS.get(lasts) ?? 0) * DAY); }

  private mistake(ctx: RequestContext, field: string, key: string): FieldError { return { field, message: this.renderer.messages.t(ctx, `identity.credentials.mistakes.${key}`) }; }
}

/** What somebody may give to a system: what they hold themselves. */
function givenBy(ctx: RequestContext): readonly Permission[] { return permissionsIn(ctx).filter((permission) => may(ctx, permission)); }

/** Every box of a name that was ticked, each once. */
function chosen(body: FormBody, name: string): readonly string[] { return [...new Set([body[name] ?? []].flat())].filter((one) => one !== ''); }
