import { Module } from '@nestjs/common';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Database, councilTable, defineModule, entities, migration, sql } from '../index';
import { startTestApp, testCouncilDefinition, type TestApp } from '../testing';

@Entity({ schema: 'benches', name: 'bench' })
class Bench {
  @PrimaryColumn('uuid', { name: 'council_id' }) councilId!: string;
  @PrimaryColumn('uuid', { name: 'bench_id' }) benchId!: string;
  @Column('text') name!: string;
}
@Module({})
class BenchesModule {}
const benches = defineModule({
  id: 'benches', version: '0.1.0', packageFolder: __dirname, nest: BenchesModule, schema: 'benches', entities: [Bench],
  migrations: [migration('001-benches', `create table benches.bench (council_id uuid not null, bench_id uuid not null, name text not null, primary key (council_id, bench_id)); ${councilTable('benches.bench')}`)],
});

describe('a module with entities', () => {
  let running: TestApp;
  let db: Database;
  beforeAll(async () => {
    running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [benches()]), testCouncilDefinition('glanafon', 2, [benches()])] });
    db = running.get(Database);
  });
  afterAll(() => running.close());

  it('reads and writes by TypeORM in the transaction of the context: its own council\'s rows, and nothing of what is undone', async () => {
    const here = running.context('riverbourne');
    const bench = { councilId: here.council.id, benchId: crypto.randomUUID(), name: 'By the weir' };
    await db.run(here, async (tx) => { await entities(tx).insert(Bench, bench); });
    await expect(db.run(here, async (tx) => {
      await entities(tx).insert(Bench, { ...bench, benchId: crypto.randomUUID() });
      throw new Error('Not after all.');
    })).rejects.toThrow('Not after all.');
    expect(await db.run(here, async (tx) => [await entities(tx).find(Bench), await sql(tx, 'select name from benches.bench')])).toEqual([[bench], [{ name: 'By the weir' }]]);
    expect(await db.run(running.context('glanafon'), (tx) => entities(tx).find(Bench))).toEqual([]);
  });
});
