import { XMLBuilder } from 'fast-xml-parser';
import { ELEMENTS, INNER_ITEMS, REPEATED, WITH_COMMAS } from './elements';
import type { DocumentKind, Documents, Format } from './shapes';

/** The content type of each format, as GeoReport v2 has it. @public */
export const CONTENT_TYPES: Readonly<Record<Format, string>> = { xml: 'text/xml; charset=utf-8', json: 'application/json; charset=utf-8' };

const builder = new XMLBuilder({ ignoreAttributes: true, suppressEmptyNode: true, processEntities: true, format: false });
// What XML 1.0 has no way of writing, not even as a character reference (section 2.2).
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu;

/**
 * Writes a document of GeoReport v2.
 * @public
 * @example writeDocument('services', services, 'xml') // '<?xml version="1.0" encoding="utf-8"?><services>…'
 */
export function writeDocument<Kind extends DocumentKind>(kind: Kind, document: Documents[Kind], format: Format): string {
  if (format === 'json') return JSON.stringify(forJson(document));
  const { root, item } = ELEMENTS[kind];
  const inside = item ? { [item]: (document as readonly unknown[]).map(forXml) } : forXml(document);
  return `<?xml version="1.0" encoding="utf-8"?>\n${builder.build({ [root]: inside })}`;
}

function forXml(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(UNWRITABLE, '');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined).map(([name, one]): [string, unknown] => {
    if (!Array.isArray(one)) return [name, forXml(one)];
    if (WITH_COMMAS.has(name)) return [name, forXml(one.join(','))];
    if (REPEATED.has(name)) return [name, one.map(forXml)];
    return [name, one.length ? { [INNER_ITEMS[name] ?? 'item']: one.map(forXml) } : ''];
  }));
}

/** JSON by the Spark convention of the standard: what repeats is an array, at the top too, and the elements around it go. Codes of errors are numbers where they are. */
function forJson(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return WITH_COMMAS.has(name) ? value.join(',') : value.map((one) => forJson(one));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, forJson(one, key)]));
  return name === 'code' && typeof value === 'string' && /^[1-5]\d\d$/.test(value) ? Number(value) : value;
}
