import * as fc from 'fast-check';
import { DISGUISED, photoWithPlace, plainPng, smallPdf } from './testing';
import { documentTypeOf } from './document-type';

/** An archive with these entries, stored and empty but for what is given. */
function archive(entries: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    const body = Buffer.concat([local, Buffer.from(name), Buffer.from(content)]);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    central.push(entry, Buffer.from(name));
    locals.push(body);
    offset += body.byteLength;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(entries).length, 8);
  end.writeUInt16LE(Object.keys(entries).length, 10);
  end.writeUInt32LE(list.byteLength, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, list, end]);
}

const ODT = 'application/vnd.oasis.opendocument.text';

describe('what bytes are', () => {
  it.each([
    ['a JPEG photo', photoWithPlace, 'image/jpeg'], ['a PNG picture', plainPng(3, 3), 'image/png'], ['a PDF letter', smallPdf, 'application/pdf'], ['plain text', Buffer.from('Annwyl gyngor,\r\n\tmae twll yn y ffordd – 3 < 5.'), 'text/plain'],
    ['a Word letter', archive({ '[Content_Types].xml': '', 'word/document.xml': '' }), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['an OpenDocument letter', archive({ mimetype: ODT, 'content.xml': '' }), ODT],
    ['a Word letter with macros', archive({ '[Content_Types].xml': '', 'word/document.xml': '', 'word/vbaProject.bin': '' }), undefined],
    ['an OpenDocument letter with macros', archive({ mimetype: ODT, 'content.xml': '', 'Basic/Standard/Module1.xml': '' }), undefined],
    ['an archive that only calls itself one', archive({ 'content.xml': '', mimetype: ODT }), undefined],
    ['a spreadsheet', archive({ '[Content_Types].xml': '', 'xl/workbook.xml': '' }), undefined],
    ['an empty archive', archive({}), undefined], ['nothing', Buffer.alloc(0), undefined], ['text that is not UTF-8', Buffer.from([0x41, 0xff, 0x42]), undefined],
    ['text with control characters', Buffer.from('a\u0001b'), undefined], ['a PostScript program', Buffer.from('%!PS-Adobe-3.0'), undefined],
  ])('%s', (_, bytes, type) => expect(documentTypeOf(bytes)).toBe(type));

  it.each(DISGUISED.map(({ what, bytes }) => [what, bytes] as const))('%s is nothing that is accepted', (_, bytes) => expect(documentTypeOf(bytes)).toBeUndefined());

  it('is answered for any bytes, also for archives cut anywhere', () => {
    const whole = archive({ '[Content_Types].xml': 'x', 'word/document.xml': 'y' });
    for (let length = 3; length < whole.byteLength; length++) expect(documentTypeOf(whole.subarray(0, length))).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('', 'PK\x03\x04', 'RIFF', '%PDF-'), (bytes, beginning) => { documentTypeOf(Buffer.concat([Buffer.from(beginning, 'latin1'), bytes])); }));
  });
});
