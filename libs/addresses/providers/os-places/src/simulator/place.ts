import type { Text } from '@guildhall/kernel-contract';
import type { Point } from '@guildhall/addresses-contract';

/** One property of an invented gazetteer, from which its entry (LPI) and its delivery point (DPA) are written. @public */
export interface SimulatedPlace {
  /** 12 digits that begin with 99. */
  readonly uprn: string;
  readonly usrn: string;
  readonly organisation?: string;
  /** `Flat 2`, inside a building. */
  readonly inside?: Text;
  /** Name of the building. */
  readonly building?: Text;
  /** `14`, `14A`, `1-3`. */
  readonly number?: string;
  readonly street: Text;
  readonly town: Text;
  readonly postcode: string;
  readonly point: Point;
  /** AddressBase classification: `RD04` a terraced house, `PS` a street record, `LP01` a park. */
  readonly classification: string;
  /** 1 approved, 3 alternative, 6 provisional, 8 historical. */
  readonly status: '1' | '3' | '6' | '8';
  /** Whether Royal Mail delivers there. */
  readonly isDeliveredTo: boolean;
}
