import type { Publisher } from '@guildhall/catalogue-contract';
import { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';

/** A publisher in a list, with how many packages it has here. */
export interface KnownPublisher extends Pick<Publisher, 'id' | 'name' | 'kind' | 'scopes'> { readonly packages: number }

/** Who was put out, and why. */
export interface NoMorePublisher extends Pick<Publisher, 'id' | 'name'> { readonly because: string; readonly at: Date }

const MOST = 500;

/** Who publishes here. */
@Injectable()
export class KnownPublishers {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(ctx: RequestContext): Promise<readonly KnownPublisher[]> {
    const rows = await this.db.query<{ id: string; name: Publisher['name']; kind: Publisher['kind']; scopes: readonly string[]; packages: string }>(ctx, `
      select p.publisher_id as id, p.state->'name' as name, p.state->>'kind' as kind, p.state->'scopes' as scopes, (select count(*) from catalogue.package k where k.council_id = p.council_id and k.publisher_id = p.publisher_id)::text as packages
      from catalogue.publisher p where p.council_id = $1 order by p.state->'name'->>'en', p.publisher_id limit ${MOST}`, [ctx.council.id]);
    return rows.map((row) => ({ ...row, packages: Number(row.packages) }));
  }

  /** Who was put out of this catalogue, the last first. */
  async putOut(ctx: RequestContext): Promise<readonly NoMorePublisher[]> {
    return this.db.query<NoMorePublisher>(ctx, `select publisher_id as id, state->'name' as name, because, put_out_at as at from catalogue.put_out where council_id = $1 order by put_out_at desc, publisher_id limit ${MOST}`, [ctx.council.id]);
  }
}
