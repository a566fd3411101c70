import * as ts from 'typescript';

/** A module of which each release says the same of its permits, and keeps it elsewhere: the second adds where it is kept, the third takes away where it was. */
export type ParkingRelease = '1.0.0' | '1.1.0' | '1.2.0';

const FIRST = `migration('001-permit', \`
  create table parking.permit (council_id uuid not null, permit_id uuid not null, colour text not null, primary key (council_id, permit_id));
  \${councilTable('parking.permit')}\`)`;
const ZONE = `migration('002-zone', \`
  create table parking.zone (council_id uuid not null, zone_id uuid not null, primary key (council_id, zone_id));
  \${councilTable('parking.zone')}\`)`;
/** Those of the first release go on to write a colour and no shade. */
const SHADE = `migration('003-shade', \`
  create table parking.street (council_id uuid not null, street_id uuid not null, primary key (council_id, street_id));
  \${councilTable('parking.street')}
  alter table parking.permit no force row level security;
  alter table parking.permit add column shade text;
  update parking.permit set shade = colour;
  alter table parking.permit force row level security\`)`;
const NO_COLOUR = `migration('004-no-colour', \`
  alter table parking.permit no force row level security;
  update parking.permit set shade = colour where shade is null;
  alter table parking.permit alter column shade set not null;
  alter table parking.permit drop column colour;
  alter table parking.permit force row level security\`, 'contract')`;

const RELEASES: Readonly<Record<ParkingRelease, { readonly migrations: readonly string[]; readonly reads: string; readonly writes: string }>> = {
  '1.0.0': { migrations: [FIRST], reads: 'colour', writes: 'insert into parking.permit (council_id, permit_id, colour) values ($1, $2, $3)' },
  '1.1.0': { migrations: [FIRST, ZONE, SHADE], reads: 'coalesce(shade, colour)', writes: 'insert into parking.permit (council_id, permit_id, colour, shade) values ($1, $2, $3, $3)' },
  '1.2.0': { migrations: [FIRST, ZONE, SHADE, NO_COLOUR], reads: 'shade', writes: 'insert into parking.permit (council_id, permit_id, shade) values ($1, $2, $3)' },
};

const TYPES = 'import type { ModuleInstallation } from \'@guildhall/kernel\';\nexport declare function parking(): ModuleInstallation;\n';

/** Its files but package.json, as they are published. */
export function parkingFiles(version: ParkingRelease): Readonly<Record<string, string>> {
  const { migrations, reads, writes } = RELEASES[version];
  const source = `import { Body, Controller, Get, Inject, Module, Post } from '@nestjs/common';
import { Ctx, Database, Public, Webhook, councilTable, defineModule, form, migration, sql } from '@guildhall/kernel';

@Controller('api/parking/v1/permits')
class ParkingController {
  constructor(@Inject(Database) db) { this.db = db; }

  @Get() @Public()
  list(@Ctx() ctx) { return this.db.query(ctx, \`select permit_id as id, ${reads} as colour from parking.permit where council_id = $1 order by permit_id\`, [ctx.council.id]); }

  @Post() @Webhook()
  async take(@Ctx() ctx, @Body(form()) { id, colour }) {
    await this.db.run(ctx, (tx) => sql(tx, \`${writes}\`, [ctx.council.id, id, colour]));
    return { id };
  }
}

@Module({ controllers: [ParkingController] })
class ParkingModule {}

export const parking = defineModule({ id: 'parking', version: '${version}', packageFolder: __dirname, nest: ParkingModule, schema: 'parking', migrations: [${migrations.join(', ')}] });
`;
  const { outputText } = ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, experimentalDecorators: true } });
  return { 'index.js': outputText, 'index.d.ts': TYPES };
}
