import { MACHINES_A_PAGE, MANAGE_MACHINES, machineState } from '@guildhall/identity-contract';
import type { Machine, MachinePage } from '@guildhall/identity-contract';
import { Database } from '@guildhall/kernel';
import { CLOCK, demand } from '@guildhall/kernel-contract';
import type { Clock, RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';

interface Row { readonly client_id: string; readonly title: string; readonly permissions: readonly string[]; readonly created_at: Date; readonly expires_at: Date; readonly ended_at: Date | null; readonly earlier_works_until: Date | null }
const COLUMNS = 'client_id, title, permissions, created_at, expires_at, ended_at, earlier_works_until';

/** Reads which other systems have credentials. All need `identity.manage-machines`. */
@Injectable()
export class ReadMachines {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** A page of them, by their ids. */
  async list(ctx: RequestContext, after = ''): Promise<MachinePage> {
    demand(ctx, MANAGE_MACHINES);
    const rows = await this.database.query<Row>(ctx, `select ${COLUMNS} from identity.machine_client where council_id = $1 and client_id > $2 order by client_id limit ${MACHINES_A_PAGE + 1}`, [ctx.council.id, after]);
    const machines = rows.slice(0, MACHINES_A_PAGE).map((row) => this.read(row));
    const last = machines.at(-1);
    return { machines, ...(rows.length > MACHINES_A_PAGE && last ? { next: last.clientId } : {}) };
  }

  async find(ctx: RequestContext, clientId: string): Promise<Machine | undefined> {
    demand(ctx, MANAGE_MACHINES);
    const [row] = await this.database.query<Row>(ctx, `select ${COLUMNS} from identity.machine_client where council_id = $1 and client_id = $2`, [ctx.council.id, clientId]);
    return row && this.read(row);
  }

  private read({ client_id, title, permissions, created_at, expires_at, ended_at, earlier_works_until }: Row): Machine {
    const now = this.clock.now();
    const ended = ended_at ? { endedAt: ended_at } : {};
    return {
      clientId: client_id, title, permissions, state: machineState({ expiresAt: expires_at, ...ended }, now), createdAt: created_at, expiresAt: expires_at, ...ended,
      ...(earlier_works_until && earlier_works_until > now ? { earlierWorksUntil: earlier_works_until } : {}),
    };
  }
}
