import * as fc from 'fast-check';
import { boundsAround, distanceInMetres, isInside, isWithin, parsePoint, pointOf } from './geometry';

const place = fc.record({ latitude: fc.double({ min: 49, max: 61, noNaN: true }), longitude: fc.double({ min: -8, max: 2, noNaN: true }) });

describe('places on the ground', () => {
  it('measures a degree of latitude as 111 km', () => expect(distanceInMetres({ latitude: 52, longitude: -4 }, { latitude: 53, longitude: -4 })).toBeCloseTo(111_195, -1));
  it('is as far there as back, and nowhere from itself', () => {
    fc.assert(fc.property(place, place, (a, b) => {
      expect(distanceInMetres(a, b)).toBeCloseTo(distanceInMetres(b, a), 6);
      expect(distanceInMetres(a, a)).toBe(0);
    }));
  });
  it('makes a rectangle whose edges are as far away as was asked', () => {
    fc.assert(fc.property(place, fc.integer({ min: 10, max: 5_000 }), (centre, metres) => {
      const bounds = boundsAround(centre, metres);
      expect(isWithin(bounds, centre)).toBe(true);
      expect(distanceInMetres(centre, { latitude: bounds.north, longitude: centre.longitude })).toBeCloseTo(metres, 0);
      expect(Math.abs(distanceInMetres(centre, { latitude: centre.latitude, longitude: bounds.east }) - metres)).toBeLessThan(metres / 1_000 + 0.1);
    }));
  });
  it('knows inside from outside, also of an outline with a bay', () => {
    const outline = [[0, 0], [0, 4], [4, 4], [4, 0], [2, 2]].map(([latitude, longitude]) => ({ latitude: latitude as number, longitude: longitude as number }));
    expect(isInside(outline, { latitude: 1, longitude: 2 })).toBe(true);
    expect(isInside(outline, { latitude: 2, longitude: 0.5 })).toBe(false);
    expect(isInside(outline, { latitude: 5, longitude: 5 })).toBe(false);
  });
  it.each([['53.1, 1.95', 53.1, 1.95], ['53.1 1.95', 53.1, 1.95], [' 52.38;-4.6 ', 52.38, -4.6], ['53.1°, 1.95°', 53.1, 1.95], ['-1.5,+2', -1.5, 2]])('reads %j', (written, latitude, longitude) => expect(parsePoint(written)).toEqual({ latitude, longitude }));
  it.each(['', '53.1', '91,0', '0,181', '1e1,2', 'NaN,NaN', '53.1,1.95,4', 'fifty, two', `${'1'.repeat(500)},2`])('does not take %j for a point', (written) => expect(parsePoint(written)).toBeUndefined());
  it('has no point off the Earth', () => expect([pointOf(Number.NaN, 0), pointOf(0, Infinity), pointOf(90.1, 0), pointOf(90, 180)]).toEqual([undefined, undefined, undefined, { latitude: 90, longitude: 180 }]));
});
