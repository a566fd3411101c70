import { CONFIGURABLE } from '@guildhall/configuration-contract';
import { Database, extensionsOf, registeredAt } from '@guildhall/kernel';
import { CLOCK, type Clock, type Connection, type ConnectionCheck, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import type { VersionRow } from '../data/version-row';
import { problemsOf } from './checks-fit';
import type { ThingAt } from './configured-things';

/** What is in force of a thing: its revision and, as in a file, its content. */
export type InForce = Pick<VersionRow, 'kind' | 'thing' | 'revision' | 'content'>;

/** Something that was published and does not fit any more, since another version of its package was installed. */
export interface Misfit extends ThingAt { readonly revision: number; readonly problems: readonly string[] }

/** Whether what a council published still fits what is installed: what does not is left out, and somebody must know. Also for `doctor`. */
@Injectable()
export class LooksAtFit implements Connection {
  readonly id = 'configuration.published';
  readonly title = { en: 'Configuration that was published here', cy: 'Ffurfweddiad a gyhoeddwyd yma' };
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async check(ctx: RequestContext): Promise<ConnectionCheck> {
    // Whoever looks after the app reads English, whatever the council's first language is.
    const misfits = await this.misfits(Object.freeze({ ...ctx, language: 'en' }));
    if (misfits.length === 0) return { ok: true, message: 'Everything that was published fits what is installed.' };
    return { ok: false, message: `${misfits.map(({ kind, id, problems }) => `${kind} ${id}: ${problems.join(' ')}`).join(' ')} What does not fit is left out. See “Configuration” on the desk: publish what fits this version, or put back what the package has.` };
  }

  /** Everything in force that does not fit. */
  async misfits(ctx: RequestContext): Promise<readonly Misfit[]> {
    const rows = await this.db.query<InForce>(ctx, `select distinct on (kind, thing) kind, thing, revision, content from configuration.version where council_id = $1 and state = 'published' and takes_effect_at <= $2 order by kind, thing, revision desc`, [ctx.council.id, this.clock.now()]);
    const looked = await Promise.all(rows.map(async (row) => ({ kind: row.kind, id: row.thing, revision: row.revision, problems: await this.problems(ctx, row) })));
    return looked.filter(({ problems }) => problems.length > 0);
  }

  /** What stands against what is in force, in sentences; empty when nothing does. */
  async problems(ctx: RequestContext, { kind, thing, content }: InForce): Promise<readonly string[]> {
    if (!content) return [];
    const configurable = extensionsOf(ctx, CONFIGURABLE).find((one) => one.kind === kind);
    const registered = configurable ? registeredAt(ctx, configurable.point) : [];
    // Of what was taken out nothing is left to repair, nor a page to do it on.
    if (!configurable?.things(registered).some(({ id }) => id === thing)) return [];
    // The page on which it is put right opens whatever is in it.
    return problemsOf(ctx, configurable, thing, content);
  }
}
