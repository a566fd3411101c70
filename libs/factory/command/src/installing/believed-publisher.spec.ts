import { signPublisher } from '@guildhall/catalogue-contract';
import { InventedPublisher, pair } from '../../test/invented-publisher';
import { believedPublisher } from './believed-publisher';

const NOW = new Date('2026-11-30T12:00:00Z');
const SECOND = pair('westmarch#second');
const STRANGER = pair('westmarch#second');
const second = { keyid: 'westmarch#second', x: SECOND.x, from: '2026-01-01T00:00:00Z', holder: 'second-developer' };

describe('a publisher is believed', () => {
  const westmarch = new InventedPublisher('westmarch');
  westmarch.changes({ keys: [...westmarch.state.keys, second] });
  const before = westmarch.state;
  westmarch.changes({ keys: westmarch.state.keys.map((key) => (key.keyid === 'westmarch#lead' ? { ...key, compromisedSince: '2026-11-01T00:00:00Z' } : key)) });
  westmarch.changes({ linkedTo: ['aldermoor'] }, SECOND);
  const [one, two, three, four] = westmarch.states;
  if (!one || !two || !three || !four) throw new Error('It has four states.');
  /** By the stolen key, after all that was said of it. */
  const thiefs = signPublisher({ ...before, keys: before.keys.slice(0, 1), serial: 100 }, [westmarch.lead.signer]);
  const strangers = signPublisher({ ...before, keys: [{ ...second, x: STRANGER.x }], serial: 7 }, [STRANGER.signer]);
  const told = (...chains: readonly (typeof westmarch.states)[]): Parameters<typeof believedPublisher>[1] => chains.map((states, at) => ({ catalogue: ['Westmarch', 'Aldermoor'][at] ?? '', states }));

  it('by each of its states, whoever of the catalogues is behind or came to know it later', () => {
    for (const chains of [[[one, two, three, four]], [[one, two], [one, two, three, four]], [[one, two, three, four], [two, three]]]) expect(believedPublisher('westmarch', told(...chains), {}, NOW)).toMatchObject({ ok: true, value: { publisher: { serial: 4 }, newest: four, key: westmarch.lead.x } });
  });
  it('as what it signed, however somebody spells that and whatever is put beside', () => {
    const respelt = { ...two, payload: two.payload.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''), signatures: [...two.signatures, { sig: 'AAAA' }] };
    for (const seen of [undefined, respelt]) expect(believedPublisher('westmarch', told([one, two, three], [one, respelt]), seen ? { seen } : {}, NOW)).toMatchObject({ ok: true, value: { newest: three } });
  });
  it.each([
    ['by a key that the state before calls stolen', [[one, two, three, thiefs]], 'not-the-known-one'],
    ['by a key that another catalogue knows to be stolen', [[one, two, thiefs], [one, two, three]], 'disagree'],
    ['by a key that another catalogue knows to be stolen, and both know it by other states', [[one, thiefs], [two, three, four]], 'disagree'],
    ['by nobody who was known before', [[one, two], [strangers]], 'disagree'],
  ] as const)('unless its newest is signed %s', (_when, chains, reason) => {
    expect(believedPublisher('westmarch', told(...chains.map((chain) => [...chain])), {}, NOW)).toMatchObject({ ok: false, refusal: { reason } });
  });
});
