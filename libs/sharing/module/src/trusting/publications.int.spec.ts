import type { Visitor } from '@guildhall/kernel/testing';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES, signPublications, signTrustList, starterGuideline, type Agreement, type Publications } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { Region } from '../../test/region';
import { RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { FollowsLists } from './follows-lists';

const PAGE = '/desk/sharing/publications';
const region = new Region();
const model = { id: 'garden-waste', version: 2, name: { en: 'Garden waste, as the North does it', cy: 'Gwastraff gardd, fel yn y Gogledd' }, purpose: 'garden-waste-concession', attributes: ['address.current' as const, 'council-tax-reduction.receives' as const], benefit: { en: 'No proof to upload', cy: 'Dim prawf i’w lanlwytho' }, lawfulBasis: 'public-task' as const, power: { ref: 'Localism Act 2011, section 1' }, retention: 'P1Y' };
const published: Publications = {
  id: 'north', by: region.body.id, serial: 7, issued: '2026-11-20T00:00:00Z', expires: '2026-12-20T00:00:00Z', guidelines: [starterGuideline(region.body.id)],
  attributes: [...STARTER_ATTRIBUTES, { id: 'boat.mooring', title: { en: 'Where their boat is moored', cy: 'Ble mae eu cwch wedi’i angori' }, yours: { en: 'where your boat is moored', cy: 'ble mae eich cwch wedi’i angori' }, form: 'text', sensitivity: 'ordinary' }], purposes: STARTER_PURPOSES,
  models: [model, { ...model, id: 'moorings', name: { en: 'Moorings', cy: 'Angorfeydd' }, attributes: ['boat.mooring'] }],
};
const wordsOf = (text: string): string => (/<main[^>]*>([\s\S]*)<\/main>/.exec(text)?.[1] ?? text).replace(/<[^>]+>/g, ' ').replaceAll('&#39;', '’').replace(/\s+/g, ' ');

describe('what a regional body publishes beside the list that a council follows', () => {
  let two: TwoBodies;
  let officer: Visitor;
  beforeAll(async () => {
    await region.start();
    two = await startTwoBodies({}, { options: { [RECEIVER]: { lists: [{ ...region.recognised, publications: `${region.origin}/publications.json` }], privateNodes: [region.origin] } } });
    await two.choose('given');
    await signIn();
  });
  afterAll(async () => {
    await two?.close();
    await region.stop();
  });
  const signIn = async (): Promise<void> => { officer = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] }, RECEIVER); };
  const publish = (changes: Partial<Publications> = {}, by = region.body): void => { region.published = JSON.stringify(signPublications({ ...published, ...changes }, by.signer)); };
  const follow = (): Promise<void> => two.app.get(FollowsLists).run(two.receiver);
  const page = async (): Promise<string> => wordsOf((await officer.get(PAGE)).text);
  const fault = (): unknown => two.app.log.lines.filter(({ event }) => event === 'sharing.publications-not-taken').map(({ ids }) => (ids as { readonly fault?: string } | undefined)?.fault).at(-1);

  it('is nothing while nobody publishes, and stops nothing: the list is followed, and what may be told is told', async () => {
    region.publish();
    await follow();
    expect(fault()).toBe('no-answer');
    expect(await page()).toContain('North Region');
    expect(await two.ask()).toMatchObject({ ok: true });
  });

  it('is taken when its issuer has signed it: rules, words that are not here, and models, each shown as what it is', async () => {
    publish();
    await follow();
    const shown = await page();
    expect(shown).toMatch(/In force .*7, issued on Friday 20 November 2026/);
    expect(shown).toMatch(/Garden waste, as the North does it Version 2 Begin from this model/);
    expect(shown).toMatch(/Moorings Version 2 It needs words that your vocabulary does not have: boat\.mooring\./);
    expect(shown).toContain('You do not keep to this guideline');
    expect(shown).toContain('Where their boat is moored (boat.mooring)');
    expect((await officer.get(`${PAGE}/north/file`)).json<Publications>()).toEqual(published);
    expect((await two.app.owner.query(`select detail from kernel.audit where action = 'sharing.publications-taken'`)).rows).toEqual([{ detail: { serial: 7, expires: published.expires } }]);
    // It was there to be chosen: nothing else has changed by it.
    expect(await two.ask()).toMatchObject({ ok: true });
  });

  it.each<readonly [string, () => string, string]>([
    ['not signed', () => JSON.stringify(published), 'no-list'], ['signed by somebody else', () => JSON.stringify(signPublications({ ...published, serial: 9 }, bodyNamed('north-region', 'Mallory').signer)), 'not-signed'],
    ['of another issuer', () => JSON.stringify(signPublications({ ...published, serial: 9, by: 'south-region', guidelines: [] }, region.body.signer)), 'another-list'], ['of another list', () => JSON.stringify(signPublications({ ...published, serial: 9, id: 'south' }, region.body.signer)), 'another-list'],
    ['of an older number', () => JSON.stringify(signPublications({ ...published, serial: 6 }, region.body.signer)), 'older'], ['changed under its number', () => JSON.stringify(signPublications({ ...published, models: [] }, region.body.signer)), 'two-of-one-number'],
    ['somebody else’s guideline', () => JSON.stringify(signPublications({ ...published, serial: 9, guidelines: [starterGuideline(RECEIVER)] }, region.body.signer)), 'no-list'], ['the trust list', () => JSON.stringify(signTrustList({ ...region.list, serial: 99 }, region.body.signer)), 'no-list'],
    ['too big', () => `"${'x'.repeat(1024 * 1024)}"`, 'unreachable'], ['no JSON', () => '<html>', 'no-list'],
  ])('is not taken when what is there is %s; and what is here stays', async (_what, served, why) => {
    region.published = served();
    await follow();
    expect(fault()).toBe(why);
    expect((await officer.get(`${PAGE}/north/file`)).json<Publications>().serial).toBe(7);
    publish();
    await follow();
  });

  it('has models from which a draft begins, with the parties of whoever makes it; what the model does not say is asked for', async () => {
    expect(wordsOf((await officer.get('/desk/sharing/new')).text)).toContain('Begin from a model that a regional body publishes');
    const asked = await officer.get('/desk/sharing/new?model=north%2Fgarden-waste');
    expect(wordsOf(asked.text)).toContain('This begins from the model “Garden waste, as the North does it” of North Region.');
    expect(asked.text).toContain('value="Garden waste, as the North does it"');
    const draftId = /name="draftId" value="([^"]+)"/.exec(asked.text)?.[1] ?? '';
    const came = await officer.post('/desk/sharing/new', { draftId, model: 'north/garden-waste', nameEn: 'Green bins', nameCy: 'Biniau gwyrdd', other: 'aldermoor', direction: 'they-tell' });
    expect(came.path).toBe(`/desk/sharing/drafts/${draftId}/items`);
    const { rows: [row] } = await two.app.owner.query<{ document: Partial<Agreement> }>('select document from sharing.agreement_draft where draft_id = $1', [draftId]);
    expect(row?.document).toMatchObject({ ...model, id: 'green-bins', version: 1, name: { en: 'Green bins', cy: 'Biniau gwyrdd' }, holders: ['aldermoor'], receivers: [RECEIVER], sentence: { en: expect.stringContaining('aldermoor council') } });
  });

  it.each(['north/moorings', 'north/nothing', 'south/garden-waste', '../..'])('has no model %s to begin from', async (named) => { expect((await officer.request(`/desk/sharing/new?model=${encodeURIComponent(named)}`)).status).toBe(404); });

  it('is good for a month of grace after its end when the region’s server is dead, and then gone; and nothing stops', async () => {
    await region.stop();
    const to = async (at: string): Promise<void> => {
      two.clock.advance((Date.parse(at) - two.clock.now().getTime()) / 1000);
      await follow();
      await signIn();
    };
    await to('2026-12-21T00:00:00Z');
    expect(await page()).toContain('Begin from this model');
    await to('2027-01-20T00:00:00Z');
    expect(await page()).not.toContain('Begin from this model');
    expect((await officer.request(`${PAGE}/north/file`)).status).toBe(404);
    expect((await officer.request('/desk/sharing/new')).status).toBe(200);
    await two.choose('given');
    expect(await two.ask()).toMatchObject({ ok: true });
  });
});
