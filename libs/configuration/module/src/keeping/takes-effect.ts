import { CONFIGURABLE, type Configurable, type ConfigurationKind, type PublishedConfiguration } from '@guildhall/configuration-contract';
import { Database, LOG, changeRegistered, extensionsOf, registeredAt, type BeforeWork } from '@guildhall/kernel';
import { CLOCK, type Clock, type Council, type Log, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { inForceAt, type VersionRow } from '../data/version-row';
import { LooksAtFit } from './looks-at-fit';

type PublishedRow = Pick<VersionRow, 'kind' | 'thing' | 'revision' | 'definition' | 'content' | 'takes_effect_at'>;
interface Known { readonly rows: readonly PublishedRow[]; readonly askedAt: number; readonly nextAt: number }

/** For how long a process goes by what it knows. What is published takes effect later than that, so that all processes do it at one moment. */
const KNOWN_FOR_MS = 5_000;

/** Puts what a council has published in place of what its packages registered, in every process. */
@Injectable()
export class TakesEffect implements BeforeWork {
  readonly #known = new WeakMap<Council, Known>();
  readonly #asking = new WeakMap<Council, Promise<void>>();
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly log: Log, @Inject(LooksAtFit) private readonly fit: LooksAtFit) {}

  ready(ctx: RequestContext): Promise<void> | undefined {
    const known = this.#known.get(ctx.council);
    const now = this.clock.now().getTime();
    if (known && now < known.askedAt + KNOWN_FOR_MS) {
      if (now >= known.nextAt) this.#apply(ctx, known.rows, known.askedAt);
      return undefined;
    }
    let asking = this.#asking.get(ctx.council);
    if (!asking) this.#asking.set(ctx.council, (asking = this.#ask(ctx, known).finally(() => this.#asking.delete(ctx.council))));
    return asking;
  }

  /** Looks again at once: something was published here. */
  async again(ctx: RequestContext): Promise<void> {
    await this.#asking.get(ctx.council);
    this.#known.delete(ctx.council);
    await this.ready(ctx);
  }

  async #ask(ctx: RequestContext, known: Known | undefined): Promise<void> {
    const askedAt = this.clock.now().getTime();
    try {
      const rows = await this.db.query<PublishedRow>(ctx, `select kind, thing, revision, definition, content, takes_effect_at from configuration.version where council_id = $1 and state = 'published' order by kind, thing, revision`, [ctx.council.id]);
      this.#apply(ctx, rows, askedAt);
      if (!known) await this.#sayWhatDoesNotFit(ctx);
    } catch (error) {
      // What was known is better than nothing; without it, a fee could be wrong.
      if (!known) throw error;
      this.log.warn('configuration.not-looked-at', { council: ctx.council.slug });
      this.#known.set(ctx.council, { ...known, askedAt });
    }
  }

  /** Once in each process, which may be the first with another version of a package. */
  async #sayWhatDoesNotFit(ctx: RequestContext): Promise<void> {
    try {
      for (const { kind, id, revision } of await this.fit.misfits(ctx)) this.log.error('configuration.does-not-fit', { council: ctx.council.slug, kind, thing: id, revision });
    } catch {
      // Only the look has failed, and doctor looks again: no request waits for it.
      this.log.warn('configuration.fit-not-looked-at', { council: ctx.council.slug });
    }
  }

  #apply(ctx: RequestContext, rows: readonly PublishedRow[], askedAt: number): void {
    const now = this.clock.now();
    const before = this.#known.get(ctx.council);
    const nextAt = Math.min(Infinity, ...rows.flatMap(({ takes_effect_at: from }) => (from && from > now ? [from.getTime()] : [])));
    this.#known.set(ctx.council, { rows, askedAt, nextAt });
    // Rows are only ever added: as many as before, with none due since, are the same.
    if (before ? before.rows.length === rows.length && now.getTime() < before.nextAt : rows.length === 0) return;
    for (const configurable of extensionsOf(ctx, CONFIGURABLE)) {
      const published = publishedOf(rows, configurable.kind, now);
      const registered = registeredAt(ctx, configurable.point);
      changeRegistered(ctx, configurable.point, published.length > 0 ? changed(configurable, registered, published) : undefined);
    }
  }
}

/** With all that can be read: what was kept in another shape is left out, as what does not fit is, and doctor says so. */
function changed(configurable: Configurable, registered: readonly unknown[], published: readonly PublishedConfiguration[]): readonly unknown[] {
  const tried = (some: readonly PublishedConfiguration[]): readonly unknown[] | undefined => {
    try {
      return configurable.change(registered, some);
    } catch {
      return undefined;
    }
  };
  return tried(published) ?? tried(published.filter((one) => tried([one]))) ?? registered;
}

/** What is published and has taken effect, of one kind. */
function publishedOf(rows: readonly PublishedRow[], kind: ConfigurationKind, now: Date): readonly PublishedConfiguration[] {
  const due = rows.filter((row) => row.kind === kind && row.takes_effect_at && row.takes_effect_at <= now);
  return due.map(({ thing, revision, definition, content }) => ({ thing, revision, definition, ...(content && { content }), isInForce: revision === inForceAt(due.filter((other) => other.thing === thing), now) }));
}
