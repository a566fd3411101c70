import type { Text } from '@guildhall/kernel-contract';
import type { Point, StreetKind } from '@guildhall/addresses-contract';
import type { Spot } from './plane';

/** What a lane runs: the same in both languages, or a name for each. */
export type StreetName = string | Text;

/** A street that is drawn by hand. */
export interface PlannedStreet { readonly name: StreetName; readonly kind: StreetKind; readonly through: readonly Spot[]; /** Shops with flats over them. */ readonly isBusy?: boolean }
/** A park, a square, a lake. */
export interface PlannedGround { readonly name: StreetName; readonly kind: 'green' | 'square' | 'water'; readonly outline: readonly Spot[] }
/** A ward grows around its centre; streets within it take their names from its theme. */
export interface PlannedWard { readonly code: string; readonly name: Text; readonly centre: Spot; readonly names: readonly StreetName[] }
/** A pull on the direction of streets: along an angle, or around a place. */
export type Pull =
  | { readonly kind: 'along'; readonly at: Spot; readonly degrees: number; readonly reach: number }
  | { readonly kind: 'around'; readonly at: Spot; readonly reach: number };
/** A building with a name, put on the nearest free plot. */
export interface PlannedBuilding { readonly name: StreetName; readonly near: Spot }

/** All that is decided by a person about an invented town; the rest grows from the seed. */
export interface TownPlan {
  readonly id: string;
  readonly seed: number;
  readonly town: Text;
  readonly districtCode: string;
  /** In the sea, so that no invented address lies on anybody's house. */
  readonly centre: Point;
  readonly radius: number;
  /** Radius of the council's area. */
  readonly areaRadius: number;
  readonly river: { readonly name: StreetName; readonly through: readonly Spot[]; readonly halfWidth: number };
  readonly streets: readonly PlannedStreet[];
  readonly grounds: readonly PlannedGround[];
  readonly wards: readonly PlannedWard[];
  readonly pulls: readonly Pull[];
  readonly buildings: readonly PlannedBuilding[];
  /** Names that streets by the river and by a green take first. */
  readonly riversideNames: readonly StreetName[];
  readonly greensideNames: readonly StreetName[];
  /** Names of houses without a number, and of blocks of flats. */
  readonly houseNames: readonly StreetName[];
  readonly blockNames: readonly StreetName[];
  /** First digits of the inward code that are this town's: `ZZ99 1..` */
  readonly sectors: readonly number[];
  readonly firstUprn: number;
  readonly firstUsrn: number;
}
