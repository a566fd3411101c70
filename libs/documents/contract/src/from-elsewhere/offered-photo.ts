import { atRest, type BytesAtRest, type FieldError } from '@guildhall/kernel-contract';

/** A photo that another system offers: its bytes, or where they are. @beta */
export type OfferedPhoto = { readonly kind: 'bytes'; readonly bytes: BytesAtRest; readonly filename: string } | { readonly kind: 'address'; readonly url: string };

/** What tells one set of photos from another: their bytes, or where they are. What follows the question mark is a key and its time to many senders, and another one each time that they send the same. @beta */
export function photoHashesOf(photos: readonly OfferedPhoto[]): readonly string[] {
  return photos.map((one) => (one.kind === 'address' ? one.url.replace(/[?#].*$/s, '') : Buffer.from(one.bytes.sha256, 'hex').toString('base64url')));
}

/** As many photos as one report or update may bring. @beta */
export const MOST_OFFERED_PHOTOS = 10;

/** Reads `media_url`: addresses, and `data:` URIs (RFC 2397) that are the photo itself. What it is, its bytes will say. @beta */
export function readOfferedPhotos(given: readonly string[]): { readonly photos: readonly OfferedPhoto[]; readonly problems: readonly FieldError[] } {
  if (given.length > MOST_OFFERED_PHOTOS) return { photos: [], problems: [{ field: 'media_url', message: `may come at most ${MOST_OFFERED_PHOTOS} times` }] };
  const photos: OfferedPhoto[] = [];
  const problems: FieldError[] = [];
  given.forEach((text, index) => {
    const found = text.startsWith('data:') ? fromData(text, index) : fromAddress(text);
    if (found) photos.push(found);
    else problems.push({ field: 'media_url', message: 'must be an http(s) address of at most 2,000 characters, or a data: URI in base64' });
  });
  return { photos, problems };
}

function fromData(text: string, index: number): OfferedPhoto | undefined {
  const comma = text.indexOf(',');
  if (comma === -1 || comma > 200 || !/;\s*base64$/i.test(text.slice(0, comma))) return undefined;
  // A plus that a careless form turned into a space is a plus.
  const content = text.slice(comma + 1).replace(/[\r\n\t]+/g, '').replaceAll(' ', '+').replaceAll('%2B', '+').replaceAll('%2F', '/').replaceAll('%3D', '=');
  if (content === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(content)) return undefined;
  return { kind: 'bytes', bytes: atRest(Buffer.from(content, 'base64')), filename: `photo${index + 1}` };
}

function fromAddress(text: string): OfferedPhoto | undefined {
  if (text.length > 2000 || !URL.canParse(text)) return undefined;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && !username && !password ? { kind: 'address', url: text } : undefined;
}
