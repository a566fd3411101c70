import { usableEvidence, type KeptEvidence, type Wanting } from './usable-evidence';

const at = (day: number): Date => new Date(Date.UTC(2026, 10, day));
const kept = (changes: Partial<KeptEvidence> = {}): KeptEvidence => ({ evidenceId: 'one', purposes: ['garden-waste-concession'], value: true, keptAt: at(1), until: at(30), ...changes });
const wanting = (changes: Partial<Wanting> = {}): Wanting => ({ purposes: ['garden-waste-concession'], now: at(10), stopped: new Set(), ...changes });

describe('what is kept of somebody', () => {
  it.each([
    ['for a purpose for which it was kept', kept({ purposes: ['other', 'garden-waste-concession'] }), wanting(), true],
    ['for no other purpose', kept({ purposes: ['council-tax-reduction'] }), wanting(), false],
    ['for no other purpose beside its own', kept(), wanting({ purposes: ['garden-waste-concession', 'third'] }), false],
    ['until its last day, and not after it', kept({ until: at(10) }), wanting(), false],
    ['not after they said that it is wrong', kept(), wanting({ disputedAt: at(2) }), false],
    ['when they gave it after they had said that something else was wrong', kept({ keptAt: at(3) }), wanting({ disputedAt: at(2) }), true],
    ['not after they stopped what it was told by', kept({ agreementId: 'agr' }), wanting({ stopped: new Set(['agr']) }), false],
    ['after they stopped something else', kept({ agreementId: 'agr' }), wanting({ stopped: new Set(['other']) }), true],
  ])('is used %s', (_what, one, asked, isUsed) => expect(usableEvidence([one], asked).usable === one).toBe(isUsed));
  it('is used as it is newest', () => expect(usableEvidence([kept({ keptAt: at(2), evidenceId: 'newer' }), kept(), kept({ keptAt: at(4), evidenceId: 'newest', purposes: ['other'] })], wanting()).usable?.evidenceId).toBe('newer'));

  const both = wanting({ purposes: ['garden-waste-concession', 'third'] });
  it('is used for two purposes when the same was told for each, and not when something else was', () => {
    expect(usableEvidence([kept(), kept({ evidenceId: 'other', purposes: ['third'], keptAt: at(2) })], both).usable?.evidenceId).toBe('other');
    expect(usableEvidence([kept(), kept({ evidenceId: 'other', purposes: ['third'], value: false })], both)).toEqual({ missing: [] });
    // What was told for one of them alone does not take the place of what is good for both.
    expect(usableEvidence([kept({ purposes: both.purposes, evidenceId: 'for both' }), kept({ value: false, keptAt: at(2) })], both).usable?.evidenceId).toBe('for both');
  });
  it('says for which purposes it is not', () => {
    expect(usableEvidence([kept()], both)).toEqual({ missing: ['third'] });
    expect(usableEvidence([kept({ until: at(2) })], both)).toEqual({ missing: both.purposes });
  });
});
