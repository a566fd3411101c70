import { randomUUID } from 'node:crypto';
import type { Service } from '@guildhall/services-contract';
import type { Visitor } from '@guildhall/kernel/testing';
import { startServicesApp, type ServicesApp } from '../../test/council';
import { answer, formOf, hidden } from '../../test/filling-in';
import { hedgehogAid } from '../../test/hedgehog-aid';
import { TellsAnswers, tellsAnswers } from '../../test/tells-answers';

const AID = '/services/hedgehog-aid';
const readable = (html: string): string => (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();

describe('a question whose answer somebody else may have', () => {
  let running: ServicesApp;
  let visitor: Visitor;
  let personId: string;
  const source = new TellsAnswers();
  beforeAll(async () => { running = await startServicesApp({ alsoInstalled: [tellsAnswers(source)], more: [hedgehogAid as Service] }); });
  afterAll(() => running?.app.close());
  beforeEach(async () => {
    source.reset();
    personId = randomUUID().replace(/^(.{14})./, '$17');
    visitor = await running.app.residentVisitor(personId);
  });
  const drafts = async () => (await running.app.owner.query<{ answers: Record<string, unknown>; origins: Record<string, unknown> }>(`select answers, origins from services.draft where owner_key = $1 and service = 'hedgehog-aid'`, [`p:${personId}`])).rows;
  const press = async (path: string, fields: Record<string, string>) => {
    const page = await visitor.get(path);
    const shown = Object.fromEntries(['home', 'isMember'].flatMap((id) => ['offer', 'shown', 'told', 'typed'].map((part) => [`${id}-${part}`, hidden(page.text, `${id}-${part}`)]).filter(([, value]) => value !== '')));
    return visitor.post(path, { ...formOf(page.text), ...shown, ...fields });
  };
  const knowsHome = () => source.known.set('address.current', { lines: ['12 High Street', 'Little Testing'], postcode: 'ZZ99 9AA', uprn: '990000900012' });

  it('is one sentence and two ways, before anything is asked of anybody', async () => {
    knowsHome();
    const page = await visitor.get(`${AID}/home`);
    expect(readable(page.text)).toMatch(/Where do you live\? We may ask Aldermoor County for address\.current\. Nothing to upload\. You can stop it\. Get it from Aldermoor County I’ll type it/);
    expect(page.text).not.toContain('home-find');
    expect(readable((await visitor.get(`${AID}/home?lang=cy`)).text)).toContain('Ei gael gan Sir Aldermoor');
    await visitor.get(`${AID}/home?lang=en`);
    // Enter presses no offer: it is asked for by its own button alone.
    expect(readable((await visitor.post(`${AID}/home`, formOf(page.text))).text)).toContain('There is a problem');
    expect(source.asked).toBe(0);
  });

  it('is got by a press, shown with where it is from, used, checked and written to the case', async () => {
    knowsHome();
    const told = await press(`${AID}/home`, { 'home-press': 'get' });
    expect(told.text).toContain(`href="/account/stop?back=${encodeURIComponent(`${AID}/home`)}"`);
    expect(readable(told.text)).toMatch(/Where do you live\? 12 High Street Little Testing ZZ99 9AA From Aldermoor County, as at 1 November 2026 Use this It’s wrong I’ll type it myself Stop sharing this/);
    expect(await drafts()).toEqual([]);
    const next = await press(`${AID}/home`, {});
    expect([next.path, source.asked, source.heard]).toEqual([`${AID}/about`, 1, []]);
    expect(await drafts()).toMatchObject([{ answers: { home: { way: 'found', uprn: '990000900012', point: { latitude: expect.any(Number) as number } } }, origins: { home: { how: 'told', by: { en: 'Aldermoor County' }, asAt: '2026-11-01' } } }]);
    source.known.set('hedgehogs.member', false);
    await press(`${AID}/about`, { 'isMember-press': 'get', note: 'A roof' });
    const checking = await press(`${AID}/about`, { note: 'A roof' });
    expect(readable(checking.text)).toMatch(/Where do you live\? .*From Aldermoor County, as at 1 November 2026.* Are you a member\? No From Aldermoor County, as at 1 November 2026 .* What do you need\? A roof Change/);
    const done = await visitor.post(checking.path, { draft: hidden(checking.text, 'draft'), version: hidden(checking.text, 'version') });
    const reference = /<strong>(RI-[0-9A-Z-]+)<\/strong>/.exec(done.text)?.[1] ?? '';
    const found = await running.cases.find(running.app.systemContext(), { reference });
    expect(found?.answers.map(({ code, origin }) => [code, origin])).toEqual([
      ['home', { how: 'told', by: { en: 'Aldermoor County', cy: 'Sir Aldermoor' }, asAt: '2026-11-01' }], ['isMember', { how: 'told', by: { en: 'Aldermoor County', cy: 'Sir Aldermoor' }, asAt: '2026-11-01' }], ['note', undefined],
    ]);
  });

  it('keeps what was typed beside it, and is taken as shown by Continue where others stand beside it', async () => {
    source.known.set('address.current', { lines: ['1 Lane'], postcode: 'ZZ99 9AA' });
    await press(`${AID}/home`, { 'home-press': 'get' });
    await press(`${AID}/home`, {});
    source.known.set('hedgehogs.member', true);
    const told = await press(`${AID}/about`, { 'isMember-press': 'get', note: 'A warm roof' });
    expect(told.text).toContain('value="A warm roof"');
    expect(readable(told.text)).toMatch(/Are you a member\? Yes From Aldermoor County.* It’s wrong I’ll type it myself .* Continue/);
    expect((await press(`${AID}/about`, { note: 'A warm roof' })).path).toBe(`${AID}/check-answers`);
  });

  it('is typed by whoever wants to: the source hears it with why it was typed, and the answer says whose it is', async () => {
    knowsHome();
    const typing = await press(`${AID}/home`, { 'home-press': 'type' });
    expect(readable(typing.text)).toContain('We keep it for hedgehog-help.');
    const byHand = { 'home-line1': '9 Own Way', 'home-postcode': 'ZZ99 9AA' };
    await visitor.post(`${AID}/home`, { ...formOf(typing.text), 'home-typed': hidden(typing.text, 'home-typed'), ...byHand });
    expect(source.heard).toMatchObject([{ because: 'chosen', value: { lines: ['9 Own Way'], postcode: 'ZZ99 9AA' }, wanted: { personId, attribute: 'address.current', purposes: ['hedgehog-help'], service: { slug: 'hedgehog-aid' } } }]);
    expect([source.asked, await drafts()]).toEqual([0, [expect.objectContaining({ origins: { home: { how: 'resident' } } })]]);
    expect(readable((await visitor.get(`${AID}/home`)).text)).not.toContain('Get it from');
  });

  it('is said to be wrong, and typed', async () => {
    knowsHome();
    source.told.add('address.current');
    const typing = await press(`${AID}/home`, { 'home-press': 'wrong' });
    expect([source.disputed, hidden(typing.text, 'home-typed')]).toEqual([['address.current'], 'wrong']);
    expect(readable(typing.text)).toContain('Aldermoor County looks at it.');
    expect(typing.text).toContain('home-find');
  });

  it('is asked at once where the other body does not answer, says so, and is marked so', async () => {
    knowsHome();
    source.mode = 'unreachable';
    const typing = await press(`${AID}/home`, { 'home-press': 'get' });
    expect(readable(typing.text)).toContain('Aldermoor County does not answer.');
    await visitor.post(`${AID}/home`, { ...formOf(typing.text), 'home-typed': hidden(typing.text, 'home-typed'), 'home-line1': '9 Own Way', 'home-postcode': 'ZZ99 9AA' });
    expect([source.heard.map(({ because }) => because), await drafts()]).toEqual([['unreachable'], [expect.objectContaining({ origins: { home: { how: 'resident', isUnreachable: true } } })]]);
  });

  it('sends whoever must sign in elsewhere first there, and back to the question', async () => {
    knowsHome();
    source.mode = 'sign-in';
    expect((await press(`${AID}/home`, { 'home-press': 'get' })).path).toBe(`/account/away?back=${encodeURIComponent(`${AID}/home`)}`);
    expect(source.asked).toBe(0);
  });

  it('is got without a press only where the law leaves no choice, and says so', async () => {
    knowsHome();
    source.mode = 'law';
    expect(readable((await visitor.get(`${AID}/home`)).text)).toMatch(/The law requires it\. 12 High Street .*Use this It’s wrong I’ll type it myself$/);
    expect(source.asked).toBe(1);
  });

  it('is shown once more where what was told has gone meanwhile, and where other words hold than were shown', async () => {
    knowsHome();
    source.told.add('address.current');
    const page = await visitor.get(`${AID}/home`);
    source.told.delete('address.current');
    const again = await visitor.post(`${AID}/home`, { ...formOf(page.text), 'home-told': hidden(page.text, 'home-told') });
    expect(readable(again.text)).toMatch(/This has changed since it was shown to you.* Get it from Aldermoor County/);
    expect(await drafts()).toEqual([]);
    expect(readable((await press(`${AID}/home`, { 'home-press': 'get', 'home-shown': 'other-words' })).text)).toContain('What would be asked has changed.');
  });

  it('goes from an open draft when it is stopped, and is asked for again before anything is sent; while the source does not answer, or cannot say, it stays', async () => {
    knowsHome();
    await press(`${AID}/home`, { 'home-press': 'get' });
    await press(`${AID}/home`, {});
    source.known.set('hedgehogs.member', false);
    await press(`${AID}/about`, { 'isMember-press': 'get', note: 'A roof' });
    const checking = await press(`${AID}/about`, { note: 'A roof' });
    for (const mode of ['down', 'unsure'] as const) {
      source.mode = mode;
      expect((await visitor.get(`${AID}/check-answers`)).path).toBe(`${AID}/check-answers`);
    }
    source.mode = 'tells';
    source.told.delete('address.current');
    const sent = await visitor.post(checking.path, { draft: hidden(checking.text, 'draft'), version: hidden(checking.text, 'version') });
    expect([sent.path, readable(sent.text)]).toEqual([`${AID}/home`, expect.stringContaining('Get it from Aldermoor County')]);
    expect((await drafts()).map(({ answers, origins }) => [Object.keys(answers).sort(), Object.keys(origins)])).toEqual([[['isMember', 'note'], ['isMember']]]);
  });

  it('is typed by an adviser for whoever calls, and their case says so', async () => {
    knowsHome();
    const officer = await running.app.officerVisitor({ officerId: randomUUID(), roles: ['adviser'] });
    const page = await officer.get('/desk/assist/hedgehog-aid');
    const sent = await officer.post('/desk/assist/hedgehog-aid', {
      draft: hidden(page.text, 'draft'), version: '0', action: 'send', 'home-line1': '9 Own Way', 'home-postcode': 'ZZ99 9AA', isMember: 'yes', note: 'A roof', assistedChannel: 'telephone', assistedLanguage: 'en', assistedAuthority: 'caller-for-themselves',
    });
    const reference = /RI-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(sent.text)?.[0] ?? '';
    expect((await running.cases.find(running.app.systemContext(), { reference }))?.answers.map(({ origin }) => origin)).toEqual([{ how: 'adviser' }, { how: 'adviser' }, undefined]);
    expect([source.asked, source.heard]).toEqual([0, []]);
  });

  it('is asked as it always was where a source does not answer, knows nothing, or there is none', async () => {
    source.mode = 'down';
    expect((await visitor.get(`${AID}/home`)).text).toContain('home-find');
    source.mode = 'tells';
    const nothing = await visitor.get(`${AID}/home`);
    await visitor.post(`${AID}/home`, { ...formOf(nothing.text), 'home-typed': hidden(nothing.text, 'home-typed'), 'home-line1': '9 Own Way', 'home-postcode': 'ZZ99 9AA' });
    expect(source.heard).toMatchObject([{ because: 'asked' }]);
    knowsHome();
    const signedOut = running.app.visitor();
    expect(readable((await signedOut.get(`${AID}/home`)).text)).not.toContain('Get it from');
    const elsewhere = await running.app.residentVisitor(personId, 'glanafon');
    const page = await answer(elsewhere, '/services/hedgehog-club/home', {});
    expect(page.text).not.toMatch(/home-typed|home-offer|home-told/);
  });
});
