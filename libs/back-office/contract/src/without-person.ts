import type { HandedContact, HandedPhoto } from './handed-case';

const MOST_SAID = 300;

/**
 * What a far end said of a case, without what it repeats of who the person is, or of links to photos, even cut short: for refusals, which are kept and shown.
 * @public
 * @example withoutPerson('No crew for Ida Byrne', { name: 'Ida Byrne' }) // 'No crew for …'
 */
export function withoutPerson(said: string, contact: HandedContact | undefined, photos: readonly HandedPhoto[] = []): string {
  const digits = contact?.phone?.replace(/\D/g, '') ?? '';
  const parts = [contact?.email, contact?.phone, contact?.name, ...(contact?.name?.split(/\s+/) ?? [])].filter((one): one is string => one !== undefined && one.length > 1);
  const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const origins = [...new Set(photos.map(({ url }) => new URL(url).origin))];
  const links = origins.flatMap((origin) => [origin, encodeURIComponent(origin)]).map((start) => `${literal(start)}[^\\s"'<>]*`);
  const plain = [...links, ...parts.map(literal)].reduce((words, part) => words.replaceAll(new RegExp(part, 'giu'), '…'), said.replace(/\p{Cc}+/gu, ' '));
  // A number that is written in another way is the same number.
  const shown = digits.length < 7 ? plain : plain.replace(/\+?\d[\d\s()-]{5,}\d/g, (number) => (number.replace(/\D/g, '').endsWith(digits.slice(-7)) ? '…' : number));
  return [...shown].slice(0, MOST_SAID).join('').trim();
}
