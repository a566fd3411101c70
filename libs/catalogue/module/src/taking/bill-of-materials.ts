import { createHash } from 'node:crypto';
import { done, refused, type Outcome } from '@guildhall/kernel-contract';
import { documentReader } from '@guildhall/sharing-contract';
import { MOST_COMPONENTS_CHARACTERS } from './limits';

const read = documentReader<object>({ type: 'object', required: ['bomFormat', 'specVersion'], properties: { bomFormat: { const: 'CycloneDX' }, specVersion: { type: 'string', pattern: '^1\\.\\d+$' } } }, 'a bill of materials (CycloneDX, JSON)');

/** Whether a bill of materials is the one that was signed, and one that can be kept. @param signed SHA-256 of its bytes, in hexadecimal */
export function provedBill(components: string, signed: string): Outcome<string> {
  if (createHash('sha256').update(components).digest('hex') !== signed) return refused('malformed', 'This is not the bill of materials that was signed. Send it byte by byte as it was signed.');
  if (components.length > MOST_COMPONENTS_CHARACTERS) return refused('malformed', 'The bill of materials is too long.');
  const bill = read(jsonOf(components));
  return bill.ok ? done(components) : refused('malformed', bill.refusal.message);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
