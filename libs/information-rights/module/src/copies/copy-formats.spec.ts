import type { PersonalRecord } from '@guildhall/information-rights-contract';
import type { PersonId } from '@guildhall/kernel-contract';
import type { RightsRequest } from '../requests/request';
import { CopyAsJson } from './copy-as-json';
import { CopyAsPdf } from './copy-as-pdf';
import type { CopyPiece, CopyWords } from './copy-content';

const request: RightsRequest = {
  requestId: '01990000-0000-7000-8000-00000000a001', reference: 'RB-7K3F-92QD', kind: 'access', personId: '01990000-0000-7000-8000-0000000000a1' as PersonId, language: 'cy', askedBy: 'resident', state: 'preparing',
  receivedAt: new Date('2026-11-30T09:00:00Z'), time: { receivedOn: '2026-11-30', clarifications: [], isExtended: false }, dueOn: '2026-12-30', isRead: false, version: 1,
};
const words: CopyWords = {
  language: 'cy', title: 'Copi o’ch gwybodaeth', council: 'Cyngor Glanafon', made: 'Gwnaed heddiw', paragraphs: ['Dyma bopeth.'], nothing: 'Dim', from: 'O', since: () => 'Ers', keptBecause: (because, until) => `${because} ${until}`, erasable: 'Gellir ei ddileu.', leftOut: 'Gadawyd hyn allan.', yes: 'Ydy', no: 'Nac ydy',
};
const record = (id: string, more: Partial<PersonalRecord> = {}): PersonalRecord => ({ id, title: { en: 'Details', cy: 'Manylion ŵŷ' }, source: { en: 'You', cy: 'Chi' }, since: new Date('2026-11-01T10:00:00Z'), facts: [{ label: { en: 'Name', cy: 'Enw' }, value: 'Siân "Ŵyn"' }, { label: { en: 'Checked', cy: 'Gwiriwyd' }, value: true }], data: { name: 'Siân "Ŵyn"' }, onErasure: { does: 'erase' }, ...more });
const pieces: readonly CopyPiece[] = [
  { kind: 'section', source: { id: 'identity.person', title: { en: 'You', cy: 'Chi' } } },
  { kind: 'record', record: { ...record('person'), isLeftOut: false } },
  { kind: 'record', record: { ...record('note', { data: { secret: 'of somebody else' } }), isLeftOut: true } },
  { kind: 'end-of-section' },
  { kind: 'section', source: { id: 'cases.cases', title: { en: 'Cases', cy: 'Achosion' } } },
  { kind: 'end-of-section' },
];

describe('a copy for machines', () => {
  it('is one JSON document, record by record, without the content of what is left out', () => {
    const copy = new CopyAsJson(request, 'Glanafon', new Date('2026-11-30T09:01:00Z'));
    const text = copy.begin() + pieces.map((piece) => copy.add(piece)).join('') + copy.end();
    expect(JSON.parse(text)).toMatchObject({ reference: 'RB-7K3F-92QD', madeAt: '2026-11-30T09:01:00.000Z', sections: [{ id: 'identity.person', records: [{ id: 'person', data: { name: 'Siân "Ŵyn"' } }, { id: 'note', isLeftOut: true }] }, { id: 'cases.cases', records: [] }] });
    expect(text).not.toContain('of somebody else');
  });

  it('is valid also where nothing is held', () => {
    const copy = new CopyAsJson(request, 'Glanafon', new Date(0));
    expect((JSON.parse(copy.begin() + copy.end()) as { sections: unknown }).sections).toEqual([]);
  });
});

describe('a copy to be read', () => {
  it('is a PDF with its title, its language and its structure, and a font that has the letters of Welsh', async () => {
    const copy = new CopyAsPdf(words);
    const chunks: Buffer[] = [];
    const written = (async () => { for await (const chunk of copy.document) chunks.push(chunk as Buffer); })();
    copy.begin();
    pieces.forEach((piece) => copy.add(piece));
    copy.end();
    await written;
    const pdf = Buffer.concat(chunks).toString('latin1');
    expect(pdf.slice(0, 8)).toBe('%PDF-1.7');
    expect(pdf).toContain('/Lang (cy-GB)');
    expect(pdf).toMatch(/\/MarkInfo/);
    expect(pdf).toMatch(/pdfuaid:part/);
    for (const tag of ['/S /Document', '/S /H1', '/S /H2', '/S /H3', '/S /P']) expect(pdf).toContain(tag);
    // Embedded, in part: no reader has to have it.
    expect(pdf).toMatch(/\/FontFile2/);
  });
});
