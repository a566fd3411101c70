import type { Bounds, Point } from '@guildhall/addresses-contract';
import { distanceInMetres, isInside } from '@guildhall/addresses-contract';
import type { Gazetteer } from '../gazetteer';

/** Side of a square, degrees of latitude: about 67 m. */
const CELL = 0.0006;

/** Finds addresses by where they are: a table of squares, each with the numbers of the addresses in it. */
export class PlaceSearch {
  readonly #columns: number;
  readonly #rows: number;
  readonly #cellWidth: number;
  readonly #starts: Uint32Array;
  readonly #addresses: Uint16Array;

  constructor(private readonly gazetteer: Gazetteer) {
    const { bounds, size } = gazetteer;
    this.#cellWidth = CELL / Math.cos((gazetteer.centre.latitude * Math.PI) / 180);
    this.#columns = Math.ceil((bounds.east - bounds.west) / this.#cellWidth) + 1;
    this.#rows = Math.ceil((bounds.north - bounds.south) / CELL) + 1;
    const cells = Array.from({ length: size }, (_, at) => this.#cellOf(gazetteer.pointOf(at)));
    this.#starts = new Uint32Array(this.#columns * this.#rows + 1);
    for (const cell of cells) this.#starts[cell + 1] = (this.#starts[cell + 1] ?? 0) + 1;
    for (let cell = 1; cell < this.#starts.length; cell++) this.#starts[cell] = (this.#starts[cell] ?? 0) + (this.#starts[cell - 1] ?? 0);
    const next = this.#starts.slice();
    this.#addresses = new Uint16Array(size);
    cells.forEach((cell, at) => { this.#addresses[next[cell] as number] = at; next[cell] = (next[cell] as number) + 1; });
  }

  /** Addresses within so many metres, nearest first. */
  nearest(point: Point, limit: number, withinInMetres: number): { readonly at: number; readonly distanceInMetres: number }[] {
    const degrees = withinInMetres / 111_000;
    const across = degrees / Math.cos((point.latitude * Math.PI) / 180);
    const near = this.within({ south: point.latitude - degrees, north: point.latitude + degrees, west: point.longitude - across, east: point.longitude + across })
      .map((at) => ({ at, distanceInMetres: distanceInMetres(point, this.gazetteer.pointOf(at)) }))
      .filter((found) => found.distanceInMetres <= withinInMetres);
    return near.sort((a, b) => a.distanceInMetres - b.distanceInMetres || a.at - b.at).slice(0, limit);
  }

  /** Numbers of the addresses in the rectangle. */
  within(bounds: Bounds): number[] {
    const found: number[] = [];
    const { bounds: all, latitudes, longitudes } = this.gazetteer;
    if (bounds.north < all.south || bounds.south > all.north || bounds.east < all.west || bounds.west > all.east) return found;
    const west = this.#column(bounds.west); const east = this.#column(bounds.east);
    for (let row = this.#row(bounds.south); row <= this.#row(bounds.north); row++) {
      for (let column = west; column <= east; column++) {
        const cell = row * this.#columns + column;
        for (let place = this.#starts[cell] ?? 0; place < (this.#starts[cell + 1] ?? 0); place++) {
          const at = this.#addresses[place] as number;
          const latitude = latitudes[at] as number; const longitude = longitudes[at] as number;
          if (latitude >= bounds.south && latitude <= bounds.north && longitude >= bounds.west && longitude <= bounds.east) found.push(at);
        }
      }
    }
    return found;
  }

  /** Number of the ward in which the point lies. */
  wardAt(point: Point): number | undefined {
    const at = this.gazetteer.wards.findIndex((ward) => isInside(ward.outline, point));
    return at < 0 ? undefined : at;
  }

  #column(longitude: number): number { return Math.max(0, Math.min(this.#columns - 1, Math.floor((longitude - this.gazetteer.bounds.west) / this.#cellWidth))); }
  #row(latitude: number): number { return Math.max(0, Math.min(this.#rows - 1, Math.floor((latitude - this.gazetteer.bounds.south) / CELL))); }
  #cellOf(point: Point): number { return this.#row(point.latitude) * this.#columns + this.#column(point.longitude); }
}
