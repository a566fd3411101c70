import { Inject, Injectable } from '@nestjs/common';
import { CASE_TYPE, findCaseType, transitionOf } from '@guildhall/cases-contract';
import { Database, extensionsOf } from '@guildhall/kernel';
import type { Connection, ConnectionCheck, RequestContext } from '@guildhall/kernel-contract';
import { BackOfficeSettings } from '../back-office.settings';
import { NEEDS_SOMEBODY } from '../data/hand-over-row';

const MOST_NAMED = 5;
const MOST_COUNTED = 1000;

/** Whether cases arrive where they are handed over, and whether the configuration fits the kinds of case: for `doctor`, which calls nobody for it. */
@Injectable()
export class BackOfficeConnection implements Connection {
  readonly id = 'back-office.hand-overs';
  readonly title = { en: 'Cases handed to other systems', cy: 'Achosion a roddwyd i systemau eraill' };
  constructor(@Inject(Database) private readonly db: Database, @Inject(BackOfficeSettings) private readonly settings: BackOfficeSettings) {}

  async check(ctx: RequestContext): Promise<ConnectionCheck> {
    const mistakes = this.mistakes(ctx);
    if (mistakes.length) return { ok: false, message: `${mistakes.slice(0, MOST_NAMED).join(' ')} Correct backOffice({ handOver: … }) in the council’s configuration.` };
    const [counted] = await this.db.query<{ count: number }>(ctx, `select count(*)::int as count from (select from back_office.hand_over where council_id = $1 and ${NEEDS_SOMEBODY} limit ${MOST_COUNTED}) as refused`, [ctx.council.id]);
    const failing = await this.db.query<{ provider_id: string }>(ctx, `select provider_id from back_office.far_end where council_id = $1 and failures_in_row > 0 order by provider_id limit ${MOST_NAMED}`, [ctx.council.id]);
    const count = counted?.count ?? 0;
    if (count === 0 && failing.length === 0) return { ok: true, message: 'Cases arrive at the other systems.' };
    const named = await this.db.query<{ case_reference: string }>(ctx, `select case_reference from back_office.hand_over where council_id = $1 and ${NEEDS_SOMEBODY} and case_reference is not null order by refused_at, case_id limit ${MOST_NAMED}`, [ctx.council.id]);
    const parts = [
      ...failing.map(({ provider_id: id }) => `${this.settings.titleOf(ctx, id)} does not answer and is tried again by itself.`),
      ...(count ? [`${count === MOST_COUNTED ? '1,000 or more cases were' : count === 1 ? '1 case was' : `${count} cases were`} not taken${named.length ? ` (${named.map(({ case_reference: reference }) => reference).join(', ')}${count > named.length ? ', …' : ''})` : ''}. Each says why: mend the cause, then press “Try again” beside the case.`] : []),
    ];
    return { ok: false, message: parts.join(' ') };
  }

  /** What the configuration says and the kinds of case do not bear. */
  private mistakes(ctx: RequestContext): readonly string[] {
    const types = extensionsOf(ctx, CASE_TYPE);
    return this.settings.lines(ctx).flatMap(({ caseTypes, statuses = {} }) => caseTypes.flatMap((id) => {
      const type = findCaseType(types, id);
      if (!type) return [`There is no kind of case ${id} here.`];
      return Object.entries(statuses).flatMap(([status, rule]) => {
        const transition = rule !== 'ignore' && rule.move !== undefined ? transitionOf(type, rule.move) : undefined;
        if (rule === 'ignore' || rule.move === undefined) return [];
        if (!transition) return [`${id} has no step “${rule.move}”, which “${status}” should take.`];
        return (transition.reasons?.required || transition.decision) && rule.tell === undefined ? [`The step “${rule.move}” of ${id} asks for reasons: say in "tell" for “${status}” which.`] : [];
      });
    }));
  }
}
