import { CATALOGUE, signPublisher, type CatalogueApi } from '@guildhall/catalogue-contract';
import { examplePublisher } from '@guildhall/catalogue-contract/testing';
import type { Clock, RequestContext } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { catalogue } from '../catalogue.module';
import { FindsForgotten } from '../taking/finds-forgotten';
import { AdmitsPublishers } from './admits-publishers';

const clock = new FixedClock(new Date('2026-11-30T12:00:00Z'));
const DAY = 24 * 60 * 60;
let app: TestApp;
let api: CatalogueApi;
let ctx: RequestContext;
let system: RequestContext;
beforeAll(async () => {
  app = await startTestApp({ councils: [testCouncilDefinition('westmarch', 1, [catalogue({ feedOrigin: 'westmarch.example/feed', keys: [{ name: '2026-1' }], registries: {} })])], clock: clock as Clock });
  api = app.get<CatalogueApi>(CATALOGUE.token);
  [ctx, system] = [app.context('westmarch'), app.systemContext('westmarch')];
});
afterAll(async () => { await app?.close(); });

it('who floods the list of those who wait hides nobody who is known, and is forgotten after 30 days', async () => {
  const known = examplePublisher('westmarch');
  const first = await api.submitPublisher(ctx, known.envelope);
  if (!first.ok) throw new Error(first.refusal.message);
  await app.get(AdmitsPublishers).admit(system, first.value.id);
  for (let number = 0; number < 200; number += 1) expect(await api.submitPublisher(ctx, examplePublisher(`nobody-${number}`).envelope)).toMatchObject({ ok: true, value: { state: 'waiting' } });
  const late = examplePublisher('brackenfield');
  expect(await api.submitPublisher(ctx, late.envelope)).toMatchObject({ ok: false, refusal: { reason: 'too-many' } });
  clock.advance(60);
  const wider = signPublisher({ ...known.publisher, serial: 2, scopes: [...known.publisher.scopes, '@westmarch-parks'] }, [known.lead.signer, known.second.signer]);
  expect(await api.submitPublisher(ctx, wider)).toMatchObject({ ok: true, value: { state: 'waiting' } });
  const waiting = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for (let after: string | undefined, next: string | null = ''; next !== null; after = next ?? undefined) {
      const part = await app.get(AdmitsPublishers).waiting(system, { after });
      found.push(...part.items.map(({ publisher: { id } }) => id));
      ({ next } = part);
    }
    return found;
  };
  expect((await waiting())[0]).toBe('westmarch');
  expect(await waiting()).toHaveLength(201);
  const called = async (words: string): Promise<readonly string[]> => (await app.get(AdmitsPublishers).waiting(system, { words })).items.map(({ publisher: { id } }) => id);
  expect([await called('NOBODY-137 Digital'), await called('@westmarch-parks'), await called('%')]).toEqual([['nobody-137'], ['westmarch'], []]);
  const manager = await app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'], teams: [] });
  const { text } = await manager.get('/desk/catalogue/publishers?q=nobody-');
  const [, next = ''] = /href="([^"]+)" rel="next"/.exec(text) ?? [];
  expect([(text.match(/name="compared"/g) ?? []).length, next]).toEqual([20, expect.stringMatching(/^\/desk\/catalogue\/publishers\?q=nobody-&amp;after=/)]);
  const second = await manager.get(next.replaceAll('&amp;', '&'));
  const [, action = ''] = /action="(\/desk\/catalogue\/publishers\/[^"]+)"/.exec(second.text) ?? [];
  const mistaken = await manager.post(action.replaceAll('&amp;', '&'), { answer: 'let-in' });
  expect([mistaken.status, mistaken.text.match(/nobody-\d+#/g)]).toEqual([422, second.text.match(/nobody-\d+#/g)]);
  clock.advance(30 * DAY - 120);
  await app.get(FindsForgotten).run(system);
  expect(await waiting()).toHaveLength(201);
  const onRecord = async () => (await app.owner.query<{ detail: object }>(`select detail from kernel.audit where action = 'catalogue.newcomers-dropped'`)).rows;
  expect(await onRecord()).toEqual([]);
  clock.advance(180);
  await app.get(FindsForgotten).run(system);
  expect(await waiting()).toEqual(['westmarch']);
  await app.get(FindsForgotten).run(system);
  expect(await onRecord()).toEqual([{ detail: { count: 200 } }]);
  expect(await api.submitPublisher(ctx, late.envelope)).toMatchObject({ ok: true, value: { state: 'waiting' } });
});

it('takes ten states of publishers in a minute from one address', async () => {
  const hand = async (): Promise<number> => (await fetch(`${app.origin('westmarch')}/api/catalogue/v1/publishers`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ envelope: {} }) })).status;
  const answers: number[] = [];
  for (let number = 0; number < 11; number += 1) answers.push(await hand());
  expect(answers).toEqual([...Array<number>(10).fill(422), 429]);
});
