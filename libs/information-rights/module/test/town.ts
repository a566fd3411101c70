import { Module } from '@nestjs/common';
import { PERSONAL_DATA, type PersonalData, type PersonalRecord } from '@guildhall/information-rights-contract';
import { defineModule } from '@guildhall/kernel';
import { register } from '@guildhall/kernel-contract';

const since = new Date('2026-03-02T10:00:00Z');
const YOU = { en: 'You', cy: 'Chi' };

/** What was erased of whom, in the order in which it was. */
export const erased: string[] = [];
/** Whether a librarian has written a note, which an officer reads before it is given. */
export const notes = { areThere: true };
/** Records that the library keeps after all, when it is asked to erase them. */
export const keptAfterAll = new Set<string>();

/** A module of somebody else's, which holds one thing that can be erased, one that the law keeps, one that the council may keep, and a note. */
const library: PersonalData = {
  id: 'town.library', order: 100, title: { en: 'The library', cy: 'Y llyfrgell' },
  async *read(): AsyncGenerator<PersonalRecord> {
    const record = (id: string, en: string, cy: string, onErasure: PersonalRecord['onErasure'], more: Partial<PersonalRecord> = {}): PersonalRecord => ({ id, title: { en, cy }, source: YOU, since, facts: [{ label: { en: 'Name', cy: 'Enw' }, value: 'Siân Ŵyn' }], data: { id }, onErasure, ...more });
    if (!erased.includes('card')) yield record('card', 'Library card', 'Cerdyn llyfrgell', { does: 'erase' });
    yield record('fine', 'Fine for a late book', 'Dirwy am lyfr hwyr', { does: 'keep', mustKeep: true, until: '2033-03-31', because: { en: 'financial records are kept for six years', cy: 'cedwir cofnodion ariannol am chwe blynedd' } });
    yield record('loan', 'Books borrowed', 'Llyfrau a fenthyciwyd', { does: 'keep', mustKeep: false, because: { en: 'two books are still out', cy: 'mae dau lyfr allan o hyd' } });
    if (notes.areThere) yield record('note', 'A librarian’s note', 'Nodyn llyfrgellydd', { does: 'erase' }, { needsReading: true });
    await Promise.resolve();
  },
  erase: (_ctx, _personId, recordId) => { if (keptAfterAll.has(recordId)) return Promise.resolve(false); erased.push(recordId); return Promise.resolve(true); },
};

@Module({})
class TownModule {}
export const town = defineModule({ id: 'town', version: '0.1.0', packageFolder: __dirname, nest: TownModule, registers: [register(PERSONAL_DATA, library)] });
