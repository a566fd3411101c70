import type { Assessor, Body, TrustList } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { listedBodies, listedChanges, mergedAssessors, type KnownBefore, type ListedChanges } from './listed-bodies';
import type { FollowedList } from './trust-lists';

const now = new Date('2026-11-22T13:00:00Z');
const until = new Date('2027-01-21T00:00:00Z');
const bare = ({ signer: _signer, ...body }: ReturnType<typeof bodyNamed>): Body => body;
const [riverbourne, aldermoor, glanafon] = ['riverbourne', 'aldermoor', 'glanafon'].map((id) => bare(bodyNamed(id, id))) as [Body, Body, Body];
const stolen = (body: Body, since: string): Body => ({ ...body, keys: body.keys.map((key) => ({ ...key, compromisedSince: since })) });
const followed = (id: string, members: readonly Body[], standing: FollowedList['standing'] = 'current'): FollowedList => ({ followed: { id, by: bodyNamed(`${id}-region`, id), url: `https://${id}.example/list.json` }, standing, voidAt: until, list: { id, by: `${id}-region`, serial: 1, issued: '2026-11-01T00:00:00Z', expires: '2026-12-22T00:00:00Z', members, assessors: [] } satisfies TrustList });
const before = (body: Body, changes: Partial<KnownBefore> = {}): KnownBefore => ({ body, listId: 'north', until, ...changes });
const changes = (lists: readonly FollowedList[], known: readonly KnownBefore[]) => {
  const { come, changed, gone, stolen: without, otherLog }: ListedChanges = listedChanges(listedBodies(lists, 'riverbourne'), known, now);
  return { come: come.map(({ body }) => body.id), changed: changed.map(({ body }) => body.id), gone, stolen: without.map(({ id }) => id), otherLog };
};
const NOTHING = { come: [], changed: [], gone: [], stolen: [], otherLog: [] };

describe('whom lists name', () => {
  it('become known, and not whoever reads the list', () => { expect(changes([followed('north', [riverbourne, aldermoor])], [])).toEqual({ ...NOTHING, come: ['aldermoor'] }); });
  it('stay as they are while nothing changes', () => { expect(changes([followed('north', [aldermoor])], [before(aldermoor)])).toEqual(NOTHING); });
  it('get new keys, and stay until the list says', () => {
    expect(changes([followed('north', [{ ...aldermoor, keys: glanafon.keys }])], [before(aldermoor)])).toEqual({ ...NOTHING, changed: ['aldermoor'] });
    expect(changes([followed('north', [aldermoor])], [before(aldermoor, { until: new Date('2026-12-01T00:00:00Z') })])).toEqual({ ...NOTHING, changed: ['aldermoor'] });
  });
  it('are not known any more when no list names them, or none that counts', () => {
    for (const lists of [[followed('north', [])], [followed('north', [aldermoor], 'void')], [], [{ ...followed('north', []), list: undefined, standing: 'none' as const }]]) expect(changes(lists, [before(aldermoor)])).toEqual({ ...NOTHING, gone: ['aldermoor'] });
    expect(changes([], [before(aldermoor, { until: new Date('2026-11-01T00:00:00Z') })])).toEqual(NOTHING);
  });
  it('do not come in by a list that has ended, and do not go either', () => { expect(changes([followed('north', [aldermoor, glanafon], 'expired')], [before(aldermoor)])).toEqual(NOTHING); });
  it('do not come back by a list that has ended', () => { expect(changes([followed('north', [aldermoor], 'expired')], [before(aldermoor, { until: new Date('2026-11-01T00:00:00Z') })])).toEqual(NOTHING); });
  it('lose a stolen key even by a list that has ended', () => { expect(changes([followed('north', [stolen(aldermoor, '2026-11-20T00:00:00Z')], 'expired')], [before(aldermoor)])).toEqual({ ...NOTHING, changed: ['aldermoor'] }); });
  it('are left alone where their keys were compared here', () => {
    for (const lists of [[], [followed('north', [{ ...aldermoor, keys: glanafon.keys }])]]) expect(changes(lists, [before(aldermoor, { listId: null, until: null })])).toEqual(NOTHING);
  });
  it('lose a stolen key even where their keys were compared here, once, and nothing else', () => {
    const pinned = before(aldermoor, { listId: null, until: null });
    const lists = [followed('north', [{ ...stolen(aldermoor, '2026-11-20T00:00:00Z'), endpoint: 'https://elsewhere.example' }])];
    expect(changes(lists, [pinned])).toEqual({ ...NOTHING, stolen: ['aldermoor'] });
    expect(listedChanges(listedBodies(lists, 'riverbourne'), [pinned], now).stolen).toEqual([stolen(aldermoor, '2026-11-20T00:00:00Z')]);
    expect(changes(lists, [{ ...pinned, body: stolen(aldermoor, '2026-11-20T00:00:00Z') }])).toEqual(NOTHING);
  });
  it('are another body with another log', () => { expect(changes([followed('north', [{ ...aldermoor, logOrigin: 'elsewhere.example/log' }])], [before(aldermoor)])).toEqual({ ...NOTHING, gone: ['aldermoor'], otherLog: ['aldermoor'] }); });
  it('are as the first list has them, with the earliest day on which any says that a key was stolen', () => {
    const listed = listedBodies([followed('north', [stolen(aldermoor, '2026-11-20T00:00:00Z')]), followed('south', [{ ...stolen(aldermoor, '2026-11-10T00:00:00Z'), endpoint: 'https://elsewhere.example' }])], 'riverbourne').get('aldermoor');
    expect(listed).toMatchObject({ listId: 'north', body: { endpoint: aldermoor.endpoint, keys: [{ compromisedSince: '2026-11-10T00:00:00Z' }] } });
  });
});

describe('those who assess', () => {
  it('are one, with all that any list says of them', () => {
    const one: Assessor = { id: 'assess-it', name: aldermoor.name, keys: aldermoor.keys, accreditations: [], linkedTo: ['host-it'] };
    expect(mergedAssessors([one, { ...one, keys: [...stolen(aldermoor, '2026-11-20T00:00:00Z').keys, ...glanafon.keys], accreditations: ['CHECK'], linkedTo: ['other-it'] }])).toEqual([
      { ...one, accreditations: ['CHECK'], linkedTo: ['host-it', 'other-it'], keys: [...stolen(aldermoor, '2026-11-20T00:00:00Z').keys, ...glanafon.keys] },
    ]);
  });
});
