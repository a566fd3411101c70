import { Inject, Injectable } from '@nestjs/common';
import { extensionsOf } from '@guildhall/kernel';
import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import { SERVICE, SERVICE_EXTENSION, installService, type ServiceRegistration } from '@guildhall/services-contract';
import { Open311Settings } from '../settings';
import { reportableServices, type ReportableService } from './reportable-service';

/** What a council's services come to for other systems: put together once for each list of services and process. */
@Injectable()
export class OfferedServices {
  readonly #made = new WeakMap<readonly ServiceRegistration[], ReadonlyMap<string, ReportableService>>();
  constructor(@Inject(Open311Settings) private readonly settings: Open311Settings) {}

  all(ctx: RequestContext): ReadonlyMap<string, ReportableService> {
    const registrations = extensionsOf(ctx, SERVICE);
    let made = this.#made.get(registrations);
    if (!made) {
      const extensions = extensionsOf(ctx, SERVICE_EXTENSION);
      const { leavesOut = [] } = this.settings.options(ctx);
      const services = registrations.flatMap((registration) => reportableServices(installService(registration, extensions)));
      const stray = leavesOut.find((code) => !services.some((service) => service.code === code));
      if (stray !== undefined) throw new Error(`${ctx.council.slug} leaves the service ${stray} out of Open311, and has no such service. It has ${services.map(({ code }) => code).join(', ') || 'none'}.`);
      made = new Map(services.filter(({ code }) => !leavesOut.includes(code)).map((service) => [service.code, service]));
      this.#made.set(registrations, made);
    }
    return made;
  }

  /** @throws NotFound */
  get(ctx: RequestContext, code: string): ReportableService {
    const found = this.all(ctx).get(code);
    if (!found) throw new NotFound('The service_code is not known here: services.xml lists those that are.');
    return found;
  }
}
