import { startCasesApp, type CasesApp } from '../testing/cases-app';
import { SeedsCases } from './seeds-cases';

describe('a development database', () => {
  let app: CasesApp;
  beforeAll(async () => { app = await startCasesApp(); });
  afterAll(() => app?.close());

  it('begins with cases of every sort, some of them with officers of their team, and seeding again adds nothing', async () => {
    const daniel = { officerId: app.newId() as never, name: 'Daniel Demo', email: 'daniel@testham.example', roles: ['case-officer'] as const, teams: ['streets'], isActive: true };
    app.identity.addOfficer(app.systemContext(), daniel);
    app.identity.addOfficer(app.systemContext(), { ...daniel, officerId: app.newId() as never, name: 'Ruth Demo', teams: ['waste'] });
    const seeder = app.get(SeedsCases);
    await seeder.seed(app.systemContext());
    await seeder.seed(app.systemContext());
    const officer = app.officer();
    const all = (await app.cases.list(officer, { status: 'any', limit: 100 })).items;
    expect(all.map(({ state }) => state).sort()).toEqual(['asked', 'ordered', 'ordered', 'ordered', 'reported', 'reported', 'reported', 'reported', 'reported']);
    expect(new Set(all.map(({ assignee }) => assignee?.name))).toEqual(new Set([undefined, 'Daniel Demo']));
    expect((await app.cases.count(officer, { overdue: true })).count).toBeGreaterThan(0);
    expect(all.map(({ summary }) => (typeof summary === 'string' ? summary : summary.en))).toContain('Pothole in Weir Lane');
    const { rows } = await app.owner.query<{ level: string }>(`select 1 from cases.timeline_entry where at > now()`);
    expect(rows).toEqual([]);
    expect((await app.cases.count(app.as(officer.actor, 'elsewhere'), { status: 'any' })).count).toBe(0);
  });
});
