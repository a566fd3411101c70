import { Injectable } from '@nestjs/common';
import { extensionsOf } from '@guildhall/kernel';
import { NotFound, type Council, type RequestContext } from '@guildhall/kernel-contract';
import { SERVICE, SERVICE_EXTENSION, installService, type InstalledService } from '@guildhall/services-contract';

/** A council's services with its settings and extensions in them, put together once per council and process. */
@Injectable()
export class InstalledServices {
  readonly #made = new WeakMap<Council, ReadonlyMap<string, InstalledService>>();

  all(ctx: RequestContext): ReadonlyMap<string, InstalledService> {
    let made = this.#made.get(ctx.council);
    if (!made) {
      const registrations = extensionsOf(ctx, SERVICE);
      const extensions = extensionsOf(ctx, SERVICE_EXTENSION);
      const stray = extensions.find(({ service }) => !registrations.some(({ slug }) => slug === service));
      if (stray) throw new Error(`${ctx.council.slug} extends the service ${stray.service} with ${stray.id}, and does not offer it. Add the service to modules, or remove the extension.`);
      made = new Map(registrations.map((registration) => [registration.slug, installService(registration, extensions)]));
      this.#made.set(ctx.council, made);
    }
    return made;
  }

  /** @throws NotFound when the council does not offer it */
  get(ctx: RequestContext, slug: string): InstalledService {
    const found = this.all(ctx).get(slug);
    if (!found) throw new NotFound(`${ctx.council.slug} does not offer the service ${slug}.`);
    return found;
  }
}
