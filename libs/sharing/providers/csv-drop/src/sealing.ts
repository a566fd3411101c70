import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { comparableName, type PersonKeys } from '@guildhall/sharing-contract';

const TAG_BYTES = 16;
/** How many bytes stand for a person: too many for two to have the same. */
export const MARK_BYTES = 16;

/** Makes of a person a mark, and of what is known of them bytes that say nothing, by keys for one file: they follow from the council's own secret and the file's salt. */
export class Sealing {
  readonly #marking: Buffer;
  readonly #sealing: Buffer;
  constructor(secret: Uint8Array, salt: Uint8Array) {
    this.#marking = Buffer.from(hkdfSync('sha256', secret, salt, 'guildhall sharing csv mark', 32));
    this.#sealing = Buffer.from(hkdfSync('sha256', secret, salt, 'guildhall sharing csv seal', 32));
  }

  /** Of whoever has this name and this date of birth: one mark, however many they are. */
  markOfNames({ name, dateOfBirth }: Pick<PersonKeys, 'name' | 'dateOfBirth'>): Buffer { return this.mark(`${dateOfBirth} ${comparableName(name)}`); }

  mark(localId: string): Buffer { return createHmac('sha256', this.#marking).update(localId).digest().subarray(0, MARK_BYTES); }

  /** @param row counts up within a file, so that no two things are ever sealed alike */
  seal(mark: Uint8Array, row: number, words: string): Buffer {
    const cipher = createCipheriv('aes-256-gcm', this.#sealing, nonceOf(row)).setAAD(mark);
    return Buffer.concat([cipher.update(words, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws Error when it is not what was sealed for this person */
  unseal(mark: Uint8Array, row: number, sealed: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', this.#sealing, nonceOf(row), { authTagLength: TAG_BYTES }).setAAD(mark).setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
  }
}

function nonceOf(row: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(row, 6, 6);
  return nonce;
}
