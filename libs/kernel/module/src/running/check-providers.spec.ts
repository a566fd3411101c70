import { RecordedLog, testCouncil } from '@guildhall/kernel-contract/testing';
import { definePort, defineProvider, type ConnectionCheck, type RequestContext } from '@guildhall/kernel-contract';
import { checkProviders, warnOfProviders } from './check-providers';

const BELL = definePort<object>('ringing.bell', '1.0.0');
const bell = (id: string, check?: () => Promise<ConnectionCheck>, isSandbox = false) => defineProvider<object>({ port: BELL, id, isSandbox, create: () => ({}), check });
const providers = [bell('a.well', () => Promise.resolve({ ok: true, message: 'It rings.' })), bell('a.ill', () => Promise.resolve({ ok: false, message: 'Hang it up for ann@riverbourne.example.' })), bell('a.broken', () => Promise.reject(new Error('It fell.'))), bell('a.silent')];
const connections = [{ id: 'a.line', check: (ctx: RequestContext) => Promise.resolve({ ok: ctx.actor.kind === 'system', message: `It was looked at for ${ctx.council.slug}.` }) }, { id: 'a.torn-line', check: () => Promise.reject(new Error('It tore.')) }];
const councils = { all: ['riverbourne', 'glanafon'].map((slug) => ({ slug, council: testCouncil({ slug }), installations: new Map(), providerInstallations: providers, instanceOf: () => ({}), extensions: () => connections })) } as unknown as Parameters<typeof checkProviders>[0];

describe('the check of providers', () => {
  it('finds of each of every council what it says, and that it broke', async () => {
    const found: string[] = [];
    for await (const { council, provider, ok, message } of checkProviders(councils)) found.push(`${council} ${provider} ${ok} ${message}`);
    expect(found.slice(0, 4)).toEqual(['riverbourne a.well true It rings.', 'riverbourne a.ill false Hang it up for ann@riverbourne.example.', 'riverbourne a.broken false It fell.', 'riverbourne a.silent true It needs no connection.']);
    expect(found.slice(4, 6)).toEqual(['riverbourne a.line true It was looked at for riverbourne.', 'riverbourne a.torn-line false It tore.']);
    expect(found).toHaveLength(12);
  });
  it('warns at the start of those that are not well, by their ids', async () => {
    const log = new RecordedLog();
    await warnOfProviders(councils, log, () => false);
    expect(log.lines).toEqual(['riverbourne', 'glanafon'].flatMap((council) => ['a.ill', 'a.broken'].map((provider) => ({ level: 'warn', event: 'provider.check-failed', ids: { council, provider } }))));
  });
  it('does not try sandboxes at the start: hundreds of councils each have theirs', async () => {
    const log = new RecordedLog();
    const tried: string[] = [];
    const sandboxes = [bell('a.toy', () => { tried.push('a.toy'); return Promise.resolve({ ok: false, message: 'It is a toy.' }); }, true)];
    await warnOfProviders({ all: [{ slug: 'riverbourne', providerInstallations: sandboxes, instanceOf: () => ({}) }] } as unknown as Parameters<typeof checkProviders>[0], log, () => false);
    expect([tried, log.lines]).toEqual([[], []]);
  });
  it('asks no more when the app is stopping', async () => {
    const log = new RecordedLog();
    await warnOfProviders(councils, log, () => true);
    expect(log.lines).toEqual([]);
  });
});
