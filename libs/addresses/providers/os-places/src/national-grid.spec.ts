import { distanceInMetres } from '@guildhall/addresses-contract';
import { fromGrid, gridBox, toGrid } from './national-grid';

describe('the British National Grid', () => {
  it('agrees within five metres with the worked point of Ordnance Survey (Caister water tower: 651409.903 E, 313177.270 N)', () => {
    // OS, "A guide to coordinate systems in Great Britain", annexe C: 52°39′27.2531″N 1°43′4.5177″E is in OSGB36; its ETRS89 place is 52°39′28.82″N 1°42′57.8″E.
    const found = fromGrid({ easting: 651_409.903, northing: 313_177.27 });
    expect(found && distanceInMetres(found, { latitude: 52 + 39 / 60 + 28.82 / 3600, longitude: 1 + 42 / 60 + 57.8 / 3600 })).toBeLessThan(5);
  });
  it('gives the same place back, to a centimetre or two', () => {
    for (const point of [{ latitude: 53.3, longitude: 2.1 }, { latitude: 50.1, longitude: -5.5 }, { latitude: 60.2, longitude: -1.2 }]) {
      const there = toGrid(point);
      expect(there && distanceInMetres(point, fromGrid(there) ?? { latitude: 0, longitude: 0 })).toBeLessThan(0.03);
    }
  });
  it('ends where its lettered squares end', () => {
    expect(toGrid({ latitude: 49.2, longitude: -11.5 })).toBeUndefined();
    expect(fromGrid({ easting: 800_000, northing: 100 })).toBeUndefined();
  });
  it('writes a rectangle as whole metres that hold it, and none for one that lies elsewhere', () => {
    const [left = 0, bottom = 0, right = 0, top = 0] = (gridBox({ south: 53.29, west: 2.09, north: 53.31, east: 2.11 }) ?? '').split(',').map(Number);
    for (const corner of [{ latitude: 53.29, longitude: 2.09 }, { latitude: 53.31, longitude: 2.11 }]) {
      const { easting = 0, northing = 0 } = toGrid(corner) ?? {};
      expect(easting >= left && easting <= right && northing >= bottom && northing <= top).toBe(true);
    }
    expect(gridBox({ south: 10, west: 10, north: 11, east: 11 })).toBeUndefined();
  });
});
