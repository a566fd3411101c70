import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ELEMENTS, INNER_ITEMS, WITH_COMMAS } from './elements';
import type { DocumentKind, Documents, Format } from './shapes';
import { shapeOf } from './shape-of';

/** A document that cannot be read: what is wrong with it, without its content. @public */
export class UnreadableDocument extends Error {
  constructor(readonly why: 'too-large' | 'has-a-document-type' | 'malformed' | 'another-document') {
    super({
      'too-large': 'The document is larger than anything that is read here.', 'has-a-document-type': 'The document declares a document type or entities: nothing of it is read.',
      malformed: 'The document is not well formed.', 'another-document': 'The document is not the one that was asked for.',
    }[why]);
    this.name = 'UnreadableDocument';
  }
}

/** As large a document as is read, unless told: characters. */
const LONGEST = 20_000_000;
const LISTS = new Set([...Object.values(ELEMENTS).flatMap(({ item }) => item ?? []), ...Object.values(INNER_ITEMS)]);
// `group` is an element of its own in a service, and a thing of the list in its `groups`.
const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, processEntities: true, htmlEntities: true, ignoreDeclaration: true, ignorePiTags: true, isArray: (name, path) => LISTS.has(name) && !(name === 'group' && !String(path).endsWith('groups.group')) });

/**
 * Reads a document of GeoReport v2 that another system wrote: forgiving of what is left out, strict with what is dangerous. Elements that the standard does not know are passed over.
 * @public
 * @throws UnreadableDocument when it is too large, declares a document type or entities (a bomb, or a way to files), is malformed or another document
 */
export function readDocument<Kind extends DocumentKind>(kind: Kind, text: string, format: Format, longest = LONGEST): Documents[Kind] {
  if (text.length > longest) throw new UnreadableDocument('too-large');
  const plain = format === 'json' ? readJson(text) : readXml(kind, text);
  const { item } = ELEMENTS[kind];
  if (item ? !Array.isArray(plain) : typeof plain !== 'object' || plain === null || Array.isArray(plain)) throw new UnreadableDocument('another-document');
  return shapeOf(kind, plain as Documents[Kind]);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UnreadableDocument('malformed');
  }
}

function readXml(kind: DocumentKind, text: string): unknown {
  // Before any parser sees it: what is not declared cannot be expanded.
  if (/<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text)) throw new UnreadableDocument('has-a-document-type');
  if (XMLValidator.validate(text) !== true) throw new UnreadableDocument('malformed');
  const { root, item } = ELEMENTS[kind];
  const parsed = parse(text);
  if (!Object.hasOwn(parsed, root)) throw new UnreadableDocument('another-document');
  const inside = parsed[root];
  if (!item) return plainOf(inside === '' ? {} : inside);
  return inside === '' ? [] : plainOf((inside as Record<string, unknown>)[item] ?? []);
}

function parse(text: string): Record<string, unknown> {
  try {
    return parser.parse(text) as Record<string, unknown>;
  } catch {
    throw new UnreadableDocument('malformed');
  }
}

/** The lists without the elements around their things. */
function plainOf(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => plainOf(one));
  const inner = INNER_ITEMS[name];
  if (inner !== undefined) return typeof value === 'object' && value !== null ? plainOf((value as Record<string, unknown>)[inner] ?? []) : [];
  if (WITH_COMMAS.has(name)) return value;
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plainOf(one, key)]));
  return value;
}
