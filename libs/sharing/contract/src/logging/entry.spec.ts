import { agreementBetween, requestUnder, riverbourneAndAldermoor, worldOf } from '../testing';
import { decide, entryBytes, entryOf, subjectMark } from '../index';

const { receiver, holder, vocabulary } = riverbourneAndAldermoor();
const agreement = agreementBetween(receiver, holder, vocabulary);
const key = new Uint8Array(32).fill(7);

describe('an entry of the log', () => {
  it('says what was asked and decided, in under half a kilobyte, and neither who is meant nor why', () => {
    const request = requestUnder(agreement, { because: 'Garden waste application RB-7K3F-92QD by Pat Whistlewood' });
    const decision = decide({ ...request, purpose: 'marketing' }, worldOf(agreement, vocabulary, { isPeerTrusted: false }));
    const entry = entryOf('answered', request, { at: new Date('2026-11-22T13:00:00.000Z'), peer: receiver.id, subject: subjectMark(key, 'person-1'), decision, req: `sha-256=:${'A'.repeat(43)}=:`, res: `sha-256=:${'B'.repeat(43)}=:` });
    expect(entry).toMatchObject({ allow: false, failed: ['trust', 'purpose'], peer: 'riverbourne', kind: 'answered' });
    const bytes = Buffer.from(entryBytes(entry));
    expect(bytes.byteLength).toBeLessThan(600);
    expect(bytes.toString()).not.toMatch(/Whistlewood|RB-7K3F|pw:|person-1/);
    expect(bytes.toString()).toMatch(/^\{"agreement":"garden-waste-concession@3","allow":false,"attributes":/);
  });
  it('marks one person alike each time, another one otherwise, and cannot be worked out without their key', () => {
    expect(subjectMark(key, 'person-1')).toBe(subjectMark(key, 'person-1'));
    expect(new Set([subjectMark(key, 'person-1'), subjectMark(key, 'person-2'), subjectMark(new Uint8Array(32).fill(8), 'person-1')]).size).toBe(3);
  });
});
