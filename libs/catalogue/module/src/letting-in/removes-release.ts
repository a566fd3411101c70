import { Database, audit, sql } from '@guildhall/kernel';
import { demand, done, refused, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { showPackageAnew } from '../listing/package-in-list';
import { WritesFeed } from '../logging/writes-feed';
import { MANAGE_CATALOGUE } from '../members/permissions';

/** Takes a release off the list. The log keeps that it was listed, and an entry after it says that it is listed no more, and why. */
@Injectable()
export class RemovesRelease {
  constructor(private readonly db: Database, private readonly feed: WritesFeed) {}

  /** @param because what everybody reads, in a sentence @throws NotAllowed */
  async remove(ctx: RequestContext, { name, version, because }: { readonly name: string; readonly version: string; readonly because: string }): Promise<Outcome<undefined, Refusal<'not-listed'>>> {
    demand(ctx, MANAGE_CATALOGUE);
    return this.db.run(ctx, async (tx) => this.feed.hold(tx, async (feed) => {
      const [release] = await sql<{ digest: string }>(tx, 'update catalogue.release set removed_because = $4, is_taken_off = true where council_id = $1 and name = $2 and version = $3 and removed_because is null returning digest', [tx.council.id, name, version, because]);
      if (!release) return refused('not-listed', `${name} ${version} is not listed here.`);
      feed.remove({ about: name, version, digest: release.digest, because });
      await showPackageAnew(tx, name);
      audit(tx, { action: 'catalogue.release-removed', subject: { type: 'package', id: name }, detail: { version } });
      return done(undefined);
    }), { retry: true });
  }
}
