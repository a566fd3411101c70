import { createHash } from 'node:crypto';
import { MANAGE_MACHINES, refuseUnusable } from '@guildhall/identity-contract';
import type { MachineCredential, RegisterMachine } from '@guildhall/identity-contract';
import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, IDS, NotFound, demand } from '@guildhall/kernel-contract';
import type { Clock, Ids, RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';

/** So long the other side has to change over. */
const EARLIER_SECRET_WORKS_FOR = 86_400_000;

/** Gives other systems their credentials, and takes them away. */
@Injectable()
export class MachineClients {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  async register(ctx: RequestContext, input: RegisterMachine): Promise<MachineCredential> {
    const now = this.clock.now();
    refuseUnusable(ctx, input, now);
    const { clientId, title, permissions, expiresAt } = input;
    const secret = this.ids.token(32);
    await this.database.run(ctx, async (tx) => {
      // What was ended does not come back by its earlier secret.
      await sql(tx, `
        insert into identity.machine_client as m (council_id, client_id, title, secret_hash, permissions, created_at, changed_at, expires_at) values ($1, $2, $3, $4, $5, $6, $6, $7)
        on conflict (council_id, client_id) do update set title = excluded.title, secret_hash = excluded.secret_hash, permissions = excluded.permissions, changed_at = excluded.changed_at,
          expires_at = excluded.expires_at, ended_at = null,
          earlier_secret_hash = case when m.ended_at is null and m.expires_at > excluded.changed_at then m.secret_hash end,
          earlier_works_until = case when m.ended_at is null and m.expires_at > excluded.changed_at then least($8, m.expires_at) end`,
        [tx.council.id, clientId, title.trim(), machineSecretHash(secret), [...permissions], now, expiresAt, new Date(now.getTime() + EARLIER_SECRET_WORKS_FOR)]);
      audit(tx, { action: 'identity.machine-registered', subject: { type: 'machine', id: clientId }, detail: { permissions, expiresAt: expiresAt.toISOString() } });
    });
    return { clientId, secret, expiresAt };
  }

  async end(ctx: RequestContext, clientId: string): Promise<void> {
    demand(ctx, MANAGE_MACHINES);
    await this.database.run(ctx, async (tx) => {
      const found = await sql<{ client_id: string }>(tx, 'update identity.machine_client set ended_at = coalesce(ended_at, $3), earlier_secret_hash = null, earlier_works_until = null where council_id = $1 and client_id = $2 returning client_id', [tx.council.id, clientId, this.clock.now()]);
      if (found.length === 0) throw new NotFound('There is no such system.');
      audit(tx, { action: 'identity.machine-ended', subject: { type: 'machine', id: clientId } });
    });
  }
}

/** A secret of 256 random bits needs no slow hash: nobody can try them. */
export function machineSecretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
