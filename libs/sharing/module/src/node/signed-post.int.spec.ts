import { randomBytes } from 'node:crypto';
import { Database } from '@guildhall/kernel';
import { keysAt, signRequest, verifyAnswer, type NamedKey, type SignedFor, type SignedRequest } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { OwnNode } from './own-node';

/** Each way in for a message that another body signs, and what it is signed for. */
const WAYS: readonly (readonly [string, SignedFor])[] = [['choices', 'guildhall-choice'], ['choices/standing', 'guildhall-choice'], ['twins', 'guildhall-twins'], ['links', 'guildhall-link'], ['corrections', 'guildhall-correction'], ['changes', 'guildhall-change'], ['ended', 'guildhall-ended']];

describe('a message from another body', () => {
  let two: TwoBodies;
  let signer: NamedKey;
  beforeAll(async () => {
    two = await startTwoBodies();
    signer = two.app.get(OwnNode).signer(two.receiver);
  });
  afterAll(() => two?.close());
  beforeEach(async () => {
    two.clock.advance(60);
    await two.app.owner.query(`delete from kernel.audit where action = 'sharing.message-refused'`);
  });
  afterEach(() => jest.restoreAllMocks());

  const signed = (path: string, tag: SignedFor, content: object, by = signer): SignedRequest => signRequest({ method: 'POST', targetUri: `${two.bodies.holder.endpoint}/${path}`, body: JSON.stringify(content) }, by, { tag, created: two.clock.now(), nonce: randomBytes(16).toString('base64url') });
  /** The status, and whether the answer is signed by who was asked. */
  const send = async (path: string, tag: SignedFor, message: SignedRequest): Promise<readonly [number, boolean]> => {
    const { status, headers, text } = await two.app.visitor(HOLDER).request(`/sharing/${path}`, { method: 'POST', headers: message.fields as Record<string, string>, body: message.body });
    return [status, verifyAnswer({ status, fields: headers, body: text }, message, { tag, now: two.clock.now(), keyFor: (keyid) => keysAt(two.bodies.holder, two.clock.now()).find((key) => key.keyid === keyid)?.key }).ok];
  };
  const refused = async (): Promise<readonly unknown[]> => (await two.app.owner.query<{ detail: unknown }>(`select detail from kernel.audit where action = 'sharing.message-refused' and council_id = $1 order by audit_id`, [two.holder.council.id])).rows.map(({ detail }) => detail);

  it.each(WAYS)('to %s that is none is refused, signed and on record; and when that cannot be written down, signed, too', async (path, tag) => {
    expect(await send(path, tag, signed(path, tag, { of: 'nothing' }))).toEqual([400, true]);
    expect(await refused()).toEqual([{ peer: null, path, status: 400 }]);
    jest.spyOn(two.app.get(Database), 'run').mockRejectedValue(Object.assign(new Error('terminating connection'), { code: '57P01' }));
    expect(await send(path, tag, signed(path, tag, { of: 'nothing' }))).toEqual([503, true]);
    expect(two.app.log.lines).toContainEqual(expect.objectContaining({ level: 'error', event: 'sharing.not-answered' }));
  });
  it('is on record with who it is by only where that is proved: refused for what it says, and when it comes again', async () => {
    const end = { agreement: 'another', version: 1, at: two.clock.now().toISOString() };
    expect(await send('ended', 'guildhall-ended', signed('ended', 'guildhall-ended', end, bodyNamed(RECEIVER, 'Somebody').signer))).toEqual([401, true]);
    expect(await send('ended', 'guildhall-ended', signed('ended', 'guildhall-ended', end))).toEqual([404, true]);
    const older = signed('ended', 'guildhall-ended', { ...end, agreement: two.agreement.id });
    expect([await send('ended', 'guildhall-ended', older), await send('ended', 'guildhall-ended', older)]).toEqual([[200, true], [409, true]]);
    expect(await refused()).toEqual([{ peer: null, path: 'ended', status: 401 }, { peer: RECEIVER, path: 'ended', status: 404 }, { peer: RECEIVER, path: 'ended', status: 409 }]);
  });
  it('fills no record: of those that nobody is proved to have sent only thirty a minute from one address', async () => {
    for (let count = 0; count < 32; count++) expect(await send('twins', 'guildhall-twins', signed('twins', 'guildhall-twins', {}))).toEqual([400, true]);
    expect(await refused()).toHaveLength(30);
  });
});
