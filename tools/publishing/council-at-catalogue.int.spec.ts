import { CATALOGUE, signPublisher, type CatalogueApi } from '@guildhall/catalogue-contract';
import { exampleFiles, examplePublisher, exampleRelease } from '@guildhall/catalogue-contract/testing';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { catalogue } from '@guildhall/catalogue';
import { OwnFeed } from '../../libs/catalogue/module/src/logging/own-feed';
import { AdmitsPublishers } from '../../libs/catalogue/module/src/publishing/admits-publishers';
import { startRegistry, type Registry } from '../../libs/catalogue/module/test/registry';
import { believedRelease, type BelievedRelease } from '../../libs/factory/command/src/installing/believed-release';
import { chosenVersion } from '../../libs/factory/command/src/installing/chosen-version';
import type { CouncilSettings } from '../../libs/factory/command/src/installing/council-settings';
import { lookAtPublished, type PublishedLookedAt } from '../../libs/factory/command/src/installing/look-at-published';
import type { Seen } from '../../libs/factory/command/src/installing/seen';

const SLUG = 'catalogue';
const clock = new FixedClock(new Date('2026-11-30T12:00:00Z'));
let app: TestApp;
let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
  app = await startTestApp({ councils: [testCouncilDefinition(SLUG, 1, [catalogue({ feedOrigin: 'westmarch.example/feed', keys: [{ name: '2026-1' }], registries: { '*': registry.origin } })])], clock });
});
afterAll(async () => {
  await app?.close();
  await registry?.close();
});

describe('a council that follows a catalogue as it is', () => {
  it('finds what was listed there, and believes it by its log, also when that has grown', async () => {
    const [api, ctx] = [app.get<CatalogueApi>(CATALOGUE.token), app.context(SLUG)];
    const westmarch = examplePublisher('westmarch');
    const submitted = await api.submitPublisher(ctx, westmarch.envelope);
    if (!submitted.ok) throw new Error(submitted.refusal.message);
    await app.get(AdmitsPublishers).admit(app.systemContext(SLUG), submitted.value.id);
    const list = async (name: string, version: string): Promise<string> => {
      const files = exampleFiles(name, version);
      const sha512 = await registry.put(files);
      expect(await api.submitRelease(ctx, exampleRelease(westmarch, files, sha512, { at: clock.now() }))).toMatchObject({ ok: true });
      await app.drainJobs();
      return sha512;
    };
    const sha512 = await list('@westmarch/parking', '1.0.0');
    const settings: CouncilSettings = { catalogues: [{ name: 'Westmarch', origin: app.origin(SLUG), key: app.get(OwnFeed).verifierKey(app.systemContext(SLUG)) }], publishers: [], bodies: [], assessors: [], lists: [], configuration: '', main: '' };
    expect(await chosenVersion({ name: '@westmarch/parking' }, settings, [])).toEqual({ ok: true, value: { version: '1.0.0', versions: ['1.0.0'], unreached: [] } });
    expect(await chosenVersion({ name: '@westmarch/parkng' }, settings, ['@westmarch/parking'])).toMatchObject({ ok: false, refusal: { message: expect.stringContaining('Did you mean @westmarch/parking?') as string } });
    const believed = async (seen: Seen): Promise<BelievedRelease> => {
      const release = await believedRelease('@westmarch/parking', '1.0.0', undefined, { settings, seen, now: clock.now() });
      if (!release.ok) throw new Error(release.refusal.message);
      return release.value;
    };
    const first = await believed({ checkpoints: {}, publishers: {}, releases: {}, warned: {} });
    expect(first).toMatchObject({ sha512, publisher: { id: 'westmarch' }, key: westmarch.lead.named.x, catalogues: ['Westmarch'] });
    await list('@westmarch/bins', '1.0.0');
    const later = await believed({ checkpoints: first.checkpoints, publishers: { westmarch: first.newest }, releases: { '@westmarch/parking': { '1.0.0': sha512 } }, warned: {} });
    expect(later.checkpoints).not.toEqual(first.checkpoints);
    expect(await believedRelease('@westmarch/parking', '9.9.9', undefined, { settings, seen: { checkpoints: {}, publishers: {}, releases: {}, warned: {} }, now: clock.now() })).toMatchObject({ ok: false, refusal: { reason: 'not-listed' } });
  });
  it('is told what was taken off and why, and keeps what it was warned of', async () => {
    const [api, ctx] = [app.get<CatalogueApi>(CATALOGUE.token), app.context(SLUG)];
    const aldermoor = examplePublisher('aldermoor');
    const submitted = await api.submitPublisher(ctx, aldermoor.envelope);
    if (!submitted.ok) throw new Error(submitted.refusal.message);
    await app.get(AdmitsPublishers).admit(app.systemContext(SLUG), submitted.value.id);
    const name = '@aldermoor/permits';
    const files = exampleFiles(name, '1.0.0');
    const sha512 = await registry.put(files);
    expect(await api.submitRelease(ctx, exampleRelease(aldermoor, files, sha512, { at: clock.now() }))).toMatchObject({ ok: true });
    await app.drainJobs();
    const settings: CouncilSettings = { catalogues: [{ name: 'Westmarch', origin: app.origin(SLUG), key: app.get(OwnFeed).verifierKey(app.systemContext(SLUG)) }], publishers: [], bodies: [], assessors: [], lists: [], configuration: '', main: '' };
    const warned = { weight: 'mend' as const, subject: name, text: `Advisory, ${name} *: Anybody can read permits.` };
    const seen: Seen = { checkpoints: {}, publishers: {}, releases: { [name]: { '1.0.0': sha512 } }, warned: { [name]: { at: '2026-11-30T11:00:00Z', version: '1.0.0', findings: [warned] } } };
    const look = (): Promise<PublishedLookedAt> => lookAtPublished([{ name, version: '1.0.0', guildhall: { kind: 'module', id: 'permits', owner: 'Aldermoor' }, at: `node_modules/${name}` }], [], { own: [name], settings, seen, now: clock.now() }, true);
    expect((await look()).findings).toEqual([]);
    const keys = [{ ...aldermoor.lead.named, compromisedSince: '2026-11-30T10:00:00Z' }, aldermoor.second.named];
    expect(await api.submitPublisher(ctx, signPublisher({ ...aldermoor.publisher, serial: 2, keys }, [aldermoor.second.signer]))).toMatchObject({ ok: true, value: { state: 'listed' } });
    await app.drainJobs();
    const off = `${name} 1.0.0 was taken off by Westmarch on 2026-11-30: `;
    const found = await look();
    expect(found.findings).toEqual([{ weight: 'mend', subject: name, text: expect.stringContaining(off) as string }, warned]);
    expect(found.seen.warned[name]?.findings).toEqual(found.findings);
    expect(await chosenVersion({ name }, settings, [])).toMatchObject({ ok: false, refusal: { message: expect.stringContaining(`Nothing of ${name} is listed any more. ${off}`) as string } });
    expect(await believedRelease(name, '1.0.0', undefined, { settings, seen, now: clock.now() })).toMatchObject({ ok: false, refusal: { reason: 'taken-off' } });
  });
});
