/** A piece of an answer: text, elements by name, or several of the same name. */
export type Xml = string | number | boolean | { readonly [name: string]: Xml | readonly Xml[] | undefined };

/** Writes an XML document as S3 does. */
export function xmlOf(root: string, content: Xml, hasNamespace = true): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${hasNamespace ? ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"' : ''}>${inner(content)}</${root}>`;
}

function inner(content: Xml): string {
  if (typeof content !== 'object') return escapedXml(String(content));
  return Object.entries(content).flatMap(([name, value]) => (value === undefined ? [] : Array.isArray(value) ? (value as readonly Xml[]).map((one) => element(name, one)) : [element(name, value as Xml)])).join('');
}
function element(name: string, content: Xml): string { return `<${name}>${inner(content)}</${name}>`; }

export function escapedXml(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what XML cannot hold
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** The texts of every element of a name, in order: enough for the small documents that clients send. */
export function elementsOf(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([\\s\\S]*?)</(?:\\w+:)?${name}>`, 'g'))].map(([, text]) => text ?? '');
}
export function textOf(xml: string, name: string): string | undefined {
  const [found] = elementsOf(xml, name);
  return found?.trim().replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (_, decimal?: string, hex?: string, named?: string) => (decimal ? String.fromCodePoint(Number(decimal)) : hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'' }[named ?? ''] ?? '')));
}
