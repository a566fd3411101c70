import { glanafon } from '@guildhall/app-glanafon';
import { defineCouncil } from '@guildhall/kernel-contract';
import { startTestApp, type TestApp } from '@guildhall/kernel/testing';
import { NOBODY_SPECIAL, reportAProblem, signInByCode, type Confirmation, type Town } from '../test/journeys';
import { Person } from '../test/person';
import { riverbourne } from './council.config';

/** As many as England, Wales, Scotland and Northern Ireland have, near enough. */
const MANY = 433;
const slugOf = (at: number): string => `council-${at}`;
/** These two, of one making, each have a resident with a report of their own. */
const [HERE, THERE] = [slugOf(0), slugOf(432)] as const;

const councils = Array.from({ length: MANY }, (_, at) => defineCouncil(slugOf(at), (given) => {
  const config = (at % 2 ? glanafon : riverbourne).configure(given);
  return { ...config, council: { ...config.council, id: `0199a3f2-0000-7000-8000-${String(at).padStart(12, '0')}` } };
}));

describe(`${MANY} councils in one process`, () => {
  let app: TestApp;
  const people = new Map<string, { readonly person: Person; readonly report: Confirmation }>();
  const before = process.memoryUsage().rss;
  beforeAll(async () => {
    app = await startTestApp({ councils, withCompanions: true });
    for (const [slug, contact] of [[HERE, 'here@post.example'], [THERE, 'there@post.example']] as const) {
      const town: Town = { home: app.origin(slug), work: () => app.drainJobs() };
      const person = new Person(town.home);
      await signInByCode(town, person, contact);
      people.set(slug, { person, report: await reportAProblem(person, 'pothole', { contact: NOBODY_SPECIAL }) });
    }
    await app.drainJobs();
  }, 180_000);
  afterAll(() => app?.close());
  const of = (slug: string): { readonly person: Person; readonly report: Confirmation } => people.get(slug) as { person: Person; report: Confirmation };

  it('are all there, each under its own name, in memory that a small machine has', async () => {
    expect(app.councils.all).toHaveLength(MANY);
    for (const at of [1, 2, 100, 217, 431]) {
      const { status, text } = await app.visitor(slugOf(at)).request('/');
      expect([status, text.includes(at % 2 ? 'Glanafon' : 'Riverbourne')]).toEqual([200, true]);
    }
    expect((await app.visitor().request('/', { headers: { host: `council-433.localhost:${app.port}` } })).status).toBe(421);
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(1500);
  });

  it('know their own people and cases, and none another’s', async () => {
    const { rows } = await app.owner.query<{ council_id: string; n: number }>('select council_id, count(*)::int as n from cases."case" group by 1 order by 1');
    expect(rows).toEqual([HERE, THERE].map((slug) => ({ council_id: app.context(slug).council.id, n: 1 })));
    for (const [slug, other] of [[HERE, THERE], [THERE, HERE]] as const) {
      const officer = await app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000bb', roles: ['team-manager', 'case-officer', 'adviser'], teams: ['streets', 'waste'] }, slug);
      const list = (await officer.get('/desk?view=unassigned')).text;
      expect([list.includes(of(slug).report.reference), list.includes(of(other).report.reference)]).toEqual([true, false]);
      expect([(await officer.get(`/desk/cases/${of(slug).report.reference}`)).status, (await officer.get(`/desk/cases/${of(other).report.reference}`)).status]).toEqual([200, 404]);
    }
    for (const slug of [slugOf(1), slugOf(2)]) {
      const officer = await app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000bb', roles: ['team-manager', 'case-officer', 'adviser'], teams: ['streets', 'waste'] }, slug);
      expect((await officer.get('/desk?view=unassigned')).text).not.toMatch(/RB-[0-9A-Z]{4}-[0-9A-Z]{4}/);
      expect((await officer.get(`/desk/cases/${of(HERE).report.reference}`)).status).toBe(404);
    }
  });

  it('know their own sessions, and none another’s', async () => {
    expect((await of(HERE).person.visitor().request('/account')).status).toBe(200);
    for (const slug of [THERE, slugOf(1), slugOf(2)]) {
      const { status, headers } = await of(HERE).person.visitor().takeCookiesTo(app.visitor(slug)).request('/account');
      expect([status, headers['location']]).toEqual([303, '/sign-in?next=%2Faccount']);
    }
  });
});
