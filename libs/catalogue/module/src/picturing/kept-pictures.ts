import { Database, councilTable, migration, sql } from '@guildhall/kernel';
import { NotFound, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import type { DrawnPicture } from './draws-pictures';

/** Pictures of packages. */
export const picturesMigration = migration('047-pictures', `
  -- A picture of a release, as it was encoded here (WebP): by its path in the package.
  create table catalogue.picture (
    council_id uuid not null,
    name text not null,
    version text not null,
    path text not null,
    width integer not null,
    height integer not null,
    bytes bytea not null,
    primary key (council_id, name, version, path)
  );
  ${councilTable('catalogue.picture')}
`);

/** A picture that is here, without its bytes. */
export interface KeptPicture { readonly path: string; readonly width: number; readonly height: number }

/** Pictures of what is listed. */
@Injectable()
export class KeptPictures {
  constructor(private readonly db: Database) {}

  /** In place of those that were kept of this release, also of one that brings none: another may publish it after its publisher was put out. */
  async keep(tx: TransactionContext, name: string, version: string, pictures: readonly DrawnPicture[]): Promise<void> {
    await sql(tx, 'delete from catalogue.picture where council_id = $1 and name = $2 and version = $3', [tx.council.id, name, version]);
    for (const { path, width, height, bytes } of pictures) await sql(tx, 'insert into catalogue.picture (council_id, name, version, path, width, height, bytes) values ($1, $2, $3, $4, $5, $6, $7)', [tx.council.id, name, version, path, width, height, bytes]);
  }

  async of(ctx: RequestContext, name: string, version: string): Promise<readonly KeptPicture[]> {
    return this.db.query<KeptPicture>(ctx, 'select path, width, height from catalogue.picture where council_id = $1 and name = $2 and version = $3 order by path', [ctx.council.id, writable(name), writable(version)]);
  }

  /** Of a release that is listed. @throws NotFound */
  async bytes(ctx: RequestContext, name: string, version: string, path: string): Promise<Buffer> {
    const [found] = await this.db.query<{ bytes: Buffer }>(ctx, `select p.bytes from catalogue.picture p join catalogue.release r on r.council_id = p.council_id and r.name = p.name and r.version = p.version
      where p.council_id = $1 and p.name = $2 and p.version = $3 and p.path = $4 and r.removed_because is null`, [ctx.council.id, writable(name), writable(version), writable(path)]);
    if (!found) throw new NotFound('There is no such picture here.');
    return found.bytes;
  }
}

/** What PostgreSQL cannot hold is not there. */
function writable(text: string): string { return text.replaceAll('\0', '\uFFFD'); }
