import { Inject, Injectable, UnsupportedMediaTypeException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { assertNever, demand, NotAllowed, NotAuthenticated, NotFound } from '@guildhall/kernel-contract';
import { installedCouncilOf } from '../assembling/installed-council';
import { ACCESS, TAKES_FILES, type Access } from './access';
import { refuseForeignSite, refuseWithoutToken } from './form-token';
import type { GuildhallRequest } from './request';
import { RouteTable } from './route-table';
import { Uploads } from './uploads';

/** Stands before every route: has the council this module, may this actor, did this form come from us. Files are read behind it. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector, @Inject(RouteTable) private readonly routes: RouteTable, @Inject(Uploads) private readonly uploads: Uploads) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const access = this.reflector.get<Access | undefined>(ACCESS, execution.getHandler());
    const modules = this.routes.modulesOf(execution.getClass());
    // A route of the surrounding application that leaves it to its own guards.
    if (modules === undefined && !access) return true;
    if (!access) throw new NotAllowed();
    const request = execution.switchToHttp().getRequest<GuildhallRequest>();
    const { ctx } = request.guildhall;
    if (modules && !modules.some((module) => installedCouncilOf(ctx).has(module))) throw new NotFound();
    this.check(access, request);
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    const isForm = changes && access.kind !== 'webhook' && ctx.actor.kind !== 'machine';
    const refuseForeign = (): void => { if (isForm) refuseWithoutToken(request); };
    if (isForm) refuseForeignSite(request);
    if (request.isMultipart()) {
      if (!this.reflector.get<true | undefined>(TAKES_FILES, execution.getHandler())) throw new UnsupportedMediaTypeException();
      await this.uploads.read(request, refuseForeign);
    }
    refuseForeign();
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
