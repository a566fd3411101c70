import { timingSafeEqual } from 'node:crypto';
import { Database } from '@guildhall/kernel';
import type { MachineCredentials } from '@guildhall/kernel';
import { CLOCK } from '@guildhall/kernel-contract';
import type { Clock, RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { machineSecretHash } from './machine-clients';

interface MachineRow { readonly secret_hash: string; readonly earlier_secret_hash: string | null; readonly earlier_works_until: Date | null; readonly permissions: readonly string[]; readonly expires_at: Date; readonly ended_at: Date | null }

/** Knows another system by its credential. */
@Injectable()
export class KnowMachines implements MachineCredentials {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async authenticate(ctx: RequestContext, clientId: string, secret: string): Promise<{ clientId: string; permissions: readonly string[] } | undefined> {
    const [row] = await this.database.query<MachineRow>(ctx, 'select secret_hash, earlier_secret_hash, earlier_works_until, permissions, expires_at, ended_at from identity.machine_client where council_id = $1 and client_id = $2', [ctx.council.id, clientId]);
    const now = this.clock.now();
    const given = machineSecretHash(secret);
    const isRight = isSame(given, row?.secret_hash);
    const isEarlier = isSame(given, row?.earlier_secret_hash) && !!row?.earlier_works_until && row.earlier_works_until > now;
    if (!row || row.ended_at || row.expires_at <= now || !(isRight || isEarlier)) return undefined;
    return { clientId, permissions: row.permissions };
  }
}

function isSame(given: string, kept: string | null | undefined): boolean {
  const expected = Buffer.from(kept ?? '');
  const found = Buffer.from(given);
  return expected.length === found.length && timingSafeEqual(expected, found);
}
