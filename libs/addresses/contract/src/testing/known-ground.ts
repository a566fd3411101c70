import type { Address, Area, Zone } from '../address';
import type { Point } from '../geometry';
import type { Postcode } from '../postcode';

/** What a kit may rely on in the data of the implementation under test. @public */
export interface KnownGround {
  /** In English; its first line begins with a house number; its postcode has at least three addresses. */
  readonly address: Address;
  /** That number: `14`. */
  readonly houseNumber: string;
  /** Its street as written: `High Street`. */
  readonly street: string;
  /** How many addresses its postcode has. */
  readonly addressesInPostcode: number;
  /** A postcode in good order that nobody has. */
  readonly emptyPostcode: Postcode;
  /** Of the address; when areas are known. */
  readonly area?: Area;
  /** Of the address, two of one kind among them; when zones are known. */
  readonly zones?: readonly Zone[];
  /** The lines in Welsh, when the data are in both languages and differ. */
  readonly welshLines?: readonly string[];
  /** Far from every address and outside every area. */
  readonly outside: Point;
}

/** What nobody should be able to break a search with. @public */
export const HOSTILE_TEXTS: readonly string[] = [
  '', ' ', '%', '_', "'; drop table address; --", '(((((((((', '[a-z]*+?{9}', '\\', '../../etc/passwd', '<script>alert(1)</script>', '\u202Eteerts hgih', '🏠🏠🏠', 'a'.repeat(5_000), `${'high '.repeat(500)}street`,
  '1'.repeat(400), 'constructor', '__proto__', 'toString', 'ﬁeld', 'Ｈｉｇｈ Ｓｔｒｅｅｔ', 'e\u0301'.repeat(300), 'null', 'NaN', '-1', '1e309',
];
