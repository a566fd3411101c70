import { createHash, randomBytes } from 'node:crypto';
import { signAssessment, type Assessment } from '@guildhall/assurance-contract';
import { bodyNamed, requestUnder } from '@guildhall/sharing-contract/testing';
import { choiceScope, contentDigest, readExchangeAnswer, signRequest, verifyAnswer, keysAt, type ExchangeRequest, type NamedKey, type SignedRequest } from '@guildhall/sharing-contract';
import type { Answer } from '@guildhall/kernel/testing';
import { RUNNING, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Links } from '../linking/links';
import { SharingLog } from '../logging/sharing-log';
import { OwnNode } from '../node/own-node';

const SELF_DECLARED = { standard: 'ncsc-csp', assessedOn: '2026-06-01', validUntil: '2027-05-31', coversChannels: true, thirdParty: true, findings: ['1', '2', '9', '10'].map((principle) => ({ principle, result: 'met', how: 'tested' })) } as Assessment;

describe('a question that somebody else might have sent', () => {
  let two: TwoBodies;
  let signer: NamedKey;
  beforeAll(async () => {
    two = await startTwoBodies();
    await two.choose('given');
    signer = two.app.get(OwnNode).signer(two.receiver);
  });
  afterAll(() => two?.close());

  const nonce = (): string => randomBytes(16).toString('base64url');
  const question = async (changes: Partial<ExchangeRequest> = {}): Promise<string> => {
    const link = await two.app.get(Links).ofPerson(two.receiver, 'aldermoor', '01990000-0000-7000-8000-0000000000a1');
    const { checkpoint } = await two.app.get(SharingLog).head(two.receiver);
    const at = two.clock.now().toISOString();
    return JSON.stringify(requestUnder(two.agreement, { exchange: uuid(), subject: link?.pairwise, checkpoint, choice: { state: 'given', at, scope: choiceScope(two.agreement), asOf: at, receipt: `sha256:${'A'.repeat(43)}` }, ...changes }));
  };
  const signed = (body: string, { by = signer, created = two.clock.now(), tag = 'guildhall-exchange', targetUri = `${two.bodies.holder.endpoint}/exchange` }: { by?: NamedKey; created?: Date; tag?: 'guildhall-exchange' | 'guildhall-choice'; targetUri?: string } = {}): SignedRequest => signRequest({ method: 'POST', targetUri, body }, by, { tag, created, nonce: nonce() });
  const send = (message: SignedRequest): Promise<Answer> => two.app.visitor('aldermoor').request('/sharing/exchange', { method: 'POST', headers: message.fields as Record<string, string>, body: message.body });
  const isSigned = (message: SignedRequest, { status, headers, text }: Answer): boolean => verifyAnswer({ status, fields: headers, body: text }, message, { tag: 'guildhall-exchange', now: two.clock.now(), keyFor: (keyid) => keysAt(two.bodies.holder, two.clock.now()).find((key) => key.keyid === keyid)?.key }).ok;
  /** Refused with a sentence that is signed; nothing told, and in the log as such. */
  const expectRefused = async (message: SignedRequest, words: RegExp, status = 403): Promise<void> => {
    const before = two.people.reads;
    const answer = await send(message);
    expect({ status: answer.status, detail: answer.json<{ detail: string }>().detail }).toEqual({ status, detail: expect.stringMatching(words) });
    expect(isSigned(message, answer)).toBe(true);
    expect(answer.json<{ evidence?: unknown[] }>().evidence ?? []).toEqual([]);
    expect(two.people.reads).toBe(before);
    if (status === 403) expect((await two.entries('holder')).at(-1)).toMatchObject({ kind: 'answered', allow: false, req: contentDigest(message.body) });
  };

  it('is answered when nobody else has', async () => {
    const message = signed(await question());
    const answer = await send(message);
    expect(answer.status).toBe(200);
    expect(isSigned(message, answer)).toBe(true);
    expect(readExchangeAnswer(answer.json())).toMatchObject({ ok: true });
  });
  it('is refused when it comes a second time, as it was', async () => {
    // From the third on this process knows that nobody else writes to the log, and writes all at once.
    for (let count = 0; count < 4; count++) {
      const message = signed(await question());
      expect((await send(message)).status).toBe(200);
      await expectRefused(message, /has come before/);
    }
  });
  it('is answered alike when it is asked again, newly signed, and is in the log once', async () => {
    const body = await question();
    const [first, second] = [await send(signed(body)), await send(signed(body))];
    expect(second.status).toBe(200);
    expect(second.json<{ salt: string }>().salt).toBe(first.json<{ salt: string }>().salt);
    const { exchange } = JSON.parse(body) as ExchangeRequest;
    expect((await two.entries('holder')).filter((entry) => entry['exchange'] === exchange)).toHaveLength(1);
  });
  it('is answered alike when it is asked ten times at once, and is in the log once', async () => {
    const body = await question();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(signed(body))));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(new Set(answers.map((answer) => answer.json<{ salt: string }>().salt)).size).toBe(1);
    const { exchange } = JSON.parse(body) as ExchangeRequest;
    expect((await two.entries('holder')).filter((entry) => entry['exchange'] === exchange)).toHaveLength(1);
  });
  it('is not answered again when somebody has said no since', async () => {
    const body = await question();
    expect((await send(signed(body))).status).toBe(200);
    two.clock.advance(1);
    await two.choose('withdrawn', 'holder');
    await expectRefused(signed(body), /has said no/);
    two.clock.advance(1);
    await two.choose('given', 'holder');
    await two.choose('given');
  });
  it('is refused as another one under the same id', async () => {
    const exchange = uuid();
    expect((await send(signed(await question({ exchange })))).status).toBe(200);
    await expectRefused(signed(await question({ exchange, because: 'Something else' })), /Another question/, 409);
  });
  it('is refused with a byte flipped in its content, its signature, or what it covers', async () => {
    const message = signed(await question());
    await expectRefused({ ...message, body: message.body.replace('Garden', 'garden') }, /content is not what/);
    await expectRefused({ ...message, fields: { ...message.fields, signature: String(message.fields['signature']).replace(/guildhall=:(.)/, (_all, first: string) => `guildhall=:${first === 'A' ? 'B' : 'A'}`) } }, /not by the key/);
    expect((await send(signed(await question(), { targetUri: 'https://share.elsewhere.example/exchange' }))).status).toBe(403);
  });
  it('is refused by another key of that name, by a body that is not known, and without a signature', async () => {
    await expectRefused(signed(await question(), { by: bodyNamed('riverbourne', 'Riverbourne').signer }), /not by the key/);
    await expectRefused(signed(await question(), { by: bodyNamed('stranger', 'Stranger').signer }), /stranger#2026-1 is not known/);
    const message = signed(await question());
    const { signature: _signature, ...unsigned } = message.fields;
    const answer = await send({ ...message, fields: unsigned });
    expect(answer.json<{ detail: string }>().detail).toMatch(/signature guildhall is not there/);
    expect({ status: answer.status, isSigned: answer.headers['signature-input']?.includes('aldermoor#2026-1') }).toEqual({ status: 403, isSigned: true });
  });
  it('is refused when its clock is behind or ahead, and when it was signed for something else', async () => {
    await expectRefused(signed(await question(), { created: new Date(two.clock.now().getTime() - 331_000) }), /331 seconds ago/);
    await expectRefused(signed(await question(), { created: new Date(two.clock.now().getTime() + 31_000) }), /clocks differ by 31 seconds/);
    await expectRefused(signed(await question(), { tag: 'guildhall-choice' }), /no signature for guildhall-exchange/);
  });
  it('is refused by another version of the agreement, and with an empty reason', async () => {
    await expectRefused(signed(await question({ agreement: 'garden-waste-concession@2' })), /versions differ/);
    await expectRefused(signed(await question({ because: '' })), /No reason/);
  });
  it('is refused about somebody who is not known by that name', async () => {
    await expectRefused(signed(await question({ subject: `pw:${'x'.repeat(32)}` })), /Nobody here/);
  });
  it('is refused without a word of the asking body’s log, and with that of another one', async () => {
    await expectRefused(signed(await question({ checkpoint: null })), /how far its log/);
    await expectRefused(signed(await question({ checkpoint: (await two.app.get(SharingLog).head(two.holder)).checkpoint })), /one story/);
  });
  let changed = 0;
  /** What the holder has been told or has found out of who asks, or of what was agreed; and as it was again afterwards. */
  const holds = async (table: 'peer' | 'agreement', changes: string, values: readonly unknown[], then: () => Promise<void>): Promise<void> => {
    const { id } = two.holder.council;
    const { rows } = await two.app.owner.query<{ row: unknown }>(`select to_jsonb(t) as row from sharing.${table} t where council_id = $1`, [id]);
    const columns = table === 'peer' ? ['body', 'assessments', 'contradiction', 'pinned_at'] : ['envelope', 'kept_at'];
    const back = () => two.app.owner.query(`update sharing.${table} t set ${columns.map((name) => `${name} = b.${name}`).join(', ')} from jsonb_populate_recordset(null::sharing.${table}, $2) b where t.council_id = $1`, [id, JSON.stringify(rows.map(({ row }) => row))]);
    await two.app.owner.query(`update sharing.${table} set ${changes}, ${table === 'peer' ? 'pinned_at = pinned_at' : 'kept_at = kept_at'} + interval '${++changed} seconds' where council_id = $1`, [id, ...values]);
    try {
      await then();
    } finally {
      await back();
    }
    expect((await send(signed(await question()))).status).toBe(200);
  };
  it.each<readonly [string, 'peer' | 'agreement', string, () => readonly unknown[], RegExp]>([
    ['the log of who asks tells two stories', 'peer', 'contradiction = $2', () => [['one', 'other']], /^Its log does not tell one story any more\.$/],
    ['one of the two has not signed the agreement', 'agreement', `envelope = jsonb_set(envelope, '{signatures}', jsonb_build_array(envelope #> '{signatures,0}'))`, () => [], /^Not all have signed the agreement: aldermoor\.$/],
    ['whoever looked at its systems belongs to its supplier', 'peer', `body = jsonb_set(body, '{suppliers}', '["assess-it"]')`, () => [], /Principle 10 \(Identity and authentication\) is only self-asserted\./],
    ['it says itself that somebody independent has looked', 'peer', 'assessments = $2', () => [JSON.stringify([signAssessment([{ name: two.bodies.receiver.endpoint, digest: { sha256: RUNNING } }], SELF_DECLARED, signer)])], /Principle 10 \(Identity and authentication\) is only self-asserted\./],
  ])('is refused where %s', async (_what, table, changes, values, words) => holds(table, changes, values(), async () => expectRefused(signed(await question()), words)));
  it('is refused when it is none', async () => {
    for (const body of ['[]', '{"exchange":1}', JSON.stringify({ ...(JSON.parse(await question()) as object), nhsNumber: '9990000000' })]) await expectRefused(signed(body), /This is not a question to another body/, 400);
    for (const body of ['', '{']) expect((await send(signed(body))).status).toBe(400);
  });
  it('fills no log: of those of which nobody knows who asks them only so many a minute are written down, and the others are told so, signed', async () => {
    two.clock.advance(60);
    const [stranger, body] = [bodyNamed('stranger', 'Stranger').signer, await question()];
    const before = (await two.entries('holder')).length;
    const statuses: number[] = [];
    for (let count = 0; count < 40; count++) statuses.push((await send(signed(body, { by: stranger }))).status);
    expect(statuses).toEqual(Array.from({ length: 40 }, (_one, at) => (at < 30 ? 403 : 429)));
    expect((await two.entries('holder')).length).toBe(before + 30);
    const message = signed(body, { by: stranger });
    const answer = await send(message);
    expect({ status: answer.status, detail: answer.json<{ detail: string }>().detail, isSigned: isSigned(message, answer) }).toEqual({ status: 429, detail: expect.stringMatching(/not proved who asks/), isSigned: true });
    // A body that is known is answered all the same.
    expect((await send(signed(await question()))).status).toBe(200);
    two.clock.advance(60);
    expect((await send(signed(body, { by: stranger }))).status).toBe(403);
  });
  it('is answered with a signed 503 when something is broken: nothing is told, and it can be asked again', async () => {
    await two.app.owner.query(`alter table sharing.entry add constraint broken check (kind <> 'answered') not valid`);
    const body = await question();
    const message = signed(body);
    const answer = await send(message);
    expect({ status: answer.status, detail: answer.json<{ detail: string }>().detail, isSigned: isSigned(message, answer) }).toEqual({ status: 503, detail: 'It cannot be answered at the moment.', isSigned: true });
    expect(two.app.log.lines).toContainEqual(expect.objectContaining({ level: 'error', event: 'sharing.not-answered', ids: expect.objectContaining({ error: '23514' }) as object }));
    await two.app.owner.query('alter table sharing.entry drop constraint broken');
    expect((await send(signed(body))).status).toBe(200);
  });
  it('is about nobody of another council: links are between two bodies', async () => {
    const { rows } = await two.app.owner.query<{ count: string }>('select count(*) from sharing.link where council_id = $1 and pairwise = any(select pairwise from sharing.link where council_id = $2)', [two.receiver.council.id, two.holder.council.id]);
    expect(rows[0]?.count).toBe('1');
  });
});

function uuid(): string {
  const hex = createHash('sha256').update(randomBytes(16)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
