import * as fc from 'fast-check';
import { distanceInMetres } from './geometry';
import { MAP_SIDE, MAP_ZOOMS, boundsOfView, fromMercator, mapAround, mapImagePath, mercator, movedView, parseMapView, placeInView, pointInView, readMapForm, writeMapView } from './map-view';

const place = fc.record({ latitude: fc.double({ min: 49, max: 61, noNaN: true }), longitude: fc.double({ min: -8, max: 2, noNaN: true }) });
const view = fc.tuple(place, fc.constantFrom(...MAP_ZOOMS)).map(([centre, zoom]) => mapAround(centre, zoom));
const start = mapAround({ latitude: 53.1, longitude: 1.95 }, 16);

describe('a view of a map', () => {
  it('finds the place again that it was asked about', () => {
    fc.assert(fc.property(view, fc.record({ x: fc.double({ min: 0, max: 1, noNaN: true }), y: fc.double({ min: 0, max: 1, noNaN: true }) }), (shown, at) => {
      const back = placeInView(shown, pointInView(shown, at));
      expect(Math.abs(back.x - at.x) + Math.abs(back.y - at.y)).toBeLessThan(0.02);
      expect(distanceInMetres(fromMercator(mercator(shown.centre)), shown.centre)).toBeLessThan(0.01);
    }));
  });
  it('is read from what was written', () => fc.assert(fc.property(view, (shown) => expect(parseMapView(writeMapView(shown))).toEqual(shown))));
  it.each(['', '16', '16/', '12/53,1', '19/53,1', '16/91,0', '16/53', 'x/53,1', '16/53,1/extra-that-is-ignored'.repeat(9)])('is not read from %j', (text) => {
    const read = parseMapView(text);
    if (read) expect(text.startsWith('16/53,1')).toBe(true);
  });
  it('is a square of about 733 m in England at zoom 16, and half of that a step nearer', () => {
    const bounds = boundsOfView(start);
    const width = distanceInMetres({ latitude: 53.1, longitude: bounds.west }, { latitude: 53.1, longitude: bounds.east });
    const height = distanceInMetres({ latitude: bounds.south, longitude: 1.95 }, { latitude: bounds.north, longitude: 1.95 });
    expect(Math.round(width)).toBe(733);
    expect(Math.abs(width - height)).toBeLessThan(1);
  });
  it('moves by half its side and comes back', () => {
    for (const [there, back] of [['north', 'south'], ['east', 'west'], ['in', 'out']] as const) {
      const moved = movedView(movedView(start, there), back);
      expect(moved.zoom).toBe(16);
      expect(distanceInMetres(moved.centre, start.centre)).toBeLessThan(2);
    }
    expect(movedView(start, 'north').centre.latitude).toBeGreaterThan(start.centre.latitude);
    expect(movedView(start, 'east').centre.longitude).toBeGreaterThan(start.centre.longitude);
  });
  it('stays at the nearest and at the farthest', () => {
    expect(movedView(mapAround(start.centre, 18), 'in').zoom).toBe(18);
    expect(movedView(mapAround(start.centre, 13), 'out').zoom).toBe(13);
  });
  it('has a picture by a path that says everything', () => expect(mapImagePath(start, { language: 'cy', at: { latitude: 53.1001, longitude: 1.9502 } })).toBe('/map/cy/16/53.1,1.95.svg?at=53.1001,1.9502'));
});

describe('what a form with a map says', () => {
  const form = (fields: Record<string, string>): ReturnType<typeof readMapForm> => readMapForm({ 'where-view': '16/53.1,1.95', ...fields }, 'where', mapAround({ latitude: 0, longitude: 0 }));
  it('a click in the middle picks the middle, on wide and on narrow screens', () => {
    for (const [side, length] of Object.entries(MAP_SIDE)) {
      const { point, did } = form({ [`where-${side}.x`]: String(length / 2), [`where-${side}.y`]: String(length / 2) });
      expect(did).toBe('picked');
      expect(distanceInMetres(point ?? { latitude: 0, longitude: 0 }, start.centre)).toBeLessThan(0.2);
    }
  });
  it('a click to the upper right is to the north-east, and the map comes to lie around it', () => {
    const { point, view: shown } = form({ 'where-wide.x': '500', 'where-wide.y': '10' });
    expect((point?.latitude ?? 0) > 53.1 && (point?.longitude ?? 0) > 1.95).toBe(true);
    expect(distanceInMetres(shown.centre, point ?? start.centre)).toBeLessThan(2);
  });
  it('Enter on the picture picks nothing: it sends 0,0', () => expect(form({ 'where-wide.x': '0', 'where-wide.y': '0' }).did).toBeUndefined());
  it('a button moves the map and keeps the mark', () => {
    expect(form({ 'where-move': 'out', 'where-point': '53.1002,1.9511' })).toEqual({ view: { centre: start.centre, zoom: 15 }, point: { latitude: 53.1002, longitude: 1.9511 }, did: 'moved' });
  });
  it('coming nearer goes towards the mark, when it is on the map', () => {
    expect(form({ 'where-move': 'in', 'where-point': '53.1002,1.9511' }).view).toEqual({ centre: { latitude: 53.1002, longitude: 1.9511 }, zoom: 17 });
    expect(form({ 'where-move': 'in', 'where-point': '53.5,1.95' }).view).toEqual({ centre: start.centre, zoom: 17 });
    expect(form({ 'where-move': 'in' }).view).toEqual({ centre: start.centre, zoom: 17 });
  });
  it('the middle can be marked by keyboard', () => expect(form({ 'where-move': 'mark' })).toEqual({ view: start, point: start.centre, did: 'picked' }));
  it('the place where the device is can be sent', () => expect(form({ 'where-move': 'here', 'where-here': '53.11,1.96' })).toMatchObject({ point: { latitude: 53.11, longitude: 1.96 }, did: 'picked' }));
  it('another button sends the mark as the answer', () => expect(form({ 'where-point': '53.1002,1.9511' })).toEqual({ view: start, point: { latitude: 53.1002, longitude: 1.9511 } }));
  it('nonsense is no answer and never a fault', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('where-view', 'where-point', 'where-move', 'where-wide.x', 'where-wide.y', 'where-narrow.x', 'where-here'), fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 2 }))), (fields) => {
      const { point } = readMapForm(fields, 'where', start);
      if (point) expect(Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180).toBe(true);
    }));
  });
});
