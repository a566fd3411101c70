import type { Visitor } from '@guildhall/kernel/testing';

/** A hidden field of a page. */
export const hidden = (text: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';

/** What the form of a page says of its draft. */
export const formOf = (text: string): { draft: string; version: string } => ({ draft: hidden(text, 'draft'), version: hidden(text, 'version') });

/** Opens a page and sends its form. */
export async function answer(visitor: Visitor, path: string, form: Record<string, string | readonly string[]>) {
  const page = await visitor.get(path);
  return visitor.post(path, { ...formOf(page.text), ...form });
}

/** Sends a form with files, as browsers do. */
export async function answerWithFiles(visitor: Visitor, path: string, fields: Record<string, string>, files: readonly { readonly field: string; readonly filename: string; readonly type: string; readonly bytes: Uint8Array }[]) {
  const page = await visitor.get(path);
  const boundary = 'boundary-of-a-test';
  const parts: Buffer[] = [];
  for (const [name, value] of Object.entries({ _csrf: hidden(page.text, '_csrf'), ...formOf(page.text), ...fields })) parts.push(Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`));
  for (const { field, filename, type, bytes } of files) parts.push(Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${filename}"\r\ncontent-type: ${type}\r\n\r\n`), Buffer.from(bytes), Buffer.from('\r\n'));
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  const sent = { body: Buffer.concat(parts), headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
  return { first: await visitor.request(path, sent), again: () => visitor.request(path, sent) };
}
