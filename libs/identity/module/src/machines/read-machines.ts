import { MANAGE_MACHINES } from '@guildhall/identity-contract';
import { Database } from '@guildhall/kernel';
import { CLOCK, demand } from '@guildhall/kernel-contract';
import type { Clock, RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';

const DAY = 86_400_000;
/** Whoever looks after the other system should hear of its end so long before. */
const SOON = 30 * DAY;
const PAGE = 25;

/** How another system's credential stands: `over` came by itself, `ended` was somebody's doing. */
export type MachineState = 'works' | 'ends-soon' | 'over' | 'ended';

/** Another system's credential, without what proves it. */
export interface Machine {
  readonly clientId: string;
  readonly title: string;
  readonly permissions: readonly string[];
  readonly state: MachineState;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endedAt?: Date;
  /** Until when the secret before the present one may still be used. */
  readonly earlierWorksUntil?: Date;
}

interface Row { readonly client_id: string; readonly title: string; readonly permissions: readonly string[]; readonly created_at: Date; readonly expires_at: Date; readonly ended_at: Date | null; readonly earlier_works_until: Date | null }
const COLUMNS = 'client_id, title, permissions, created_at, expires_at, ended_at, earlier_works_until';

/** Reads which other systems have credentials. All need `identity.manage-machines`. */
@Injectable()
export class ReadMachines {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** A page of them, by their ids. */
  async list(ctx: RequestContext, after = ''): Promise<{ readonly machines: readonly Machine[]; readonly next?: string }> {
    demand(ctx, MANAGE_MACHINES);
    const rows = await this.database.query<Row>(ctx, `select ${COLUMNS} from identity.machine_client where council_id = $1 and client_id > $2 order by client_id limit ${PAGE + 1}`, [ctx.council.id, after]);
    const machines = rows.slice(0, PAGE).map((row) => this.read(row));
    const last = machines.at(-1);
    return { machines, ...(rows.length > PAGE && last ? { next: last.clientId } : {}) };
  }

  async find(ctx: RequestContext, clientId: string): Promise<Machine | undefined> {
    demand(ctx, MANAGE_MACHINES);
    const [row] = await this.database.query<Row>(ctx, `select ${COLUMNS} from identity.machine_client where council_id = $1 and client_id = $2`, [ctx.council.id, clientId]);
    return row && this.read(row);
  }

  private read({ client_id, title, permissions, created_at, expires_at, ended_at, earlier_works_until }: Row): Machine {
    const now = this.clock.now().getTime();
    const left = expires_at.getTime() - now;
    const state = ended_at ? 'ended' : left <= 0 ? 'over' : left <= SOON ? 'ends-soon' : 'works';
    return {
      clientId: client_id, title, permissions, state, createdAt: created_at, expiresAt: expires_at, ...(ended_at ? { endedAt: ended_at } : {}),
      ...(earlier_works_until && earlier_works_until.getTime() > now ? { earlierWorksUntil: earlier_works_until } : {}),
    };
  }
}
