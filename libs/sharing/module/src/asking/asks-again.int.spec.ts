import { Database, OUTBOUND } from '@guildhall/kernel';
import { Unavailable, type Outbound } from '@guildhall/kernel-contract';
import { HOLDER, PAT, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { EvidenceStore } from '../evidence/evidence-store';
import { SharingLog } from '../logging/sharing-log';
import { destroyKey } from '../rights/destroys-key';
import { AsksAgain } from './asks-again';
import { AsksExchange } from './asks-exchange';
import { READS_FIELD } from './messages';

/** What becomes of a question whose answer does not come, or comes to a process that dies. */
describe('a question that has had no answer', () => {
  let two: TwoBodies;
  beforeEach(async () => {
    two = await startTwoBodies();
    await two.choose('given');
  });
  afterEach(() => {
    jest.restoreAllMocks();
    return two?.close();
  });

  const ask = (isKept = true, changes: object = {}): ReturnType<TwoBodies['ask']> => two.ask({ isKept, ...changes });
  const again = (): Promise<void> => two.app.get(AsksAgain).run(two.receiver);
  const later = (seconds = 60): Promise<void> => { two.clock.advance(seconds); return again(); };
  const kinds = async (where: 'receiver' | 'holder'): Promise<readonly unknown[]> => (await two.entries(where)).map(({ kind, allow }) => `${kind as string} ${String(allow)}`).filter((one) => !one.startsWith('choice'));
  const kept = async (): Promise<readonly unknown[]> => (await two.app.get(EvidenceStore).newest(two.receiver, PAT.riverbourne)).map(({ attribute, toldBy, service, purposes }) => ({ attribute, toldBy, service, purposes }));
  const open = async (): Promise<number> => (await two.app.owner.query('select 1 from sharing.question')).rows.length;
  const KEPT = ['address.current', 'council-tax-reduction.receives'].map((attribute) => ({ attribute, toldBy: HOLDER, service: 'garden-waste', purposes: ['garden-waste-concession'] }));

  /** As many calls as this end in nothing: before they arrive, or after they were answered. */
  const lose = (what: 'question' | 'answer', calls = 1): void => {
    const outbound = two.app.get<Outbound>(OUTBOUND);
    const fetch = outbound.fetch.bind(outbound);
    let left = calls;
    jest.spyOn(outbound, 'fetch').mockImplementation(async (...given) => {
      if (!given[0].endsWith('/exchange') || left-- <= 0) return fetch(...given);
      if (what === 'answer') await fetch(...given);
      throw new Unavailable('The line is dead.');
    });
  };
  /** The process dies before this kind of entry is written down. */
  const dieBefore = (kind: string): void => {
    const log = two.app.get(SharingLog);
    const append = log.append.bind(log);
    const spy = jest.spyOn(log, 'append').mockImplementation((ctx, appending) => {
      if (appending.entry.kind !== kind) return append(ctx, appending);
      spy.mockRestore();
      return Promise.reject(new Error('The process was killed.'));
    });
  };

  it.each<readonly [string, () => void]>([['was lost on its way', () => lose('question')], ['whose answer was lost', () => lose('answer')], ['whose answer was lost three times', () => lose('answer', 3)]])('and %s is asked again by the same name: it stands once in both logs, and what was told is kept', async (_what, loses) => {
    loses();
    expect(await ask()).toMatchObject({ ok: false, refusal: { reason: 'unreachable' } });
    expect(await kept()).toEqual([]);
    for (let times = 0; times < 4; times++) await later();
    expect([await kinds('receiver'), await kinds('holder')]).toEqual([['asked true', 'received true'], ['answered true']]);
    const [asked, received] = (await two.entries('receiver')).filter(({ exchange }) => exchange !== null);
    expect(received).toMatchObject({ exchange: asked?.['exchange'], req: asked?.['req'] });
    expect(await kept()).toEqual(KEPT);
    await later();
    expect(await open()).toBe(0);
  });
  it('is told again as whoever asks then can read it: a body of the version before says nothing of that, and reads no member that it does not know', async () => {
    const outbound = two.app.get<Outbound>(OUTBOUND);
    const fetch = outbound.fetch.bind(outbound);
    const answers: Readonly<Record<string, unknown>>[] = [];
    const reads: (string | undefined)[] = ['too-old source-titles', undefined, 'too-old', 'held-since, source-titles'];
    jest.spyOn(outbound, 'fetch').mockImplementation(async (url, { headers = {}, ...request } = {}) => {
      if (!url.endsWith('/exchange')) return fetch(url, { headers, ...request });
      const { [READS_FIELD]: own, ...others } = headers;
      const said = reads[answers.length];
      const answer = await fetch(url, { ...request, headers: { ...others, ...(said !== undefined && { [READS_FIELD]: said }) } });
      answers.push(answer.json() as Readonly<Record<string, unknown>>);
      expect(own).toBe(reads[0]);
      if (answers.length < reads.length) throw new Unavailable('The line is dead.');
      return answer;
    });
    await ask();
    for (let times = 1; times < reads.length; times++) await later();
    expect(answers.map(({ sourceTitles }) => sourceTitles)).toEqual([expect.anything(), undefined, undefined, expect.anything()]);
    expect(new Set(answers.map(({ evidence }) => JSON.stringify(evidence))).size).toBe(1);
    expect([await kinds('holder'), await kept()]).toEqual([['answered true'], KEPT]);
  });
  it('is not lost with the process that dies when the answer has come: it is told again, and kept', async () => {
    dieBefore('received');
    await expect(ask()).rejects.toThrow('The process was killed.');
    expect([await kinds('receiver'), await kinds('holder'), await kept()]).toEqual([['asked true'], ['answered true'], []]);
    await later();
    expect([await kinds('receiver'), await kinds('holder'), await kept()]).toEqual([['asked true', 'received true'], ['answered true'], KEPT]);
  });
  it('has its answer in the log and among what is kept, or in neither', async () => {
    await two.app.owner.query(`alter table sharing.evidence add constraint no_room check (attribute <> 'address.current') not valid`);
    await expect(ask()).rejects.toThrow();
    expect([await kinds('receiver'), await kept()]).toEqual([['asked true'], []]);
    await two.app.owner.query('alter table sharing.evidence drop constraint no_room');
    await later();
    expect([await kinds('receiver'), await kept()]).toEqual([['asked true', 'received true'], KEPT]);
  });
  it('is let be when it was answered, and while it may be on its way', async () => {
    expect(await ask()).toMatchObject({ ok: true, value: { kept: [{ attribute: 'address.current' }, { attribute: 'council-tax-reduction.receives' }] } });
    expect(await kept()).toEqual(KEPT);
    lose('answer');
    await ask();
    await later(20);
    expect(await kinds('receiver')).toEqual(['asked true', 'received true', 'asked true']);
    expect(await open()).toBe(1);
  });
  it('is not asked again after a no, when the link is gone, for longer than a choice is fresh, for an officer who looked, or of somebody whose key is destroyed', async () => {
    const lost = async (changes: object = {}): Promise<void> => {
      lose('question');
      expect(await ask(true, changes)).toMatchObject({ ok: false });
      jest.restoreAllMocks();
    };
    await lost({ by: { service: null, officer: 'officer-1', network: 'internet', device: 'server' } });
    expect(await open()).toBe(0);
    await lost();
    two.clock.advance(1);
    await two.choose('withdrawn');
    await later();
    expect(await open()).toBe(0);
    two.clock.advance(1);
    await two.choose('given');
    await lost();
    await later(11 * 60);
    expect(await open()).toBe(0);
    await lost();
    await two.app.owner.query(`update sharing.link set pairwise = 'pw:${'x'.repeat(32)}' where council_id = $1`, [two.receiver.council.id]);
    await later();
    expect(await open()).toBe(0);
    await two.app.owner.query(`update sharing.link set pairwise = (select pairwise from sharing.link where council_id = $2) where council_id = $1`, [two.receiver.council.id, two.holder.council.id]);
    await lost();
    expect(await open()).toBe(1);
    await two.app.get(Database).run(two.receiver, (tx) => destroyKey(tx, PAT.riverbourne));
    expect(await open()).toBe(0);
    expect(await kinds('holder')).toEqual([]);
    expect(await kept()).toEqual([]);
  });
  it.each(['question', 'answer'] as const)('is not asked again where nobody would keep what is told: whoever lost the %s asks again themselves', async (lost) => {
    lose(lost);
    expect(await ask(false)).toMatchObject({ ok: false, refusal: { reason: 'unreachable' } });
    expect(await open()).toBe(0);
    const before = await kinds('holder');
    const { fetch } = two.app.get<Outbound>(OUTBOUND);
    const calls = (fetch as jest.Mock).mock.calls.length;
    await later();
    expect((fetch as jest.Mock).mock.calls.length).toBe(calls);
    expect([await kinds('holder'), await kinds('receiver')]).toEqual([before, ['asked true']]);
  });
  it('keeps nobody waiting for a body that does not answer', async () => {
    lose('question', 1000);
    for (let times = 0; times < 3; times++) await ask();
    const { fetch } = two.app.get<Outbound>(OUTBOUND);
    const before = (fetch as jest.Mock).mock.calls.length;
    await later();
    expect((fetch as jest.Mock).mock.calls.length).toBe(before + 1);
  });
  it('has an answer that comes after the person was erased: it is kept no more, and what had come before is gone', async () => {
    const erase = (): Promise<void> => two.app.get(Database).run(two.receiver, (tx) => destroyKey(tx, PAT.riverbourne));
    const outbound = two.app.get<Outbound>(OUTBOUND);
    const fetch = outbound.fetch.bind(outbound);
    expect(await ask()).toMatchObject({ ok: true });
    expect(await kept()).toEqual(KEPT);
    jest.spyOn(outbound, 'fetch').mockImplementation(async (...given) => {
      const answer = await fetch(...given);
      if (given[0].endsWith('/exchange')) await erase();
      return answer;
    });
    await ask();
    expect([await kinds('receiver'), await kept()]).toEqual([['asked true', 'received true', 'asked true', 'received true'], []]);
  });
  it('has an answer that comes just while the person is erased: it waits, and is not kept', async () => {
    const waiting = async (): Promise<number> => (await two.app.owner.query(`select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`)).rows.length;
    let commit = (): void => undefined;
    let erasing: Promise<void> = Promise.resolve();
    await new Promise<void>((resolve) => {
      erasing = two.app.get(Database).run(two.receiver, async (tx) => {
        await destroyKey(tx, PAT.riverbourne);
        resolve();
        await new Promise<void>((go) => { commit = go; });
      });
    });
    let isOver = false;
    const asking = ask().finally(() => { isOver = true; });
    while (!isOver && (await waiting()) === 0);
    expect(isOver).toBe(false);
    commit();
    await erasing;
    expect(await asking).toMatchObject({ ok: true });
    expect(await kept()).toEqual([]);
  });
  it('waits for the next round when this one has lasted long enough', async () => {
    lose('question', 2);
    for (let times = 0; times < 2; times++) await ask();
    jest.restoreAllMocks();
    const asks = two.app.get(AsksExchange);
    const askAgain = asks.askAgain.bind(asks);
    jest.spyOn(asks, 'askAgain').mockImplementation(async (...given) => {
      const asked = await askAgain(...given);
      two.clock.advance(31);
      return asked;
    });
    await later();
    expect(await kinds('receiver')).toEqual(['asked true', 'asked true', 'received true']);
    await later();
    expect(await kinds('receiver')).toEqual(['asked true', 'asked true', 'received true', 'received true']);
  });
  it('stands nowhere in the clear', async () => {
    lose('question');
    await ask(true, { because: 'Zebulon Quicksilverfish applies' });
    const { rows } = await two.app.owner.query<{ text: string }>(`select encode(sealed, 'escape') as text from sharing.question`);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.text).not.toMatch(/Quicksilverfish|pw:|garden-waste/);
  });
  it('does not leave when it cannot be written down', async () => {
    dieBefore('asked');
    await expect(ask()).rejects.toThrow('The process was killed.');
    expect(await open()).toBe(0);
    expect(await kinds('holder')).toEqual([]);
  });
});
