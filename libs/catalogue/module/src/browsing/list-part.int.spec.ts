import { signAssessment } from '@guildhall/assurance-contract';
import { CATALOGUE, type CatalogueApi } from '@guildhall/catalogue-contract';
import { examplePublisher } from '@guildhall/catalogue-contract/testing';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { catalogue } from '../catalogue.module';
import { AdmitsPublishers } from '../publishing/admits-publishers';

/** What a page shows of each, from its first page to its last, in their order. */
async function walk(visitor: Visitor, path: string, shown: RegExp, link = /class="govuk-link govuk-pagination__link" href="([^"]+)" rel="next"/): Promise<{ readonly pages: number; readonly found: readonly string[] }> {
  const found: string[] = [];
  let pages = 0;
  for (let next: string | undefined = path; next !== undefined && pages < 20; pages++) {
    const { text } = await visitor.get(next);
    found.push(...[...text.matchAll(shown)].map(([, one = '']) => one));
    next = link.exec(text)?.[1]?.replaceAll('&amp;', '&');
  }
  return { pages, found };
}
const numbers = (from: number, to: number): readonly string[] => Array.from({ length: Math.abs(from - to) + 1 }, (_, index) => String(from - index));

describe('a list of a catalogue that is longer than a page', () => {
  let app: TestApp;
  let manager: Visitor;
  beforeAll(async () => {
    app = await startTestApp({ councils: [testCouncilDefinition('westmarch', 1, [catalogue({ feedOrigin: 'westmarch.example/feed', keys: [{ name: '2026-1' }], registries: {} })])], clock: new FixedClock(new Date('2026-11-30T12:00:00Z')) });
    manager = await app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'], teams: [] }, 'westmarch');
    const council = app.context('westmarch').council.id;
    await app.owner.query(`insert into catalogue.organisation (council_id, organisation_id, kind, name_en, name_cy, team_id, email, added_at) values ($1, 'brackenfield', 'supplier', 'Brackenfield', 'Brackenfield', 'bracken', 'digital@brackenfield.example', now())`, [council]);
    const put = (kind: string, many: number, about: string | null, written: string): Promise<unknown> => app.owner.query(`insert into catalogue.contribution (council_id, contribution_id, kind, organisation_id, package_name, written, at)
      select $1, gen_random_uuid(), $2, 'brackenfield', $4, ${written}, timestamptz '2026-11-01T09:00:00Z' + (n / 3) * interval '1 microsecond' from generate_series(1, $3::int) as n`, [council, kind, many, about]);
    await put('offer', 120, null, `jsonb_build_object('what', array['support'], 'text', 'Said-' || n, 'per', 'on-request', 'answers', 1, 'languages', array['en'], 'people', '1')`);
    await put('adoption', 51, '@westmarch/parking', `jsonb_build_object('since', '2026-03', 'state', 'live', 'benefit', 'Said-' || n)`);
    await put('help', 240, null, `jsonb_build_object('way', case when n > 60 then 'offers' else 'asks' end, 'title', 'Line', 'text', 'Said-' || n)`);
  });
  afterAll(() => app?.close());

  it.each([['/catalogue/support', 3, 120], ['/catalogue/adopters', 2, 51], ['/catalogue/help', 2, 60]] as const)('is read on at %s until its end, each once', async (path, pages, many) => {
    const visitor = app.visitor('westmarch');
    // Help that is offered stands below help that is asked for, and goes on by itself.
    const { found, pages: read } = path === '/catalogue/help' ? await walk(visitor, path, /Said-([1-9]|[1-5]\d|60)\b/g, /href="(\/catalogue\/help\?asks=[^"]+)" rel="next"/) : await walk(visitor, path, /Said-(\d+)/g);
    expect(read).toBe(pages);
    expect([...found].sort()).toEqual([...numbers(many, 1)].sort());
    expect((await visitor.get(`${path}?after=nobody&asks=%27`)).status).toBe(200);
  });

  it('shows all help that is asked for, however much is offered since', async () => {
    const { pages, found } = await walk(app.visitor('westmarch'), '/catalogue/help', /Said-(\d+)/g, /href="(\/catalogue\/help\?offers=[^"]+)" rel="next"/);
    expect(pages).toBe(4);
    expect([...new Set(found.filter((one) => Number(one) > 60))]).toHaveLength(180);
  });

  it('is moderated to its end, and says what is wrong on the page where it is', async () => {
    const { found } = await walk(manager, '/desk/catalogue/entries', /Said-(\d+)/g);
    expect(found).toHaveLength(120 + 51 + 240);
    const [, next = ''] = /href="([^"]+)" rel="next"/.exec((await manager.get('/desk/catalogue/entries')).text) ?? [];
    const second = await manager.get(next);
    const [, action = ''] = /action="([^"]+take-away[^"]*)"/.exec(second.text) ?? [];
    const answer = await manager.post(action, {});
    expect(answer.status).toBe(422);
    expect(answer.text.match(/Said-\d+/g)).toEqual(second.text.match(/Said-\d+/g));
  });

  it('tells of every assessment', async () => {
    const assessor = examplePublisher('westmarch');
    const [ctx, system, api] = [app.context('westmarch'), app.systemContext('westmarch'), app.get<CatalogueApi>(CATALOGUE.token)];
    const handed = await api.submitPublisher(ctx, assessor.envelope);
    if (!handed.ok) throw new Error(handed.refusal.message);
    await app.get(AdmitsPublishers).admit(system, handed.value.id);
    await api.submitAssessment(ctx, signAssessment([{ name: 'pkg:npm/%40westmarch/parking@1.1.0', digest: { sha512: 'a'.repeat(128) } }], { standard: 'ncsc-csp', assessedOn: '2026-11-01', validUntil: '2027-10-31', findings: [{ principle: '7', result: 'met', how: 'reviewed' }] }, assessor.lead.signer));
    const others = `'sha256:' || translate(rtrim(encode(sha256(n::text::bytea), 'base64'), '='), '+/', '-_')`;
    await app.owner.query(`insert into catalogue.signed (council_id, digest, kind, envelope) select council_id, ${others}, kind, envelope from catalogue.signed, generate_series(1, 249) as n where kind = 'assessment'`);
    await app.owner.query(`insert into catalogue.assessment (council_id, digest, assessor_id, standard, assessed_on, valid_until, listed_at) select council_id, ${others}, assessor_id, standard, assessed_on - n / 7, valid_until, listed_at from catalogue.assessment, generate_series(1, 249) as n`);
    const { pages, found } = await walk(app.visitor('westmarch'), '/catalogue/assurance', /(@westmarch\/parking 1\.1\.0)/g);
    expect([pages, found.length]).toEqual([3, 250]);
  });
});
