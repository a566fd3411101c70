import type { RequestContext } from '@guildhall/kernel-contract';

/** What a council may set. @public */
export interface ConfigurationOptions {
  /** Seconds from publishing until it takes effect, everywhere at one moment: 10 unless told, so that every process of the council knows of it before. */
  readonly secondsUntilEffect?: number;
  /** Whether somebody else than whoever made a draft has to publish it: two people for each change. No unless told. */
  readonly publishedByAnother?: boolean;
}

/** The module's options by council. */
export class ConfigurationSettings {
  constructor(private readonly options: (ctx: RequestContext) => ConfigurationOptions) {}
  secondsUntilEffect(ctx: RequestContext): number { return this.options(ctx).secondsUntilEffect ?? 10; }
  publishedByAnother(ctx: RequestContext): boolean { return this.options(ctx).publishedByAnother ?? false; }
}
