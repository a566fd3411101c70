import { Injectable } from '@nestjs/common';
import { extensionsOf } from '@guildhall/kernel';
import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import { SERVICE, SERVICE_EXTENSION, installService, type InstalledService, type ServiceRegistration } from '@guildhall/services-contract';

/** A council's services with its settings and extensions in them, put together once for each list of services and process. */
@Injectable()
export class InstalledServices {
  readonly #made = new WeakMap<readonly ServiceRegistration[], ReadonlyMap<string, InstalledService>>();

  all(ctx: RequestContext): ReadonlyMap<string, InstalledService> {
    const registrations = extensionsOf(ctx, SERVICE);
    let made = this.#made.get(registrations);
    if (!made) {
      const extensions = extensionsOf(ctx, SERVICE_EXTENSION);
      const stray = extensions.find(({ service }) => !registrations.some(({ slug }) => slug === service));
      if (stray) throw new Error(`${ctx.council.slug} extends the service ${stray.service} with ${stray.id}, and does not offer it. Add the service to modules, or remove the extension.`);
      made = new Map(registrations.map((registration) => [registration.slug, installService(registration, extensions)]));
      this.#made.set(registrations, made);
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
