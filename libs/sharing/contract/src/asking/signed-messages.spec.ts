import type { KeyObject } from 'node:crypto';
import { agreementBetween, bodyNamed, requestUnder, riverbourneAndAldermoor } from '../testing';
import { entryOf, keysAt, readExchangeAnswer, readExchangeRequest, signAnswer, signRequest, verifyAnswer, verifyRequest, type ExchangeAnswer, type SignedRequest } from '../index';

const { receiver, holder, vocabulary } = riverbourneAndAldermoor();
const agreement = agreementBetween(receiver, holder, vocabulary);
const now = new Date('2026-11-22T13:00:00Z');
const NONCE = 'q1w2e3r4t5y6u7i8';
const keyFor = (keyid: string): KeyObject | undefined => [receiver, holder].flatMap((body) => keysAt(body, now)).find((key) => key.keyid === keyid)?.key;
const targetUri = `${holder.endpoint}/exchange`;
const question = (changes = {}): SignedRequest => signRequest({ method: 'POST', targetUri, body: JSON.stringify(requestUnder(agreement, changes)) }, receiver.signer, { tag: 'guildhall-exchange', created: now, nonce: NONCE });
const verified = (message: SignedRequest, at = now, tag: 'guildhall-exchange' | 'guildhall-choice' = 'guildhall-exchange') => verifyRequest(message, { tag, keyFor, now: at });
const answer: ExchangeAnswer = {
  exchange: requestUnder(agreement).exchange, salt: 'A'.repeat(22), decision: { allow: true, reasons: [{ id: 'purpose', pass: true, text: { en: 'It will be used', cy: 'Fe’i defnyddir' } }] },
  evidence: [{ attribute: 'council-tax-reduction.receives', value: true, asOf: '2026-11-01', source: 'council-tax-register', verified: null }], log: { entry: entryOf('answered', requestUnder(agreement), { at: now, peer: receiver.id, subject: 'mark', decision: { allow: true, reasons: [] }, req: 'sha-256=:A:', res: 'sha-256=:B:' }), index: 81_233, proof: [`${'A'.repeat(43)}=`], checkpoint: 'aldermoor.example/log\n81234\n…' },
};

describe('a question to another body', () => {
  it('is signed, and verified by whom it reaches', () => {
    expect(verified(question())).toMatchObject({ ok: true, value: { keyid: 'riverbourne#2026-1', nonce: NONCE, created: now } });
    expect(question().fields['signature-input']).toBe(`guildhall=("@method" "@target-uri" "content-type" "content-digest");created=1795352400;nonce="${NONCE}";keyid="riverbourne#2026-1";tag="guildhall-exchange"`);
  });
  it('is refused when a byte of it is changed, wherever that is', () => {
    const message = question();
    expect(verified({ ...message, body: message.body.replace('garden', 'Garden') })).toMatchObject({ ok: false, refusal: { reason: 'wrong-digest' } });
    expect(verified({ ...message, targetUri: `${receiver.endpoint}/exchange` })).toMatchObject({ ok: false, refusal: { reason: 'wrong-signature' } });
    expect(verified({ ...message, method: 'PUT' })).toMatchObject({ ok: false, refusal: { reason: 'wrong-signature' } });
    expect(verified({ ...message, fields: { ...message.fields, 'content-type': 'text/plain' } })).toMatchObject({ ok: false, refusal: { reason: 'wrong-signature' } });
  });
  it('is refused for another thing than it was signed for, without a nonce, by a stranger, too late and too early', () => {
    expect(verified(question(), now, 'guildhall-choice')).toMatchObject({ ok: false, refusal: { reason: 'not-signed' } });
    expect(verified(signRequest({ method: 'POST', targetUri, body: '{}' }, receiver.signer, { tag: 'guildhall-exchange', created: now, nonce: 'short' }))).toMatchObject({ ok: false, refusal: { reason: 'malformed' } });
    expect(verified(signRequest({ method: 'POST', targetUri, body: '{}' }, bodyNamed('stranger', 'Stranger').signer, { tag: 'guildhall-exchange', created: now, nonce: NONCE }))).toMatchObject({ ok: false, refusal: { reason: 'unknown-key' } });
    expect(verified(question(), new Date('2026-11-22T13:05:31Z'))).toMatchObject({ ok: false, refusal: { reason: 'old' } });
    expect(verified(question(), new Date('2026-11-22T12:59:29Z'))).toMatchObject({ ok: false, refusal: { reason: 'clock' } });
  });
  it('is read, or refused with every place that is wrong', () => {
    expect(readExchangeRequest(JSON.parse(question().body))).toEqual({ ok: true, value: requestUnder(agreement) });
    for (const because of ['\0', '\ud800']) expect(readExchangeRequest({ ...requestUnder(agreement), because })).toMatchObject({ ok: false, refusal: { fields: [{ field: 'because', message: 'has a character that cannot be written' }] } });
    expect(readExchangeRequest({ ...requestUnder(agreement), subject: 'Pat', nhsNumber: '9990000000' })).toMatchObject({ ok: false, refusal: { fields: expect.arrayContaining([expect.objectContaining({ field: 'subject' }), { field: 'nhsNumber', message: 'is not known here' }]) } });
  });
});

describe('an answer', () => {
  const asked = question();
  const signed = signAnswer({ status: 200, body: JSON.stringify(answer), contentType: 'application/json' }, asked, holder.signer, { tag: 'guildhall-exchange', created: now });
  const read = (changes: Partial<typeof signed>, request = asked) => verifyAnswer({ ...signed, ...changes }, request, { tag: 'guildhall-exchange', keyFor, now });
  it('is one to this question, by the body that was asked', () => {
    expect(read({})).toMatchObject({ ok: true, value: { keyid: 'aldermoor-county#2026-1' } });
    expect(readExchangeAnswer(JSON.parse(signed.body))).toEqual({ ok: true, value: answer });
  });
  it('is none to another question, with another status, or with a word changed', () => {
    expect(read({}, question({ because: 'Something else' }))).toMatchObject({ ok: false, refusal: { reason: 'wrong-signature' } });
    expect(read({ status: 403 })).toMatchObject({ ok: false, refusal: { reason: 'wrong-signature' } });
    expect(read({ body: signed.body.replace('true', 'false') })).toMatchObject({ ok: false, refusal: { reason: 'wrong-digest' } });
  });
  it('is none to a question that was not signed, however it is signed itself', () => {
    const { signature: _signature, ...fields } = asked.fields;
    for (const unsigned of [{ ...asked, fields }, { ...asked, fields: { ...fields, signature: '!' } }]) {
      const refusal = signAnswer({ status: 403, body: '{}', contentType: 'application/problem+json' }, unsigned, holder.signer, { tag: 'guildhall-exchange', created: now });
      expect(verifyAnswer(refusal, asked, { tag: 'guildhall-exchange', keyFor, now })).toMatchObject({ ok: false, refusal: { reason: 'not-covered' } });
    }
  });
  it('may be a refusal, signed alike', () => {
    const refusal = signAnswer({ status: 403, body: '{}', contentType: 'application/problem+json' }, asked, holder.signer, { tag: 'guildhall-exchange', created: now });
    expect(verifyAnswer(refusal, asked, { tag: 'guildhall-exchange', keyFor, now })).toMatchObject({ ok: true });
  });
});
