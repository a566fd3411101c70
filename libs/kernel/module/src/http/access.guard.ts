import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { assertNever, demand, NotAllowed, NotAuthenticated, NotFound } from '@guildhall/kernel-contract';
import { installedCouncilOf } from '../assembling/installed-council';
import { ACCESS, type Access } from './access';
import { refuseForeignForm } from './form-token';
import type { GuildhallRequest } from './request';
import { RouteTable } from './route-table';

/** Stands before every route: has the council this module, may this actor, did this form come from us. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector, @Inject(RouteTable) private readonly routes: RouteTable) {}

  canActivate(execution: ExecutionContext): boolean {
    const access = this.reflector.get<Access | undefined>(ACCESS, execution.getHandler());
    const module = this.routes.moduleOf(execution.getClass());
    // A route of the surrounding application that leaves it to its own guards.
    if (module === undefined && !access) return true;
    if (!access) throw new NotAllowed();
    const request = execution.switchToHttp().getRequest<GuildhallRequest>();
    const { ctx } = request.guildhall;
    if (module !== undefined && !installedCouncilOf(ctx).has(module)) throw new NotFound();
    this.check(access, request);
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (changes && access.kind !== 'webhook' && ctx.actor.kind !== 'machine') refuseForeignForm(request);
    return true;
  }

  private check(access: Access, { guildhall: { ctx } }: GuildhallRequest): void {
    const { kind } = ctx.actor;
    switch (access.kind) {
      case 'public':
      case 'webhook': return;
      case 'residents':
        if (kind === 'nobody') throw new NotAuthenticated();
        if (kind !== 'resident') throw new NotAllowed('This is for residents. Sign out of the desk first.');
        return;
      case 'officers':
        if (kind === 'nobody') throw new NotAuthenticated();
        if (kind !== 'officer') throw new NotAllowed();
        return;
      case 'permission': return demand(ctx, access.permission);
      default: assertNever(access);
    }
  }
}
