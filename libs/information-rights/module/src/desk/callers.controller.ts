import { ASSISTED_AUTHORITIES, ASSISTED_CHECKS, AUTHORITY_TITLES, CHECK_TITLES, type AssistedBasis } from '@guildhall/identity-contract';
import { ASK_FOR_RESIDENTS } from '@guildhall/information-rights-contract';
import { Ctx, PageRenderer, Requires, form, page, type FormBody, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { kindIn } from '../account/data.controller';
import { AsksForRights } from '../requests/asks-for-rights';
import { PersonOnDesk } from './person-on-desk';

/** Asks for somebody who has called. */
@Controller('desk/rights/people/:person')
export class CallersController {
  constructor(private readonly asking: AsksForRights, private readonly people: PersonOnDesk, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  @Get() @Requires(ASK_FOR_RESIDENTS)
  async show(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Query('from') from?: unknown): Promise<PageResult> {
    return page('information-rights/desk-ask', { ...(await this.people.find(ctx, personId)), ...formFor(), cameFrom: caseIn(from) });
  }

  @Post() @Requires(ASK_FOR_RESIDENTS)
  async ask(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Body(form()) body: FormBody): Promise<PageResult> {
    const [person, basis] = [{ ...(await this.people.find(ctx, personId)), cameFrom: caseIn(body['from']) }, basisIn(body)];
    const t = (key: string): string => this.renderer.messages.t(ctx, `information-rights.desk.${key}`);
    const errors = [...(body['kind'] ? [] : [{ field: 'kind', message: t('error-kind') }]), ...(basis ? [] : [{ field: 'authority', message: t('error-authority') }])];
    if (errors.length > 0 || !basis) return page('information-rights/desk-ask', { ...person, ...formFor(body), errors }, { status: 400 });
    const request = await this.asking.ask({ ...ctx, language: body['language'] === 'cy' ? 'cy' : 'en' }, person.personId, kindIn(String(body['kind'])), basis);
    return page('information-rights/desk-asked', { ...person, request });
  }
}

/** The case from which an officer came; nothing where they came from elsewhere. */
function caseIn(from: unknown): { readonly href: string; readonly reference: string } | undefined {
  const reference = typeof from === 'string' ? /^\/desk\/cases\/([A-Za-z0-9-]{1,40})$/.exec(from)?.[1] : undefined;
  return reference === undefined ? undefined : { href: `/desk/cases/${reference}`, reference };
}

function basisIn(body: FormBody): AssistedBasis | undefined {
  const authority = ASSISTED_AUTHORITIES.find((each) => each === body['authority']);
  return authority && { authority, checks: ASSISTED_CHECKS.filter((each) => [body['checks']].flat().includes(each)) };
}

function formFor(body: FormBody = {}): object {
  const checked = [body['checks']].flat();
  return { form: body, authorities: ASSISTED_AUTHORITIES.map((value) => ({ value, text: AUTHORITY_TITLES[value], checked: body['authority'] === value })), checks: ASSISTED_CHECKS.map((value) => ({ value, text: CHECK_TITLES[value], checked: checked.includes(value) })) };
}
