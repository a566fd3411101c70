import type { Publisher } from '@guildhall/catalogue-contract';
import { Database, audit, enqueue, sql } from '@guildhall/kernel';
import { demand, done, refused, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { WritesFeed } from '../logging/writes-feed';
import { MANAGE_CATALOGUE } from '../members/permissions';
import { LookAgain } from '../publishing/jobs';
import { putOutWords } from '../publishing/put-out';

/**
 * Puts out a publisher who should not have been let in. Nothing is taken of it any more, its names are free for whom they belong to, and what it has signed is listed no more; the log keeps all of it, with the reason.
 * Who is put out may ask again, and somebody of the catalogue decides.
 */
@Injectable()
export class PutsOutPublisher {
  constructor(private readonly db: Database, private readonly feed: WritesFeed) {}

  /** @param because what everybody reads, in a sentence @throws NotAllowed */
  async putOut(ctx: RequestContext, { id, because }: { readonly id: string; readonly because: string }): Promise<Outcome<undefined, Refusal<'not-known'>>> {
    demand(ctx, MANAGE_CATALOGUE);
    return this.db.run(ctx, async (tx) => this.feed.hold(tx, async (feed) => {
      const its = [tx.council.id, id];
      const [publisher] = await sql<{ state: Publisher }>(tx, 'delete from catalogue.publisher where council_id = $1 and publisher_id = $2 returning state', its);
      if (!publisher) return refused('not-known', `${id} does not publish here.`);
      const states = await sql<{ digest: string; serial: string }>(tx, 'delete from catalogue.publisher_state where council_id = $1 and publisher_id = $2 returning digest, serial::text as serial', its);
      for (const { digest } of [...states].sort((one, other) => Number(one.serial) - Number(other.serial))) feed.remove({ about: id, version: null, digest, because });
      await sql(tx, 'delete from catalogue.publisher_scope where council_id = $1 and publisher_id = $2', its);
      await sql(tx, 'update catalogue.release set was_put_out = true where council_id = $1 and publisher_id = $2', its);
      await sql(tx, 'insert into catalogue.put_out (council_id, publisher_id, state, because, put_out_at) values ($1, $2, $3::jsonb, $4, $5)', [...its, JSON.stringify(publisher.state), because, feed.at]);
      // Whoever hands in the same again reads that it is not listed any more.
      await sql(tx, `update catalogue.submission set state = 'refused', reasons = array[$3] where council_id = $1 and publisher_id = $2 and state = 'listed'`, [...its, `${putOutWords(id, { because })} Sign it anew (who you are: with a higher serial) and hand it in.`]);
      enqueue(tx, LookAgain, { publisherId: id });
      audit(tx, { action: 'catalogue.publisher-put-out', subject: { type: 'publisher', id } });
      return done(undefined);
    }), { retry: true });
  }
}
