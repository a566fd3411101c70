import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { atRest } from '@guildhall/kernel-contract';
import type { BytesAtRest } from '@guildhall/kernel-contract';
import { WatchedMemory, madeAsRead } from '@guildhall/kernel-contract/testing';
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

/** Text that is read in two pieces. */
function inTwo(bytes: Buffer, cut: number): BytesAtRest {
  return { ...atRest(bytes), read: (part) => (part ? atRest(bytes).read(part) : Readable.from([bytes.subarray(0, cut), bytes.subarray(cut)].filter((piece) => piece.byteLength))) };
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
  ])('%s', async (_, bytes, type) => expect(await documentTypeOf(bytes)).toBe(type));

  it.each(DISGUISED.map(({ what, bytes }) => [what, bytes] as const))('%s is nothing that is accepted', async (_, bytes) => expect(await documentTypeOf(bytes)).toBeUndefined());

  it.each(['<script>', '< \n\t script>', '<!doctype html>', '<a href="x">', '<?php'])('%j in a text is found wherever the text is cut, and however much of it comes before', async (tag) => {
    const text = Buffer.from(`Dear council, ${'x'.repeat(70_000)}${tag}`);
    for (let cut = text.byteLength - tag.length - 2; cut <= text.byteLength; cut++) expect(await documentTypeOf(inTwo(text, cut))).toBeUndefined();
  });
  it.each(['#!/bin/sh', '%!PS', '<svg>'])('%j at the beginning of a text is found wherever it is cut, and however much space comes before', async (beginning) => {
    const text = Buffer.from(`${' '.repeat(70_000)}${beginning} and more`);
    for (let cut = 69_999; cut < 70_010; cut++) expect(await documentTypeOf(inTwo(text, cut))).toBeUndefined();
  });
  it('text is text wherever a letter of several bytes is cut, and none when it ends in the middle of one', async () => {
    const text = Buffer.from('Ŵŷ 🏠 – llun');
    for (let cut = 0; cut <= text.byteLength; cut++) expect(await documentTypeOf(inTwo(text, cut))).toBe('text/plain');
    expect(await documentTypeOf(Buffer.from('llun 🏠').subarray(0, -1))).toBeUndefined();
  });
  it('a large text is looked at to its end, and hardly any of it is in memory', async () => {
    const memory = new WatchedMemory();
    const large = madeAsRead(60_000_000, { beginning: Buffer.from('Dear council, '), onChunk: memory.onChunk });
    expect(await documentTypeOf(large)).toBe('text/plain');
    expect([memory.wentByInBytes >= 60_000_000, memory.mostInBytes < 3_000_000]).toEqual([true, true]);
    expect(await documentTypeOf({ ...large, read: (part) => (part ? large.read(part) : Readable.from((async function* () { yield* large.read() as AsyncIterable<Buffer>; yield Buffer.from('<script>'); })())) })).toBeUndefined();
  });
  it('is answered for any bytes, also for archives cut anywhere', async () => {
    const whole = archive({ '[Content_Types].xml': 'x', 'word/document.xml': 'y' });
    for (let length = 3; length < whole.byteLength; length++) expect(await documentTypeOf(whole.subarray(0, length))).toBeUndefined();
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('', 'PK\x03\x04', 'RIFF', '%PDF-'), async (bytes, beginning) => { await documentTypeOf(Buffer.concat([Buffer.from(beginning, 'latin1'), bytes])); }));
  });
});
