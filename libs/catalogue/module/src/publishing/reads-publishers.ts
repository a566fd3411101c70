import type { Publisher } from '@guildhall/catalogue-contract';
import { Database } from '@guildhall/kernel';
import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { PUT_OUT, putOutOf, putOutWords, type PutOut } from './put-out';

/** Reads who publishes. */
@Injectable()
export class ReadsPublishers {
  constructor(private readonly db: Database) {}

  /** Each state that a publisher signed, the newest last. @throws NotFound */
  async states(ctx: RequestContext, id: string): Promise<readonly Envelope[]> {
    const rows = await this.db.query<{ envelope: Envelope }>(ctx, `
      select s.envelope from catalogue.publisher_state p join catalogue.signed s on s.council_id = p.council_id and s.digest = p.digest
      where p.council_id = $1 and p.publisher_id = $2 and not s.is_removed order by p.serial`, [ctx.council.id, id.replaceAll('\0', '\uFFFD')]);
    if (rows.length === 0) throw new NotFound(await this.why(ctx, id, `${id} is not known here.`));
    return rows.map(({ envelope }) => envelope);
  }

  /** What a publisher says of itself now. */
  async known(ctx: RequestContext, id: string): Promise<Publisher | undefined> {
    const [row] = await this.db.query<{ state: Publisher }>(ctx, 'select state from catalogue.publisher where council_id = $1 and publisher_id = $2', [ctx.council.id, id]);
    return row?.state;
  }

  /** Whether somebody was put out, and has not been let in again. */
  async putOut(ctx: RequestContext, id: string): Promise<PutOut | undefined> {
    const [row] = await this.db.query<Parameters<typeof putOutOf>[0]>(ctx, PUT_OUT, [ctx.council.id, id.replaceAll('\0', '\uFFFD')]);
    return row && putOutOf(row);
  }

  /** Why somebody does not publish here, in a sentence: that it was put out, or else what is told. */
  async why(ctx: RequestContext, id: string, otherwise: string): Promise<string> {
    const out = await this.putOut(ctx, id);
    return out ? putOutWords(id, out) : otherwise;
  }

  /** All who publish here, by their ids. */
  async all(ctx: RequestContext): Promise<readonly Publisher[]> {
    return (await this.db.query<{ state: Publisher }>(ctx, 'select state from catalogue.publisher where council_id = $1 order by publisher_id limit 1000', [ctx.council.id])).map(({ state }) => state);
  }
}
