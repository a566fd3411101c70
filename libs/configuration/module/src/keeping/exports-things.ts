import { SHARE_CONFIGURATION, configurationFile, type ConfigurationFile } from '@guildhall/configuration-contract';
import { installedVersionOf } from '@guildhall/kernel';
import { CLOCK, demand, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { thingOf } from './configured-things';

/** What a file is called where nobody calls it otherwise. */
export function filenameOf({ council }: RequestContext, { kind, id, exportedAt }: ConfigurationFile): string {
  return `${council.slug}-${kind}-${id}-${exportedAt.slice(0, 10)}.json`;
}

/** Writes what holds now into a file. */
@Injectable()
export class ExportsThings {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws NotFound */
  export(ctx: RequestContext, kind: string, id: string): ConfigurationFile {
    demand(ctx, SHARE_CONFIGURATION);
    const { configurable, thing, content } = thingOf(ctx, kind, id);
    return configurationFile({
      kind: configurable.kind, id, title: thing.title, package: { id: thing.package, version: installedVersionOf(ctx, thing.package) ?? '0.0.0' }, definition: thing.definition,
      from: { council: ctx.council.name.en, gssCode: ctx.council.gssCode }, exportedAt: this.clock.now().toISOString(), content,
    });
  }
}
