import { distanceInMetres, isWithin, pointOf } from '@guildhall/addresses-contract';
import type { Point } from '@guildhall/addresses-contract';
import { fromGrid } from '../national-grid';
import { polygonIn } from './polygon';
import { hundredths } from './records';
import type { Fields, SimulatedRecord } from './records';
import { fromMercator, toMercator } from './web-mercator';

/** A question that breaks the API's rules: 400 with this message. */
export class BadQuestion extends Error {}

const DEGREES = new Set(['WGS84', 'EPSG:4326', 'EPSG:4258']);
const GRID = new Set(['BNG', 'EPSG:27700']);
const MERCATOR = 'EPSG:3857';
const KNOWN_SRS = [...GRID, ...DEGREES, MERCATOR];
const EPOCH = '124';

interface Matched { readonly record: SimulatedRecord; readonly match: number; readonly distance?: number }

/** Answers what the resource is asked, as the technical specification of OS Places says. @throws BadQuestion */
export function answerOf(resource: string, query: URLSearchParams, records: readonly SimulatedRecord[], uri: string, body = ''): object | undefined {
  const asked = new Question(query);
  const inScope = records.filter((record) => asked.takes(record));
  switch (resource) {
    case 'postcode': return asked.answer(byPostcode(asked.needed('postcode'), inScope), uri, `postcode=${asked.needed('postcode')}`);
    case 'find': return asked.answer(byWords(asked, inScope), uri, `query=${asked.needed('query')}`, { matchprecision: asked.whole('matchprecision', 1, 1, 10) });
    case 'uprn': {
      const uprn = asked.needed('uprn');
      if (!/^\d{1,12}$/.test(uprn)) throw new BadQuestion('Parameter uprn must be a number of 1 to 12 digits.');
      return asked.answer(exact(inScope.filter(({ place }) => Number(place.uprn) === Number(uprn))), uri, `uprn=${uprn}`);
    }
    case 'nearest': {
      const near = aroundPoint(asked, inScope);
      return asked.answer(near.filter(({ distance }) => distance === near[0]?.distance), uri, `point=${asked.needed('point')}`);
    }
    // The circle has no order of distance: whoever wants the nearest has to look at all.
    case 'radius': return asked.answer(aroundPoint(asked, inScope).toSorted((a, b) => (a.record.place.uprn < b.record.place.uprn ? -1 : 1)), uri, `point=${asked.needed('point')}`);
    case 'bbox': return asked.answer(exact(inScope.filter(({ place }) => asked.boxHolds('bbox', place.point))), uri, `bbox=${asked.needed('bbox')}`);
    case 'polygon': {
      const holds = polygonIn(body, (first, second) => asked.position(first, second));
      if (!holds) throw new BadQuestion('The body must be a GeoJSON Polygon or MultiPolygon, or a Feature of one.');
      return asked.answer(exact(inScope.filter(({ place }) => holds(place.point))), uri, 'polygon');
    }
    default: return undefined;
  }
}

function exact(records: readonly SimulatedRecord[]): Matched[] { return records.map((record) => ({ record, match: 1 })); }

/** A whole postcode, or one from its beginning to at least its sector. */
function byPostcode(written: string, records: readonly SimulatedRecord[]): Matched[] {
  const wanted = written.toUpperCase().replace(/\s/g, '');
  if (!/^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{0,2}$/.test(wanted)) throw new BadQuestion('Requested postcode must contain a minimum of the sector plus 1 digit of the district e.g. SO1. Requested postcode was ' + written);
  return exact(records.filter(({ place }) => place.postcode.replace(' ', '').startsWith(wanted)));
}

/** The share of the words that stand in the address: whole ones count more than beginnings. */
function byWords(asked: Question, records: readonly SimulatedRecord[]): Matched[] {
  const words = wordsOf(asked.needed('query'));
  const least = asked.decimal('minmatch', 0.1, 0.1, 1);
  if (words.length === 0) throw new BadQuestion('Parameter query must hold words.');
  return records.filter(({ place }) => asked.boxHolds('bbox', place.point)).map((record) => {
    const own = wordsOf(String(record.fields['ADDRESS']));
    const scores = words.map((word) => (own.includes(word) ? 1 : /^\D/.test(word) && own.some((each) => each.startsWith(word)) ? 0.7 : 0));
    return { record, match: Math.round((scores.reduce<number>((sum, score) => sum + score, 0) / words.length) * 10) / 10 };
  }).filter(({ match }) => match >= least).sort((a, b) => b.match - a.match || (a.record.place.uprn < b.record.place.uprn ? -1 : 1));
}

function aroundPoint(asked: Question, records: readonly SimulatedRecord[]): Matched[] {
  const centre = asked.point('point');
  const radius = asked.decimal('radius', 100, 0.01, 1_000);
  return records.map((record) => ({ record, match: 1, distance: distanceInMetres(centre, record.place.point) })).filter(({ distance }) => distance <= radius).sort((a, b) => a.distance - b.distance);
}

function wordsOf(text: string): string[] { return text.normalize('NFKD').replace(/[\p{M}'’]/gu, '').toLowerCase().split(/[^a-z0-9]+/).filter(Boolean); }

class Question {
  constructor(private readonly query: URLSearchParams) {
    if ((query.get('format') ?? 'JSON').toUpperCase() !== 'JSON') throw new BadQuestion('This simulator answers in JSON only.');
    this.datasets();
    this.languages();
    for (const name of ['srs', 'output_srs'] as const) if (!KNOWN_SRS.includes(this.#srs(name))) throw new BadQuestion(`Parameter ${name} is none of ${KNOWN_SRS.join(', ')}.`);
  }

  needed(name: string): string {
    const value = this.query.get(name)?.trim();
    if (!value) throw new BadQuestion(`Parameter ${name} is missing or empty.`);
    return value;
  }
  whole(name: string, usual: number, least: number, most: number): number {
    const value = this.decimal(name, usual, least, most);
    if (!Number.isInteger(value)) throw new BadQuestion(`Parameter ${name} must be a whole number.`);
    return value;
  }
  decimal(name: string, usual: number, least: number, most: number): number {
    const written = this.query.get(name);
    const value = written === null ? usual : Number(written);
    if (!Number.isFinite(value) || value < least || value > most) throw new BadQuestion(`Parameter ${name} must be between ${least} and ${most}.`);
    return value;
  }
  datasets(): readonly string[] { return this.#listed('dataset', 'DPA', ['DPA', 'LPI']); }
  languages(): readonly string[] { return this.#listed('lr', 'EN,CY', ['EN', 'CY']); }

  takes(record: SimulatedRecord): boolean {
    if (!this.datasets().includes(record.dataset) || !this.languages().includes(record.language.toUpperCase())) return false;
    // Each fq must hold; within one, one of its codes.
    return this.query.getAll('fq').every((filter) => filter.split(/\s+/).filter(Boolean).some((code) => {
      const [, field = '', wanted = ''] = /^([A-Z_]+):([A-Za-z0-9*]+)$/.exec(code) ?? [];
      if (!['CLASSIFICATION_CODE', 'LOGICAL_STATUS_CODE', 'LPI_LOGICAL_STATUS_CODE', 'COUNTRY_CODE'].includes(field)) throw new BadQuestion(`Parameter fq does not understand ${code}.`);
      const own = String(record.fields[field] ?? '');
      return wanted.endsWith('*') ? own.startsWith(wanted.slice(0, -1)) : own === wanted;
    }));
  }

  /** `x,y` in metres of the grid or of the web's maps, or `latitude,longitude`. */
  point(name: string): Point {
    const [first = Number.NaN, second = Number.NaN] = this.needed(name).split(',').map(Number);
    const point = DEGREES.has(this.#srs('srs')) ? pointOf(first, second) : this.position(first, second);
    if (!point) throw new BadQuestion(`Parameter ${name} is no point of the ${GRID.has(this.#srs('srs')) ? 'British National Grid' : 'Earth'}.`);
    return point;
  }
  /** A position of GeoJSON: metres of the grid or of the web's maps, or longitude and latitude. */
  position(first: number, second: number): Point | undefined {
    if (GRID.has(this.#srs('srs'))) return fromGrid({ easting: first, northing: second });
    return this.#srs('srs') === MERCATOR ? fromMercator(first, second) : pointOf(second, first);
  }
  boxHolds(name: string, point: Point): boolean {
    const written = this.query.get(name);
    if (written === null) return true;
    const [left = Number.NaN, bottom = Number.NaN, right = Number.NaN, top = Number.NaN] = written.split(',').map(Number);
    const [southWest, northEast] = [fromGrid({ easting: left, northing: bottom }), fromGrid({ easting: right, northing: top })];
    if (!southWest || !northEast) throw new BadQuestion(`Parameter ${name} must be left,bottom,right,top within the British National Grid.`);
    return isWithin({ south: southWest.latitude, west: southWest.longitude, north: northEast.latitude, east: northEast.longitude }, point);
  }

  answer(found: readonly Matched[], uri: string, query: string, more: object = {}): object {
    const most = this.whole('maxresults', 100, 1, 100);
    const offset = this.whole('offset', 0, 0, Number.MAX_SAFE_INTEGER);
    const shown = found.slice(offset, offset + most).map(({ record, match }) => ({ [record.dataset]: this.#written(record, match) }));
    return {
      header: { uri, query, offset, totalresults: found.length, format: 'JSON', dataset: this.datasets().join(','), lr: this.languages().join(','), maxresults: most, ...more, epoch: EPOCH, lastupdate: '2026-11-23', output_srs: this.#srs('output_srs') },
      ...(found.length > 0 ? { results: shown } : {}),
    };
  }

  #written({ fields, place }: SimulatedRecord, match: number): Fields {
    const isInDegrees = DEGREES.has(this.#srs('output_srs'));
    const shown = Object.fromEntries(Object.entries(fields).filter(([field]) => isInDegrees || (field !== 'LNG' && field !== 'LAT')));
    const { x, y } = toMercator(place.point);
    const web: Fields = this.#srs('output_srs') === MERCATOR ? { X_COORDINATE: hundredths(x), Y_COORDINATE: hundredths(y) } : {};
    return { ...shown, ...web, MATCH: match, MATCH_DESCRIPTION: match === 1 ? 'EXACT' : 'NO MATCH' };
  }
  #srs(name: 'srs' | 'output_srs'): string { return this.query.get(name) ?? 'EPSG:27700'; }
  #listed(name: string, usual: string, known: readonly string[]): readonly string[] {
    const values = (this.query.get(name) ?? usual).toUpperCase().split(',');
    for (const value of values) if (!known.includes(value)) throw new BadQuestion(`Parameter ${name} does not know ${value}.`);
    return values;
  }
}
