import { signTrustList, type TrustList } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { judgeList, type KeptList } from './judge-list';

const now = new Date('2026-11-22T13:00:00Z');
const region = bodyNamed('north-region', 'North Region');
const followed = { id: 'north', by: region, url: 'https://north.example/trust-list.json' };
const list = (changes: Partial<TrustList> = {}): TrustList => ({ id: 'north', by: region.id, serial: 4, issued: '2026-11-01T00:00:00Z', expires: '2026-12-01T00:00:00Z', members: [], assessors: [], ...changes });
const signed = (changes: Partial<TrustList> = {}, by = region) => signTrustList(list(changes), by.signer);
const kept: KeptList = { envelope: signed(), serial: 4 };
const faultOf = (json: unknown, before: KeptList | 'none' = kept, by = followed): unknown => { const judged = judgeList(json, by, before === 'none' ? undefined : before, now); return judged.ok ? { isNew: judged.value.isNew } : judged.refusal.reason; };

describe('a list at its address', () => {
  it('is taken the first time, when it is newer, and when it is the same', () => {
    expect([faultOf(signed(), 'none'), faultOf(signed({ serial: 5 })), faultOf(signed())]).toEqual([{ isNew: true }, { isNew: true }, { isNew: false }]);
  });
  it.each<readonly [string, unknown, string]>([
    ['older than what is here', signed({ serial: 3 }), 'older'], ['another one of the same number', signed({ expires: '2027-12-01T00:00:00Z' }), 'two-of-one-number'], ['signed by somebody else', signed({ serial: 5 }, bodyNamed('north-region', 'Not North')), 'not-signed'],
    ['another list', signed({ serial: 5, id: 'south' }), 'another-list'], ['by another body', signed({ serial: 5, by: 'south-region' }), 'another-list'], ['no list', { members: [] }, 'no-list'], ['nothing', undefined, 'no-list'],
    ['a list with something that lists have not', signed({ serial: 5, more: true } as never), 'no-list'],
  ])('is not taken when it is %s', (_what, json, fault) => { expect(faultOf(json)).toBe(fault); });
  it('is not taken by a key that somebody else may have since', () => {
    const [key] = region.keys;
    expect(faultOf(signed({ serial: 5 }), kept, { ...followed, by: { ...region, keys: [{ ...(key as NonNullable<typeof key>), compromisedSince: '2026-11-20T00:00:00Z' }] } })).toBe('not-signed');
  });
});
