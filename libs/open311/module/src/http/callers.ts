import { Inject, Injectable } from '@nestjs/common';
import { MACHINE_CREDENTIALS, extensionsOf } from '@guildhall/kernel';
import { ADD_DOCUMENTS, READ_DOCUMENTS } from '@guildhall/documents-contract';
import { NotAllowed, type Permission, type RequestContext } from '@guildhall/kernel-contract';
import { NOTE_ON_CASES, OPEN_CASES, SEE_CASES, WORK_ON_CASES } from '@guildhall/cases-contract';
import { READ_PRIVATE_REPORTS, READ_REPORTS } from '@guildhall/open311-contract';
import { Open311Settings } from '../settings';
import { field, type Fields } from './fields';

/** Another system, known by its key. */
export interface Caller { readonly clientId: string; readonly permissions: ReadonlySet<string> }

/** Knows the systems that call, by the `api_key` among their fields: `<client id>.<secret>`, a machine's credential. */
@Injectable()
export class Callers {
  constructor(@Inject(Open311Settings) private readonly settings: Open311Settings) {}

  /** Whoever may do this. @throws NotAllowed when the key is missing, wrong or may not */
  async demand(ctx: RequestContext, fields: Fields, permission: Permission): Promise<Caller> {
    const caller = await this.known(ctx, fields);
    if (!caller?.permissions.has(permission.id)) throw new NotAllowed('The api_key is missing, wrong, or may not do this.');
    return caller;
  }

  /** Whoever reads: with a key everything but what is private of others; without one, where the council lets anybody read, what is for everybody: undefined. @throws NotAllowed */
  async reader(ctx: RequestContext, fields: Fields): Promise<Caller | undefined> {
    if (field(fields, 'api_key') === undefined && this.settings.options(ctx).reading === 'anyone') return undefined;
    return this.demand(ctx, fields, READ_REPORTS);
  }

  private async known(ctx: RequestContext, fields: Fields): Promise<Caller | undefined> {
    const key = field(fields, 'api_key') ?? '';
    const at = key.indexOf('.');
    if (at < 1 || key.length > 500) return undefined;
    for (const credentials of extensionsOf(ctx, MACHINE_CREDENTIALS)) {
      const found = await credentials.authenticate(ctx, key.slice(0, at), key.slice(at + 1));
      if (found) return { clientId: found.clientId, permissions: new Set(found.permissions) };
    }
    return undefined;
  }
}

/** Of private reports each system reads its own, and all of them where it has the permission for that. @returns two values for SQL: `not is_private or client_id = $1 or $2` */
export function privateFor(caller: Caller | undefined): readonly [clientId: string | null, isForAll: boolean] {
  return [caller?.clientId ?? null, caller?.permissions.has(READ_PRIVATE_REPORTS.id) ?? false];
}

/** A machine with the rights that its reports need and no others: its own key opens nothing but Open311, and every act is on record under its name. */
export function actingFor(ctx: RequestContext, caller: Pick<Caller, 'clientId'>): RequestContext {
  const permissions = new Set([SEE_CASES, OPEN_CASES, NOTE_ON_CASES, WORK_ON_CASES, ADD_DOCUMENTS, READ_DOCUMENTS].map(({ id }) => id));
  return Object.freeze({ ...ctx, channel: 'api' as const, actor: Object.freeze({ kind: 'machine' as const, clientId: caller.clientId, permissions }) });
}

/** Looks on behalf of somebody who reads: a client, or anybody. */
export function lookingFor(ctx: RequestContext, caller: Caller | undefined): RequestContext {
  if (caller) return actingFor(ctx, caller);
  return Object.freeze({ ...ctx, channel: 'api' as const, actor: Object.freeze({ kind: 'system' as const, job: 'open311.read', permissions: new Set([SEE_CASES.id]) }) });
}
