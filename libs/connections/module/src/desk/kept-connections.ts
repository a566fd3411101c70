import { Inject, Injectable } from '@nestjs/common';
import { Database, providerTitleOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';

/** How a connection was when it was looked at last. */
export interface KeptConnection {
  /** `GOV.UK Pay`; nothing where nobody has called it anything. */
  readonly title?: string;
  /** `payments`, `govuk-pay`: where the id may be broken into lines. */
  readonly idParts: readonly string[];
  /** What it is for: the first part of its id. */
  readonly capability: string;
  readonly isSandbox: boolean;
  readonly isConnected: boolean;
  readonly message: string;
  readonly since: Date;
  readonly checkedAt: Date;
}

interface Row { provider_id: string; is_sandbox: boolean; is_connected: boolean; message: string; since: Date; checked_at: Date }

/** What was found at the last look. */
@Injectable()
export class KeptConnections {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Those that are not connected first. A council has as many as its configuration names: a handful. */
  async list(ctx: RequestContext): Promise<readonly KeptConnection[]> {
    const rows = await this.db.query<Row>(ctx, 'select provider_id, is_sandbox, is_connected, message, since, checked_at from connections.connection where council_id = $1 order by is_connected, provider_id', [ctx.council.id]);
    return rows.map((row) => ({ ...titleOf(ctx, row.provider_id), idParts: row.provider_id.split('.'), capability: row.provider_id.split('.')[0] ?? '', isSandbox: row.is_sandbox, isConnected: row.is_connected, message: row.message, since: row.since, checkedAt: row.checked_at }));
  }

  async countUnconnected(ctx: RequestContext): Promise<number> {
    const [row] = await this.db.query<{ count: number }>(ctx, 'select count(*)::int as count from connections.connection where council_id = $1 and not is_connected', [ctx.council.id]);
    return row?.count ?? 0;
  }
}

function titleOf(ctx: RequestContext, id: string): { readonly title?: string } {
  const title = providerTitleOf(ctx, id);
  return title === id ? {} : { title };
}
