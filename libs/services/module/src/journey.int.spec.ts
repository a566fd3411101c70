import { randomUUID } from 'node:crypto';
import type { AnswerOrigin } from '@guildhall/cases-contract';
import { PersonSignedIn } from '@guildhall/identity-contract';
import { Database, publish } from '@guildhall/kernel';
import type { PersonId } from '@guildhall/kernel-contract';
import type { Visitor } from '@guildhall/kernel/testing';
import { startServicesApp, type ServicesApp } from '../test/council';
import { answer, hidden } from '../test/filling-in';

let running: ServicesApp;
beforeAll(async () => { running = await startServicesApp(); });
afterAll(() => running.app.close());
afterEach(() => { const broken = running.app.log.lines.filter(({ level }) => level === 'error'); running.app.log.lines.length = 0; expect(broken).toEqual([]); });
beforeEach(() => running.faults.clear());

const headingOf = (text: string): string => (/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(text)?.[1] ?? '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim();
const drafts = async (service: string) => (await running.app.owner.query<{ draft_id: string; state: string; answers: Record<string, unknown>; owner_key: string; is_current: boolean }>('select draft_id, state, answers, owner_key, is_current from services.draft where service = $1 order by created_at, draft_id', [service])).rows;
const forget = () => running.app.owner.query('delete from services.draft');

describe('a report without signing in', () => {
  afterEach(forget);
  const sightings = '/services/hedgehog-sightings';
  async function asFarAsChecking(visitor: Visitor) {
    await answer(visitor, `${sightings}/alive`, { alive: 'yes' });
    await answer(visitor, `${sightings}/doing`, { doing: 'run' });
    await answer(visitor, `${sightings}/where`, { 'place-described': 'by the bridge', 'place-typed-point': '53.3, 2.1' });
    await answer(visitor, `${sightings}/pictures`, {});
    return answer(visitor, `${sightings}/words`, { words: 'It was quick' });
  }

  it('goes page by page to a reference, and its case says what was answered', async () => {
    const visitor = running.app.visitor();
    expect(headingOf((await visitor.get(sightings)).text)).toBe('Report a hedgehog');
    const checking = await asFarAsChecking(visitor);
    expect(checking.path).toBe(`${sightings}/check-answers`);
    expect(checking.text).toContain('It was quick');
    const where = 'Point on the map near 12 High Street, Little Testing, ZZ99 9AA (53.30000, 2.10000)';
    expect(checking.text).toContain(where);
    const done = await visitor.post(checking.path, { draft: hidden(checking.text, 'draft'), version: hidden(checking.text, 'version') });
    expect(done.status).toBe(200);
    expect(done.text).toContain(where);
    // Nobody can look it up by the reference alone: whoever has not signed in needs the link.
    expect(done.text).toContain('you need this link to look it up again');
    expect(done.text).toMatch(/>https?:\/\/[^<]+\/status\/RI-[^<]+key=/);
    const reference = /<strong>(RI-[0-9A-Z]{4}-[0-9A-Z]{4})<\/strong>/.exec(done.text)?.[1] ?? '';
    const found = await running.cases.find(running.app.systemContext(), { reference });
    expect(found).toMatchObject({ caseType: 'hedgehog-sightings', location: { note: 'by the bridge', point: { latitude: 53.3, longitude: 2.1 }, isMarked: true, near: '12 High Street, Little Testing, ZZ99 9AA' }, staff: { channel: 'web' } });
    expect(found?.answers.map(({ code, answer: given }) => [code, typeof given === 'string' ? given : given.en])).toEqual([['alive', 'Yes'], ['doing', 'It ran'], ['place', 'Point on the map near 12 High Street, Little Testing, ZZ99 9AA (53.30000, 2.10000)\nby the bridge'], ['pictures', 'Not answered'], ['words', 'It was quick']]);
    expect((await drafts('hedgehog-sightings'))[0]).toMatchObject({ state: 'submitted', answers: {} });
    // Going back with the browser leads here: it says that it has been sent, and nobody else sees that.
    expect((await visitor.get(sightings)).text).toMatch(new RegExp(`You sent this today: <span class="gh-reference"><a class="govuk-link" href="${done.path}">${reference}</a>`));
    expect((await running.app.visitor().get(sightings)).text).not.toContain('You sent this today');
  });

  it('is kept from the first page on, and its start page offers to carry on', async () => {
    const visitor = running.app.visitor();
    await answer(visitor, `${sightings}/alive`, { alive: 'yes' });
    expect(await drafts('hedgehog-sightings')).toMatchObject([{ state: 'open', answers: { alive: true } }]);
    const start = await visitor.get(sightings);
    expect(start.text).toContain('Carry on where you stopped');
    expect((await visitor.get(`${sightings}/carry-on`)).path).toBe(`${sightings}/doing`);
  });

  it('says of a question that it may be left out, in both languages', async () => {
    const visitor = running.app.visitor();
    await answer(visitor, `${sightings}/alive`, { alive: 'no' });
    await answer(visitor, `${sightings}/where`, { 'place-described': 'by the bridge' });
    const pictures = await visitor.get(`${sightings}/pictures`);
    expect(headingOf(pictures.text)).toBe('Do you have photos? (optional)');
    expect(pictures.text).toContain('<title>Do you have photos? (optional)');
    expect(headingOf((await visitor.get(`${sightings}/pictures?lang=cy`)).text)).toBe('Oes gennych chi luniau? (dewisol)');
  });

  it('says what is wrong at the top and at the field, and keeps what was typed', async () => {
    const visitor = running.app.visitor();
    const page = await answer(visitor, `${sightings}/alive`, { alive: 'maybe' });
    expect(page.text).toContain('<title>Error: ');
    expect(page.text).toContain('href="#alive"');
    expect(page.text).toContain('Choose one of the answers that are listed');
    await answer(visitor, `${sightings}/alive`, { alive: 'no' });
    const far = await answer(visitor, `${sightings}/where`, { 'place-described': 'by the bridge', 'place-typed-point': '-2.1, 53.3' });
    expect(far.text).toContain('Enter the latitude first');
    expect(far.text).toContain('by the bridge');
    expect(await drafts('hedgehog-sightings')).toMatchObject([{ answers: { alive: false } }]);
  });

  it('asks which is right when the point is far from the street that was chosen', async () => {
    const visitor = running.app.visitor();
    await answer(visitor, `${sightings}/alive`, { alive: 'no' });
    const far = { 'place-find': 'Mill Lane', 'place-searched': 'Mill Lane', 'place-choice': 'usrn:99000002', 'place-typed-point': '53.2996, 2.106' };
    const asked = await answer(visitor, `${sightings}/where`, far);
    expect(asked.text).toContain('The point on the map is about 600 m from Mill Lane. Choose which one is right');
    expect(asked.text).toContain('The point on the map, near 24 High Street');
    const welsh = await answer(visitor, `${sightings}/where?lang=cy`, { ...far, 'place-apart': hidden(asked.text, 'place-apart'), 'place-right': 'point', 'switch-language': 'cy' });
    expect(welsh.text).toContain('Pa un sy’n gywir?');
    expect(welsh.text).toMatch(/name="place-right" type="radio" value="point" checked/);
    expect(hidden(welsh.text, 'place-apart')).toBe(hidden(asked.text, 'place-apart'));
    const elsewhere = await answer(visitor, `${sightings}/where?lang=cy`, { ...far, 'place-typed-point': '53.2996, 2.105', 'place-apart': hidden(asked.text, 'place-apart'), 'place-right': 'point', 'switch-language': 'cy' });
    expect(elsewhere.text).not.toContain('Pa un sy’n gywir?');
    await visitor.get(`${sightings}/where?lang=en`);
    const settled = await answer(visitor, `${sightings}/where`, { ...far, 'place-apart': hidden(asked.text, 'place-apart'), 'place-right': 'place' });
    expect(settled.path).toBe(`${sightings}/pictures`);
    expect((await drafts('hedgehog-sightings'))[0]?.answers).toMatchObject({ place: { way: 'street', lines: ['Mill Lane', 'Little Testing'] } });
    expect((await drafts('hedgehog-sightings'))[0]?.answers['place']).not.toHaveProperty('isMarked');
  });

  it('changes the language without losing what was typed, however wrong, and without keeping it', async () => {
    const visitor = running.app.visitor();
    await answer(visitor, `${sightings}/alive`, { alive: 'no' });
    const page = await visitor.get(`${sightings}/where`);
    expect(page.text).toContain(`form="answers" formaction="${sightings}/where?lang=cy" formnovalidate name="switch-language" value="cy"`);
    expect(page.text.indexOf('form="answers" name="place-action" value="find"')).toBeLessThan(page.text.indexOf('name="switch-language"'));
    const welsh = await answer(visitor, `${sightings}/where?lang=cy`, { 'place-find': 'Mill Lane', 'place-searched': 'Mill Lane', 'place-described': 'by the bridge', 'place-typed-point': 'here', 'switch-language': 'cy' });
    expect(welsh.text).toContain('<html lang="cy"');
    expect(welsh.text).not.toContain('<title>Gwall');
    for (const kept of ['value="Mill Lane"', 'Lôn y Felin', 'by the bridge', 'value="here"', `action="${sightings}/where"`]) expect(welsh.text).toContain(kept);
    expect((await drafts('hedgehog-sightings'))[0]?.answers).toEqual({ alive: false });
  });

  it('shows what was chosen whenever the page is shown again: behind other results, narrowed, and while the search does not work', async () => {
    const visitor = running.app.visitor();
    await answer(visitor, `${sightings}/alive`, { alive: 'no' });
    const searched = { 'place-find': 'ZZ99 9AA', 'place-searched': 'ZZ99 9AA' };
    const inWelsh = (form: Record<string, string>) => answer(visitor, `${sightings}/where?lang=cy`, { ...searched, ...form, 'switch-language': 'cy' });
    for (const uprn of ['990000900009', '990000900012']) expect((await inWelsh({ 'place-choice': `uprn:${uprn}` })).text).toContain(`value="uprn:${uprn}" checked`);
    await visitor.get(`${sightings}/where?lang=en`);
    const narrowed = await answer(visitor, `${sightings}/where`, { ...searched, 'place-building': '12', 'place-action': 'find' });
    expect(hidden(narrowed.text, 'place-narrowed')).toBe('12');
    const wrong = await answer(visitor, `${sightings}/where`, { ...searched, 'place-narrowed': '12', 'place-choice': 'uprn:990000900012', 'place-typed-point': 'here', 'place-action': 'find' });
    expect(wrong.text).toContain('value="uprn:990000900012" checked');
    expect(wrong.text).not.toContain('uprn:990000900011');
    expect(hidden((await answer(visitor, `${sightings}/where`, { ...searched, 'place-find': 'Mill Lane', 'place-narrowed': '12', 'place-action': 'find' })).text, 'place-narrowed')).toBe('');
    running.faults.down('addresses');
    const down = await answer(visitor, `${sightings}/where`, { ...searched, 'place-choice': 'uprn:990000900012' });
    expect(down.text).toMatch(/value="uprn:990000900012" checked><label[^>]*>The address or street that I chose</);
  });

  it('lets nobody skip ahead, and leads them to the first page that is not answered', async () => {
    const visitor = running.app.visitor();
    expect((await visitor.get(`${sightings}/words`)).path).toBe(`${sightings}/alive`);
    expect((await visitor.get(`${sightings}/check-answers`)).path).toBe(sightings);
    await answer(visitor, `${sightings}/alive`, { alive: 'yes' });
    expect((await visitor.get(`${sightings}/check-answers`)).path).toBe(`${sightings}/doing`);
  });

  it('goes back with its answers, and comes back to checking after a change', async () => {
    const visitor = running.app.visitor();
    await asFarAsChecking(visitor);
    const back = await visitor.get(`${sightings}/where`);
    expect(back.text).toContain('by the bridge');
    const changed = await answer(visitor, `${sightings}/words?change=1`, { words: 'It was slow' });
    expect(changed.path).toBe(`${sightings}/check-answers`);
    expect(changed.text).toContain('It was slow');
    // A changed branch: what it opens is asked, what it closes is neither shown nor sent.
    const closed = await answer(visitor, `${sightings}/alive?change=1`, { alive: 'no' });
    expect(closed.path).toBe(`${sightings}/check-answers`);
    expect(closed.text).not.toContain('It ran');
    const opened = await answer(visitor, `${sightings}/alive?change=1`, { alive: 'yes' });
    expect(opened.text).toContain('It ran');
  });

  it('after a change asks only what the change has opened, and then shows all answers again', async () => {
    const visitor = running.app.visitor();
    await answer(visitor, `${sightings}/alive`, { alive: 'no' });
    await answer(visitor, `${sightings}/where`, { 'place-described': 'by the bridge' });
    await answer(visitor, `${sightings}/pictures`, {});
    await answer(visitor, `${sightings}/words`, { words: 'It was quick' });
    const opened = await answer(visitor, `${sightings}/alive?change=1`, { alive: 'yes' });
    expect(opened.path).toBe(`${sightings}/doing?change=1`);
    expect(opened.text).toContain(`action="${sightings}/doing?change=1"`);
    expect((await answer(visitor, `${sightings}/doing?change=1`, { doing: 'run' })).path).toBe(`${sightings}/check-answers`);
  });

  it('pressed twice opens one case, and the second press comes to the same page', async () => {
    const visitor = running.app.visitor();
    const checking = await asFarAsChecking(visitor);
    const form = { draft: hidden(checking.text, 'draft'), version: hidden(checking.text, 'version') };
    const [one, other] = await Promise.all([visitor.post(checking.path, form), visitor.post(checking.path, form)]);
    const third = await visitor.post(checking.path, form);
    expect(new Set([one.path, other.path, third.path])).toEqual(new Set([`${sightings}/done/${form.draft.split('.')[0]}`]));
    expect(running.faults.calls.filter((call) => call === 'cases.open').length).toBeGreaterThan(0);
    expect((await running.cases.list(running.app.systemContext(), { caseType: 'hedgehog-sightings', text: /<strong>(RI-[^<]+)</.exec(one.text)?.[1] })).items).toHaveLength(1);
    expect(await drafts('hedgehog-sightings')).toHaveLength(1);
  });

  it('in two windows loses nothing: each window’s answers are kept, and checking shows both before anything is sent', async () => {
    const visitor = running.app.visitor();
    const checking = await asFarAsChecking(visitor);
    const form = { draft: hidden(checking.text, 'draft'), version: hidden(checking.text, 'version') };
    await answer(visitor, `${sightings}/words?change=1`, { words: 'Changed elsewhere' });
    const again = await visitor.post(`${sightings}/check-answers`, form);
    expect(again.text).toContain('Your answers have changed in another window');
    expect(again.text).toContain('Changed elsewhere');
    expect((await drafts('hedgehog-sightings'))[0]?.state).toBe('open');
    const done = await visitor.post(`${sightings}/check-answers`, { draft: hidden(again.text, 'draft'), version: hidden(again.text, 'version') });
    expect(done.path).toContain('/done/');
    // The other window, still on a question: it is told where the report is.
    const late = await visitor.post(`${sightings}/words`, { ...form, words: 'Too late' });
    expect(late.path).toBe(done.path);
    expect(await drafts('hedgehog-sightings')).toHaveLength(1);
  });

  it('begun in two windows at once is one report', async () => {
    const visitor = running.app.visitor();
    await answer(visitor, `${sightings}/alive`, { alive: 'yes' });
    await visitor.get(`${sightings}/alive`);
    await Promise.all([visitor.post(`${sightings}/alive`, { alive: 'yes' }), visitor.post(`${sightings}/alive`, { alive: 'no' })]);
    expect(await drafts('hedgehog-sightings')).toHaveLength(1);
  });

  it('whose session has ended goes on with the form that is still open, and nothing is lost', async () => {
    const visitor = running.app.visitor();
    await answer(visitor, `${sightings}/alive`, { alive: 'yes' });
    const page = await visitor.get(`${sightings}/doing`);
    const form = { draft: hidden(page.text, 'draft'), version: hidden(page.text, 'version'), doing: 'sleep' };
    await running.app.owner.query('delete from kernel.session');
    const next = await visitor.post(`${sightings}/doing`, form);
    expect(next.path).toBe(`${sightings}/where`);
    expect(await drafts('hedgehog-sightings')).toMatchObject([{ answers: { alive: true, doing: 'sleep' } }]);
    // Without our seal nobody takes over anybody's answers.
    const stranger = running.app.visitor();
    await stranger.get(`${sightings}/alive`);
    await stranger.post(`${sightings}/alive`, { draft: `${form.draft.split('.')[0]}.AAAAAAAAAAAAAAAAAAAAAA`, version: '1', alive: 'no' });
    expect(await drafts('hedgehog-sightings')).toHaveLength(2);
  });

  it('whose session lives is not taken by another browser that has a page of it, neither before nor after signing in', async () => {
    const visitor = running.app.visitor();
    await answer(visitor, `${sightings}/alive`, { alive: 'yes' });
    const page = await visitor.get(`${sightings}/doing`);
    const form = { draft: hidden(page.text, 'draft'), version: hidden(page.text, 'version') };
    const taking = async () => {
      const other = running.app.visitor();
      await other.get(`${sightings}/alive`);
      await other.post(`${sightings}/doing`, { ...form, doing: 'run' });
    };
    await taking();
    expect((await visitor.post(`${sightings}/doing`, { ...form, doing: 'sleep' })).path).toBe(`${sightings}/where`);
    await running.app.owner.query(`update kernel.session set previous_id = session_hash, session_hash = 'signed-in-meanwhile' where session_hash = (select substr(owner_key, 3) from services.draft where answers ? 'alive')`);
    await taking();
    expect((await drafts('hedgehog-sightings')).map(({ answers }) => answers)).toContainEqual({ alive: true, doing: 'sleep' });
    await running.app.owner.query(`update kernel.session set expires_at = created_at where session_hash = 'signed-in-meanwhile'`);
    await taking();
    expect((await drafts('hedgehog-sightings')).map(({ answers }) => answers)).toContainEqual({ alive: true, doing: 'run' });
  });

  it('is shown to nobody by a session that has ended, although the draft is read together with the session', async () => {
    const visitor = running.app.visitor();
    await answer(visitor, `${sightings}/alive`, { alive: 'yes' });
    expect((await visitor.get(`${sightings}/doing`)).path).toBe(`${sightings}/doing`);
    await running.app.owner.query('update kernel.session set expires_at = created_at');
    expect((await visitor.get(`${sightings}/doing`)).path).toBe(`${sightings}/alive`);
    const first = await visitor.get(`${sightings}/alive`);
    expect(first.text).not.toMatch(/ checked/);
    expect(hidden(first.text, 'draft')).toBe('');
  });

  it('belongs to nobody else: not to another visitor, nor to another council', async () => {
    const visitor = running.app.visitor();
    const checking = await asFarAsChecking(visitor);
    const id = hidden(checking.text, 'draft').split('.')[0] ?? '';
    for (const stranger of [running.app.visitor(), running.app.visitor('glanafon')]) {
      expect((await stranger.get(`${sightings}/done/${id}`)).status).toBe(404);
      expect((await stranger.get(`${sightings}/pay/${id}`)).status).toBe(404);
      expect((await stranger.get(`${sightings}/check-answers`)).path).toBe(sightings);
      expect((await stranger.get(`${sightings}/carry-on?draft=${id}`)).path).toBe(sightings);
    }
  });

  it('can be started again, and the old answers go', async () => {
    const visitor = running.app.visitor();
    await answer(visitor, `${sightings}/alive`, { alive: 'yes' });
    await visitor.get(sightings);
    expect((await visitor.post(`${sightings}/start-again`, {})).path).toBe(`${sightings}/alive`);
    expect((await visitor.get(`${sightings}/doing`)).path).toBe(`${sightings}/alive`);
  });
});

describe('places', () => {
  afterEach(forget);
  const where = '/services/hedgehog-sightings/where';
  const ready = async (): Promise<Visitor> => {
    const visitor = running.app.visitor();
    await answer(visitor, '/services/hedgehog-sightings/alive', { alive: 'no' });
    return visitor;
  };
  it('are searched on the page itself, streets and addresses, and chosen', async () => {
    const visitor = await ready();
    const found = await answer(visitor, where, { 'place-find': 'Mill Lane', 'place-action': 'find' });
    expect(found.path).toBe(where);
    expect(found.text).toContain('value="usrn:99000002"');
    expect(found.text).toContain('Mill Lane, Little Testing');
    const next = await visitor.post(where, { draft: hidden(found.text, 'draft'), version: hidden(found.text, 'version'), 'place-find': 'Mill Lane', 'place-searched': 'Mill Lane', 'place-choice': 'usrn:99000002', 'place-typed-point': '', 'place-described': 'at the top' });
    expect(next.path).toBe('/services/hedgehog-sightings/pictures');
    expect((await drafts('hedgehog-sightings'))[0]?.answers).toMatchObject({ place: { way: 'street', usrn: '99000002', note: 'at the top' } });
    expect((await visitor.get(where)).text).toContain('value="usrn:99000002" checked');
  });
  it('whose words were typed are searched also by "Continue", and what was typed elsewhere stays', async () => {
    const visitor = await ready();
    const found = await answer(visitor, where, { 'place-find': 'High Street' });
    expect(found.path).toBe(where);
    expect(found.text).toContain('High Street');
    expect(found.text).not.toContain('govuk-error-summary');
  });
  it('that are not found say so and can be described', async () => {
    const visitor = await ready();
    expect((await answer(visitor, where, { 'place-find': 'Nowhere Crescent', 'place-action': 'find' })).text).toContain('We found nothing for “Nowhere Crescent”');
    expect((await answer(visitor, where, { 'place-find': 'Nowhere Crescent', 'place-searched': 'Nowhere Crescent', 'place-described': 'behind the mill' })).path).toBe('/services/hedgehog-sightings/pictures');
  });
  it('are picked on the map without JavaScript, and what was typed stays', async () => {
    const visitor = await ready();
    const picked = await answer(visitor, where, { 'place-wide.x': '256', 'place-wide.y': '256', 'place-view': '16/53.3,2.1', 'place-described': 'near the pond', 'place-typed-point': '' });
    expect(picked.path).toBe(where);
    expect(picked.text).toContain('near the pond');
    const point = hidden(picked.text, 'place-typed-point') || /id="place-point" name="place-typed-point"[^>]*value="([^"]+)"/.exec(picked.text)?.[1];
    expect(point).toMatch(/^53\.\d+, 2\.\d+$/);
    await visitor.post(where, { draft: hidden(picked.text, 'draft'), version: hidden(picked.text, 'version'), 'place-typed-point': point as string, 'place-described': 'near the pond' });
    expect((await drafts('hedgehog-sightings'))[0]?.answers).toMatchObject({ place: { way: 'point', note: 'near the pond', ward: { code: 'E05099992' } } });
  });
  it('outside the council are refused at the field where they were typed, and nowhere else', async () => {
    const visitor = await ready();
    const far = await answer(visitor, where, { 'place-described': '', 'place-typed-point': '51.8642, -2.2382' });
    expect(far.path).toBe(where);
    expect(far.text).toMatch(/That place is not in the area of [^.]+\. Enter the latitude first, then the longitude, like 53\.\d{4}, 2\.\d{4}/);
    expect(far.text).toContain('id="place-point-error"');
    expect(far.text).not.toContain('id="place-error"');
  });
  it('have examples that are found when somebody tries them, in either language', async () => {
    for (const language of ['en', 'cy']) {
      const visitor = await ready();
      const page = (await visitor.get(`${where}?lang=${language}`)).text;
      const [, street = '', postcode = ''] = /id="place-find-hint"[^>]*>\s*(?:For example|Er enghraifft), (.+), (?:or|neu) ([A-Z0-9 ]+)\./.exec(page) ?? [];
      for (const words of [street, postcode]) expect((await answer(visitor, where, { 'place-find': words, 'place-action': 'find' })).text).toContain('name="place-choice"');
      const [, point = ''] = /id="place-point-hint"[^>]*>\s*(?:For example|Er enghraifft), ([\d., -]+)/.exec(page) ?? [];
      expect((await answer(visitor, where, { 'place-described': '', 'place-typed-point': point.trim() })).path).toBe('/services/hedgehog-sightings/pictures');
    }
  });
  it('stand without the gazetteer: by hand, when it is down', async () => {
    const visitor = await ready();
    running.faults.down('addresses');
    expect((await visitor.get(where)).text).toContain('Describe the place');
    expect((await answer(visitor, where, { 'place-find': 'Mill Lane', 'place-action': 'find' })).text).toContain('The search does not work just now');
    expect((await answer(visitor, where, { 'place-described': 'on the green', 'place-typed-point': '' })).path).toBe('/services/hedgehog-sightings/pictures');
  });
});

describe('a service for signed-in residents', () => {
  afterEach(forget);
  const club = '/services/hedgehog-club';
  const personId = '01990000-0000-7000-8000-0000000000c1' as PersonId;
  beforeAll(() => { running.identity.addPerson(running.app.context(), { personId, name: 'Pat Jones', email: 'pat.jones@post.example', uprn: '99000000001' }); });

  it('asks them to sign in first, and comes back', async () => {
    const nobody = running.app.visitor();
    const turned = await nobody.request(`${club}/home`);
    expect([turned.status, turned.headers['location']]).toEqual([303, `/sign-in?next=${encodeURIComponent(`${club}/home`)}`]);
    expect((await nobody.get(club)).text).toContain('You sign in first');
  });

  it('asks whoever left before saying who they are for their name first, and again before anything is sent', async () => {
    const nameless = '01990000-0000-7000-8000-0000000000c9' as PersonId;
    running.identity.addPerson(running.app.context(), { personId: nameless, phone: '07700 900123' });
    const visitor = await running.app.residentVisitor(nameless);
    const asked = (page: string) => [303, `/sign-in/details?next=${encodeURIComponent(`${club}/${page}`)}`];
    const goes = async (path: string, form?: Record<string, string>) => { const { status, headers } = await visitor.request(path, form && { form }); return [status, headers['location']]; };
    expect(await goes(`${club}/home`)).toEqual(asked('home'));
    await running.app.owner.query(`insert into services.draft (council_id, draft_id, owner_key, service, service_version, channel, language, state, answers, is_current, created_at, updated_at, expires_at)
      select $1, gen_random_uuid(), $2, 'hedgehog-club', '1', 'web', 'en', 'open', $3, true, now(), now(), now() + interval '1 year'`, [running.app.context().council.id, `p:${nameless}`, JSON.stringify({ home: { way: 'typed', lines: ['1 Mill Lane'], postcode: 'ZZ99 1AA' }, members: 2, wantsCard: false })]);
    expect(await goes(`${club}/check-answers`)).toEqual(asked('check-answers'));
    await visitor.get(`${club}/members`);
    expect(await goes(`${club}/check-answers`, { agrees: 'yes' })).toEqual(asked('check-answers'));
    running.identity.addPerson(running.app.context(), { personId: nameless, name: 'Pat Jones' });
    expect((await visitor.get(`${club}/check-answers`)).path).toBe(`${club}/check-answers`);
  });

  it('keeps what was typed when the session had ended, and joins it to what was there when they sign in again', async () => {
    const before = await running.app.residentVisitor(personId);
    await answer(before, `${club}/home`, { 'home-line1': '1 Mill Lane', 'home-postcode': 'ZZ99 1AA' });
    const page = await before.get(`${club}/members`);
    const form = { draft: hidden(page.text, 'draft'), version: hidden(page.text, 'version'), members: '3' };
    await running.app.owner.query('delete from kernel.session');
    const turned = await before.request(`${club}/members`, { form });
    expect(turned.headers['location']).toContain('/sign-in?next=');
    expect(await drafts('hedgehog-club')).toHaveLength(2);
    // The event that identity publishes when somebody signs in.
    const [typed] = (await drafts('hedgehog-club')).filter(({ owner_key }) => owner_key.startsWith('s:'));
    await signedIn(personId, typed?.owner_key.slice(2) ?? '');
    expect(await drafts('hedgehog-club')).toMatchObject([{ owner_key: `p:${personId}`, answers: { members: 3, home: { lines: ['1 Mill Lane'] } } }]);
    expect((await (await running.app.residentVisitor(personId)).get(`${club}/carry-on`)).path).toBe(`${club}/card`);
  });

  it('keeps both when a session’s own journey meets an older one, and the account offers the older one', async () => {
    const houses = '/services/hedgehog-houses';
    const resident = await running.app.residentVisitor(personId);
    await answer(resident, `${houses}/garden`, { hasGarden: 'yes' });
    const visitor = running.app.visitor();
    await answer(visitor, `${houses}/garden`, { hasGarden: 'no' });
    const session = (await drafts('hedgehog-houses')).find(({ owner_key }) => owner_key.startsWith('s:'))?.owner_key.slice(2) ?? '';
    await signedIn(personId, session);
    const all = await drafts('hedgehog-houses');
    expect(all.map(({ owner_key, is_current, answers }) => [owner_key, is_current, answers['hasGarden']])).toEqual([[`p:${personId}`, false, true], [`p:${personId}`, true, false]]);
    expect((await resident.get(`${houses}/carry-on?draft=${all[0]?.draft_id}`)).path).toBe(`${houses}/how-many`);
  });

  it('shows what the account knows, says so, and asks only to confirm it', async () => {
    running.identity.addPerson(running.app.context(), { personId, name: 'Pat Jones', email: 'pat.jones@post.example', uprn: await aUprn() });
    const resident = await running.app.residentVisitor(personId);
    const page = await resident.get(`${club}/home`);
    expect(page.text).toContain('We have filled this in from your account');
    expect(page.text).toMatch(/value="uprn:\d+" checked/);
    const chosen = /value="(uprn:\d+)" checked/.exec(page.text)?.[1] ?? '';
    const welsh = await answer(resident, `${club}/home?lang=cy`, { 'home-find': hidden(page.text, 'home-searched'), 'home-searched': hidden(page.text, 'home-searched'), 'home-choice': chosen, 'switch-language': 'cy' });
    expect(welsh.text).toContain('Rydym wedi llenwi hwn o’ch cyfrif');
    expect(welsh.text).toContain(`value="${chosen}" checked`);
  });

  it('offers an address that was given for a service before, and says for which; another can be found or typed', async () => {
    const other = '01990000-0000-7000-8000-0000000000d7' as PersonId;
    running.identity.addPerson(running.app.context(), { personId: other, name: 'Olwen Pugh' });
    const uprn = await aUprn();
    await running.cases.open(running.app.systemContext(), { caseId: randomUUID(), idempotencyKey: 'an-earlier-membership', caseType: 'hedgehog-club', summary: 'Club membership', openedFor: { personId: other }, location: { uprn, lines: ['1 High Street'] }, answers: [{ section: 'Club', question: 'Home', answer: '1 High Street', code: 'home' }] });
    const resident = await running.app.residentVisitor(other);
    const page = await resident.get(`${club}/home`);
    expect(page.text).toContain('for “Hedgehog club”:');
    expect(page.text).toContain('1 High Street, Little Testing');
    const welsh = await answer(resident, `${club}/home?lang=cy`, { 'home-find': '', 'home-searched': '', 'switch-language': 'cy' });
    expect(welsh.text).toMatch(/name="home-choice" value="uprn:\d+"|value="uprn:\d+"[^>]* name="home-choice"/);
    expect(welsh.text).toContain('<html lang="cy"');
    await resident.get(`${club}/home?lang=en`);
    expect((await (await running.app.residentVisitor(personId)).get(`${club}/home`)).text).not.toContain('You gave us this address');
    running.faults.down('cases');
    expect((await resident.get(`${club}/home`)).status).toBe(200);
    running.faults.clear();
    expect((await answer(resident, `${club}/home`, { 'home-choice': `uprn:${uprn}` })).path).toBe(`${club}/members`);
    expect((await resident.get(`${club}/home`)).text).not.toContain('You gave us this address');
  });

  it('offers no address that another body told for a service before: they did not give it, and may have stopped it since', async () => {
    const told = '01990000-0000-7000-8000-0000000000d8' as PersonId;
    running.identity.addPerson(running.app.context(), { personId: told, name: 'Nia Rees' });
    const answered = { section: 'Club', question: 'Home', answer: '1 High Street', code: 'home' };
    const open = async (idempotencyKey: string, origin: AnswerOrigin): Promise<unknown> => running.cases.open(running.app.systemContext(), { caseId: randomUUID(), idempotencyKey, caseType: 'hedgehog-club', summary: 'Club membership', openedFor: { personId: told }, location: { uprn: await aUprn(), lines: ['1 High Street'] }, answers: [{ ...answered, origin }] });
    await open('a-membership-told', { how: 'told', by: { en: 'Aldermoor County', cy: 'Sir Aldermoor' }, asAt: '2026-11-01' });
    const resident = await running.app.residentVisitor(told);
    expect((await resident.get(`${club}/home`)).text).not.toContain('1 High Street');
    await open('a-membership-typed', { how: 'resident' });
    expect((await resident.get(`${club}/home`)).text).toContain('1 High Street');
  });

  it('speaks Welsh to whoever asks for it, everywhere', async () => {
    const page = await (await running.app.residentVisitor(personId)).get(`${club}/home?lang=cy`);
    expect(page.text).toContain('lang="cy"');
    expect(page.text).toContain('Ble ydych chi’n byw?');
    expect(page.text).toContain('Rhoi’r cyfeiriad â llaw');
  });
});

async function aUprn(): Promise<string> {
  const visitor = running.app.visitor();
  await answer(visitor, '/services/hedgehog-sightings/alive', { alive: 'no' });
  const found = await answer(visitor, '/services/hedgehog-sightings/where', { 'place-find': '1 High Street', 'place-action': 'find' });
  return /uprn:(\d+)/.exec(found.text)?.[1] ?? '';
}

async function signedIn(personId: PersonId, previousSessionId: string): Promise<void> {
  const ctx = running.app.context();
  await running.app.get(Database).run(ctx, async (tx) => publish(tx, PersonSignedIn, { personId, previousSessionId, provider: 'test', isFirst: false }));
  await running.app.drainJobs();
}
