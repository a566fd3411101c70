import type { GuildhallRequest } from '@guildhall/kernel';
import { CONTENT_TYPES, writeDocument, type DocumentKind, type Documents } from '@guildhall/open311-contract';
import { formatOf } from './fields';

/** Writes a document in the format that the address names. */
export function giveDocument<Kind extends DocumentKind>(req: GuildhallRequest, kind: Kind, document: Documents[Kind]): string {
  const format = formatOf(req);
  void req.guildhall.reply.header('content-type', CONTENT_TYPES[format]);
  return writeDocument(kind, document, format);
}
