import { crc32, deflateSync } from 'node:zlib';

/** A photo of 64 × 48 pixels with an Exif block: a camera, an artist called "Canary Artist", a place on the Earth. @public */
export const photoWithPlace: Buffer = Buffer.from(
  '/9j/4QFiRXhpZgAASUkqAAgAAAAJAA8BAgANAAAAmAAAABIBAwABAAAAAQAAABoBBQABAAAAegAAABsBBQABAAAAggAAACgBAwABAAAAAgAAADsBAgAOAAAAigAAABMCAwABAAAAAQAAAGmHBAABAAAApgAAACWIBAABAAAA9AAAAAAAAAA4YwAA6AMAADhjAADoAwAAQ2FuYXJ5IEFydGlzdABDYW5hcnlDYW1lcmEAAAYAAJAHAAQAAAAwMjEwAZEHAAQAAAABAgMAAKAHAAQAAAAwMTAwAaADAAEAAAD//wAAAqAEAAEAAABAAAAAA6AEAAEAAAAwAAAAAAAAAAQAAQACAAIAAABOAAAAAgAFAAMAAABCAQAAAwACAAIAAABFAAAABAAFAAMAAAAqAQAAAAAAAAEAAAABAAAAOQAAAAEAAAAAAAAAAQAAADUAAAABAAAABgAAAAEAAAAAAAAAAQAAAP/bAEMADQkKCwoIDQsKCw4ODQ8TIBUTEhITJxweFyAuKTEwLiktLDM6Sj4zNkY3LC1AV0FGTE5SU1IyPlphWlBgSlFST//bAEMBDg4OExETJhUVJk81LTVPT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT//AABEIADAAQAMBIgACEQEDEQH/xAAWAAEBAQAAAAAAAAAAAAAAAAAABAX/xAAbEAEBAQACAwAAAAAAAAAAAAAAARECMQMEEv/EABkBAQEBAAMAAAAAAAAAAAAAAAAFAQIEBv/EABsRAQEBAQADAQAAAAAAAAAAAAACAwEFERJB/9oADAMBAAIRAxEAPwDJBL7Hnv1eHC5J3U5RwwrevmVQzNu7t1T6/nv1OHO7L1We3c28bec/U99qgGpoAAzLu3e2ml9jwX6vPhNl7jOqXjdpzvs1+pibszsy7mXVPr+C/U585knUYr7bRlHarqoByeWAAAAAAAAAAf/Z', 'base64');

/** What must be nowhere in a photo that was kept. @public */
export const CANARIES: readonly string[] = ['Canary', 'Exif\0\0', 'GPS', '<script', 'PK\x03\x04', 'http://ns.adobe.com/xap'];

/** The same photo with more in it: a comment, an XMP packet and a web page after its end. @public */
export const photoAndPage: Buffer = Buffer.concat([
  photoWithPlace.subarray(0, 2), segment(0xfe, 'Canary comment <script>alert(1)</script>'), segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/">Canary</x:xmpmeta>'),
  photoWithPlace.subarray(2), Buffer.from('<html><script>alert("Canary")</script></html>PK\x03\x04', 'latin1'),
]);

/** A photo whose last third never arrived. @public */
export const truncatedPhoto: Buffer = photoWithPlace.subarray(0, 560);

function segment(marker: number, text: string): Buffer {
  const body = Buffer.from(text, 'latin1');
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.byteLength + 2, 2);
  return Buffer.concat([head, body]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.byteLength, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** A PNG picture of one grey, one bit a pixel: small as a file, however large as a picture. @public */
export function plainPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const row = 1 + Math.ceil(width / 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(row * height), { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

/** A decompression bomb: 144 million pixels in some 20 kB. @public */
export function bomb(): Buffer { return plainPng(12_000, 12_000); }

/** The least PDF that a reader opens. @public */
export const smallPdf: Buffer = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n', 'latin1');

/** Things that are not what they say they are, or must never be kept: each must be refused as a photo, and but for the last two as a file. @public */
export const DISGUISED: readonly { readonly what: string; readonly filename: string; readonly bytes: Buffer }[] = [
  { what: 'an SVG picture with a script', filename: 'photo.jpg', bytes: Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>') },
  { what: 'an SVG picture after spaces', filename: 'photo.png', bytes: Buffer.from('   \n\t<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>') },
  { what: 'a web page', filename: 'photo.jpeg', bytes: Buffer.from('<!DOCTYPE html><script>alert(1)</script>') },
  { what: 'a web page in UTF-16', filename: 'photo.jpg', bytes: Buffer.from('\ufeff<html><script>alert(1)</script>', 'utf16le') },
  { what: 'text with a page in it', filename: 'notes.txt', bytes: Buffer.from('Dear council,\n<ScRiPt src=//evil.example></script>') },
  { what: 'a program', filename: 'photo.jpg', bytes: Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1') },
  { what: 'a shell script', filename: 'photo.jpg', bytes: Buffer.from('#!/bin/sh\necho hello\n') },
  { what: 'an archive', filename: 'photo.jpg', bytes: Buffer.from('PK\x03\x04\x14\0\0\0', 'latin1') },
  { what: 'half a signature', filename: 'photo.jpg', bytes: Buffer.from('\xff\xd8', 'latin1') },
  { what: 'a page before a PDF', filename: 'letter.pdf', bytes: Buffer.concat([Buffer.from('<script>alert(1)</script>'), smallPdf]) },
  { what: 'bytes without meaning', filename: 'photo.jpg', bytes: Buffer.from(Array.from({ length: 64 }, (_, at) => (at * 89 + 7) & 0xff)) },
];

/** Names that somebody might send a file under. @public */
export const HOSTILE_FILENAMES: readonly string[] = [
  '../../../../etc/passwd', '..\\..\\windows\\system32\\x.dll', '/etc/passwd', 'C:\\x.jpg', 'photo.php.jpg', 'photo.jpg.exe', '.htaccess', '..', '.', '', ' ', 'con', 'a'.repeat(4_000), 'gpj\u202Eexe.jpg', 'photo\r\nset-cookie: a=b.jpg',
  'photo"; filename="x.html', '<img src=x onerror=alert(1)>.jpg', '%2e%2e%2fx', 'llun o’r twll – Ŵŷ 🏠.jpg', "'; drop table document; --.jpg", 'photo.jpg\u200b', '../', 'x/../../y',
];
