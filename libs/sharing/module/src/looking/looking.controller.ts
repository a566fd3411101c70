import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, form, page, type FormBody, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { LOOK_AT_OTHERS } from '@guildhall/sharing-contract';
import { fieldOf, fieldsOf } from '../desk/form-fields';
import { wordsFor } from '../desk/words-for';
import { caseIn } from '../information/way-back';
import { LooksAtOthers, type LookRefusal } from './looks-at-others';
import { NamesPerson } from './names-person';

/** Which field each refusal is about. */
const FIELDS: Readonly<Partial<Record<LookRefusal['reason'], string>>> = { 'no-reason': 'because', 'nothing-chosen': 'attributes', 'not-possible': 'rule' };

/** The officer's page from which they look at what another body holds of somebody. What comes is shown once: there is no address at which it could be had again. */
@Controller('desk/looking/people/:person')
export class LookingController {
  constructor(private readonly looks: LooksAtOthers, private readonly people: NamesPerson, private readonly renderer: PageRenderer) {}

  @Get() @Requires(LOOK_AT_OTHERS)
  async show(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Query('rule') rule?: string, @Query('from') from?: unknown): Promise<PageResult> { return this.#form(ctx, personId, rule, { cameFrom: caseIn(from) }); }

  @Post() @Requires(LOOK_AT_OTHERS)
  async look(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Body(form()) body: FormBody): Promise<PageResult> {
    const [name, cameFrom] = [await this.people.name(ctx, personId), caseIn(fieldOf(body, 'from'))];
    const [rule, because, attributes] = [fieldOf(body, 'rule'), fieldOf(body, 'because'), fieldsOf(body, 'attributes')];
    const [agreementId = '', holder = ''] = rule.split('@');
    const looked = await this.looks.look(ctx, personId, { agreementId, holder, attributes, because });
    if (looked.ok) return page('sharing/looking/seen', { personId, name, cameFrom, because, ...looked.value });
    const { reason } = looked.refusal;
    const field = FIELDS[reason];
    if (field === undefined) return page('sharing/looking/refused', { personId, name, cameFrom, reason, failed: 'decision' in looked.refusal ? looked.refusal.decision?.reasons.filter(({ pass }) => !pass) ?? [] : [] }, { status: reason === 'refused' ? 403 : 503 });
    return this.#form(ctx, personId, rule, { cameFrom, typed: { because, attributes }, errors: [{ field, message: wordsFor(this.renderer, ctx)(`looking.errors.${reason}`) }] }, 422);
  }

  /** By one rule; which, where there are several and none is chosen. */
  async #form(ctx: RequestContext, personId: string, chosen: string | undefined, more: object, status = 200): Promise<PageResult> {
    const name = await this.people.name(ctx, personId);
    const rules = (await this.looks.lookable(ctx, personId)).map((one) => ({ ...one, key: `${one.agreementId}@${one.holder}` }));
    const rule = rules.find(({ key }) => key === chosen) ?? (chosen === undefined && rules.length === 1 ? rules[0] : undefined);
    return page('sharing/looking/look', { personId, name, rules, rule, typed: { attributes: [] }, ...more }, { status });
  }
}
