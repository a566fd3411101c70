import { bodyNamed } from '../testing';
import { keysAt, openTrustList, signTrustList, standingOf, type TrustList } from '../index';

const region = bodyNamed('north-region', 'North Region');
const { signer: _signer, ...member } = bodyNamed('riverbourne', 'Riverbourne Borough Council');
const list: TrustList = { id: 'north', by: region.id, serial: 4, issued: '2026-11-01T00:00:00Z', expires: '2026-12-01T00:00:00Z', members: [member], assessors: [{ id: 'assess-it', name: { en: 'Assess It', cy: 'Assess It' }, keys: member.keys, accreditations: ['CHECK'], linkedTo: [] }] };
const issuer = keysAt(region, new Date(list.issued));

describe('a trust list', () => {
  it('is taken from whoever issues it, and from nobody else', () => {
    expect(openTrustList(signTrustList(list, region.signer), issuer)).toEqual({ ok: true, value: list });
    expect(openTrustList(signTrustList(list, bodyNamed('north-region', 'Another').signer), issuer)).toMatchObject({ ok: false, refusal: { reason: 'not-signed' } });
    expect(openTrustList({ ...signTrustList(list, region.signer), payloadType: 'text/plain' }, issuer)).toMatchObject({ ok: false, refusal: { reason: 'malformed' } });
    expect(openTrustList(signTrustList({ ...list, members: [{ ...member, keys: [] }] }, region.signer), issuer)).toMatchObject({ ok: false, refusal: { reason: 'malformed', fields: [expect.objectContaining({ field: 'members.0.keys' })] } });
  });
  it('carries until it ends, with a warning a week before, and a month of grace after', () => {
    const on = (date: string): string => standingOf(list, new Date(date));
    expect(['2026-11-23T23:59:59Z', '2026-11-24T00:00:00Z', '2026-12-01T00:00:00Z', '2026-12-30T23:59:59Z', '2026-12-31T00:00:00Z'].map(on)).toEqual(['current', 'ending', 'expired', 'expired', 'void']);
    expect(standingOf(list, new Date('2026-12-02T00:00:00Z'), 0)).toBe('void');
  });
});
