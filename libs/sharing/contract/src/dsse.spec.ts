import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { isBare, preAuthenticationEncoding, signEnvelope, verifyEnvelope } from './index';

const TYPE = 'application/vnd.guildhall.agreement+json';
const [borough, county, stranger] = ['borough-b#2026-1', 'county-a#2026-1', 'stranger#1'].map((keyid) => ({ keyid, ...generateKeyPairSync('ed25519') })) as [Signer, Signer, Signer];
type Signer = { readonly keyid: string } & KeyPairKeyObjectResult;
const signer = ({ keyid, privateKey }: Signer) => ({ keyid, key: privateKey });
const verifier = ({ keyid, publicKey }: Signer) => ({ keyid, key: publicKey });

describe('a signed envelope (DSSE 1.0)', () => {
  it('encodes what is signed as the protocol’s example does, with lengths in bytes', () => {
    expect(Buffer.from(preAuthenticationEncoding('http://example.com/HelloWorld', Buffer.from('hello world'))).toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
    expect(Buffer.from(preAuthenticationEncoding('tŷ', Buffer.from('ŵ'))).toString()).toBe('DSSEv1 3 tŷ 2 ŵ');
  });
  it('is opened when all have signed, or as many as are wanted', () => {
    const envelope = signEnvelope(TYPE, '{"id":"agr-7"}', [borough, county].map(signer));
    expect(verifyEnvelope(envelope, [borough, county].map(verifier))).toEqual({ ok: true, value: { payload: new Uint8Array(Buffer.from('{"id":"agr-7"}')), payloadType: TYPE, keyids: [borough.keyid, county.keyid] } });
    expect(verifyEnvelope(envelope, [borough, stranger].map(verifier), 1)).toMatchObject({ ok: true, value: { keyids: [borough.keyid] } });
    expect(verifyEnvelope(envelope, [borough, stranger].map(verifier))).toMatchObject({ ok: false, refusal: { reason: 'too-few-signatures' } });
  });
  it('goes by the key and not by its name, and takes base64 of either alphabet', () => {
    const { payload, payloadType, signatures: [signature] } = signEnvelope(TYPE, Buffer.from([251, 255, 254]), [signer(borough)]);
    const urlSafe = (text = ''): string => text.replaceAll('+', '-').replaceAll('/', '_');
    expect(verifyEnvelope({ payload: urlSafe(payload), payloadType, signatures: [{ keyid: stranger.keyid, sig: urlSafe(signature?.sig) }] }, [verifier(borough)])).toMatchObject({ ok: true, value: { keyids: [borough.keyid] } });
  });
  it('counts a key once, however often it signed and under whatever names', () => {
    const envelope = signEnvelope(TYPE, 'x', [signer(borough), signer(borough)]);
    expect(verifyEnvelope(envelope, [verifier(borough), { keyid: 'another-name', key: borough.publicKey }], 2)).toMatchObject({ ok: false, refusal: { reason: 'too-few-signatures' } });
  });
  it('is not opened as another kind of document, with other content, or when it is none', () => {
    const envelope = signEnvelope(TYPE, 'x', [signer(borough)]);
    for (const altered of [{ ...envelope, payloadType: 'text/plain' }, { ...envelope, payload: 'eQ==' }, { ...envelope, signatures: [] }, { ...envelope, signatures: [{ sig: '%' }] }]) expect(verifyEnvelope(altered, [verifier(borough)])).toMatchObject({ ok: false, refusal: { reason: 'too-few-signatures' } });
    expect(verifyEnvelope({ ...envelope, payload: 'no base64' }, [verifier(borough)])).toMatchObject({ ok: false, refusal: { reason: 'malformed' } });
    expect(() => verifyEnvelope(envelope, [])).toThrow(RangeError);
  });
  it('is bare with each signature once, by the key that it names, in one spelling, and with nothing that anybody could add', () => {
    const [keys, envelope] = [[borough, county].map(verifier), signEnvelope(TYPE, Buffer.from([251, 255]), [borough, county].map(signer))];
    const [one, other] = envelope.signatures as [{ readonly keyid: string; readonly sig: string }, { readonly keyid: string; readonly sig: string }];
    expect([envelope, { ...envelope, signatures: [one] }].map((it) => isBare(it, keys))).toEqual([true, true]);
    const odd = [
      { ...envelope, signatures: [one, { sig: 'AAAA' }] }, { ...envelope, signatures: [one, one] }, { ...envelope, signatures: [one, { ...one, keyid: other.keyid }] }, { ...envelope, signatures: [{ sig: one.sig }] }, { ...envelope, signatures: [] },
      { ...envelope, signatures: [{ ...one, keyid: other.keyid }, { ...other, keyid: one.keyid }] }, { ...envelope, signatures: [{ ...one, sig: one.sig.replace(/=+$/, '') }] }, { ...envelope, payload: envelope.payload.replace('/', '_').replace('+', '-') },
      signEnvelope(TYPE, Buffer.from([251, 255]), [borough, stranger].map(signer)),
    ];
    for (const it of odd) expect([it, isBare(it, keys)]).toEqual([it, false]);
  });
  it('is signed by and verified with keys for Ed25519 only', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(() => signEnvelope(TYPE, 'x', [{ keyid: 'rsa', key: rsa.privateKey }])).toThrow(TypeError);
    expect(verifyEnvelope(signEnvelope(TYPE, 'x', [signer(borough)]), [{ keyid: borough.keyid, key: rsa.publicKey }])).toMatchObject({ ok: false, refusal: { reason: 'too-few-signatures' } });
  });
});
