import { usableEvidence, type KeptEvidence, type Wanting } from './usable-evidence';

const at = (day: number): Date => new Date(Date.UTC(2026, 10, day));
const kept = (changes: Partial<KeptEvidence> = {}): KeptEvidence => ({ evidenceId: 'one', purposes: ['garden-waste-concession'], keptAt: at(1), until: at(30), ...changes });
const wanting = (changes: Partial<Wanting> = {}): Wanting => ({ purposes: ['garden-waste-concession'], now: at(10), stopped: new Set(), ...changes });

describe('what is kept of somebody', () => {
  it.each([
    ['for a purpose for which it was kept', kept({ purposes: ['other', 'garden-waste-concession'] }), wanting({ purposes: ['garden-waste-concession', 'third'] }), true],
    ['for no other purpose', kept({ purposes: ['council-tax-reduction'] }), wanting(), false],
    ['until its last day, and not after it', kept({ until: at(10) }), wanting(), false],
    ['not after they said that it is wrong', kept(), wanting({ disputedAt: at(2) }), false],
    ['when they gave it after they had said that something else was wrong', kept({ keptAt: at(3) }), wanting({ disputedAt: at(2) }), true],
    ['not after they stopped what it was told by', kept({ agreementId: 'agr' }), wanting({ stopped: new Set(['agr']) }), false],
    ['after they stopped something else', kept({ agreementId: 'agr' }), wanting({ stopped: new Set(['other']) }), true],
  ])('is used %s', (_what, one, asked, isUsed) => expect(usableEvidence([one], asked) === one).toBe(isUsed));
  it('is used as it is newest', () => expect(usableEvidence([kept({ keptAt: at(2), evidenceId: 'newer' }), kept(), kept({ keptAt: at(4), evidenceId: 'newest', purposes: ['other'] })], wanting())?.evidenceId).toBe('newer'));
});
