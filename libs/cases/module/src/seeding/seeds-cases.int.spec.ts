import { startCasesApp, type CasesApp } from '../testing/cases-app';
import { SeedsCases } from './seeds-cases';

describe('a development database', () => {
  let app: CasesApp;
  beforeAll(async () => { app = await startCasesApp(); });
  afterAll(() => app?.close());

  it('begins with a case of every sort, and seeding again adds nothing', async () => {
    const seeder = app.get(SeedsCases);
    await seeder.seed(app.systemContext());
    await seeder.seed(app.systemContext());
    const officer = app.officer();
    const all = (await app.cases.list(officer, { status: 'any', limit: 100 })).items;
    expect(all.map(({ state }) => state).sort()).toEqual(['asked', 'ordered', 'reported', 'reported', 'reported']);
    expect((await app.cases.count(officer, { overdue: true })).count).toBeGreaterThan(0);
    expect(all.map(({ summary }) => (typeof summary === 'string' ? summary : summary.en))).toContain('Pothole in Weir Lane');
    const { rows } = await app.owner.query<{ level: string }>(`select 1 from cases.timeline_entry where at > now()`);
    expect(rows).toEqual([]);
    expect((await app.cases.count(app.as(officer.actor, 'elsewhere'), { status: 'any' })).count).toBe(0);
  });
});
