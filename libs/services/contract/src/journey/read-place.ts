import { distanceInMetres, isWithin, parsePoint, parsePostcode } from '@guildhall/addresses-contract';
import type { Point } from '@guildhall/addresses-contract';
import type { AddressAnswer, LocationAnswer } from '../answers';
import type { AddressQuestion, LocationQuestion } from '../question';
import { ERRORS } from './error-texts';
import { fieldOf, type RawFields, type Reading, type ReadingAid } from './reading';

/** What a place may be chosen from in a list; `typed` and `described` mean "what I wrote below". @public */
export type PlaceChoice = { readonly kind: 'property' | 'street'; readonly id: string } | { readonly kind: 'by-hand' } | undefined;

/** Reads the choice of a list: `uprn:99000000001`, `usrn:99000001`, `by-hand`. @public */
export function placeChoice(raw: RawFields, question: string): PlaceChoice {
  const typed = fieldOf(raw, `${question}-choice`);
  const match = /^(uprn|usrn):(\d{1,12})$/.exec(typed);
  if (match) return { kind: match[1] === 'uprn' ? 'property' : 'street', id: match[2] ?? '' };
  return typed === 'by-hand' ? { kind: 'by-hand' } : undefined;
}

const LINE = 100;

/** An address: one that was chosen, or one that was typed. */
export function readAddress(question: AddressQuestion, raw: RawFields, { lookedUp }: ReadingAid): Reading<AddressAnswer> {
  const choice = placeChoice(raw, question.id);
  if (choice?.kind === 'property') {
    const address = lookedUp?.address;
    if (!address) return { problem: { field: `${question.id}-find`, message: ERRORS.addressGone } };
    return { value: { way: 'found', uprn: address.uprn, lines: address.lines, postcode: address.postcode, point: address.point, ...(address.ward && { ward: address.ward }) } };
  }
  const lines = (['line1', 'line2', 'town'] as const).map((part) => fieldOf(raw, `${question.id}-${part}`).replace(/\s+/g, ' '));
  const typed = fieldOf(raw, `${question.id}-postcode`);
  if (lines.every((line) => line === '') && typed === '') return { value: undefined };
  if (!lines[0]) return { problem: { field: `${question.id}-line1`, message: ERRORS.addressLine, parts: ['line1'] } };
  const long = lines.findIndex((line) => [...line].length > LINE);
  if (long !== -1) return { problem: { field: `${question.id}-${['line1', 'line2', 'town'][long]}`, message: ERRORS.tooLong(LINE), parts: [['line1', 'line2', 'town'][long] ?? 'line1'] } };
  const postcode = parsePostcode(typed);
  if (!postcode) return { problem: { field: `${question.id}-postcode`, message: ERRORS.addressPostcode, parts: ['postcode'] } };
  return { value: { way: 'typed', lines: lines.filter((line) => line !== ''), postcode } };
}

const DESCRIPTION = 500;

/** How far a point may be from the address or street that was chosen before somebody is asked which of the two is right. @public */
export const FAR_APART_IN_METRES = 500;

/** A place: chosen from a list, a point, or words; a point given besides a chosen street says where in it, unless it is far from it. */
export function readLocation(question: LocationQuestion, raw: RawFields, { lookedUp }: ReadingAid): Reading<LocationAnswer> {
  const note = fieldOf(raw, `${question.id}-described`);
  if ([...note].length > DESCRIPTION) return { problem: { field: `${question.id}-described`, message: ERRORS.tooLong(DESCRIPTION), parts: ['described'] } };
  const typed = fieldOf(raw, `${question.id}-point`);
  const point = typed === '' ? undefined : parsePoint(typed);
  if (typed !== '' && !point) return { problem: { field: `${question.id}-point`, message: ERRORS.notAPoint(lookedUp?.ground?.example), parts: ['point'] } };
  const ground = lookedUp?.ground;
  if (point && ground && !isWithin(ground.bounds, point)) return { problem: { field: `${question.id}-point`, message: ERRORS.pointOutside(ground.council, ground.example), parts: ['point'] } };
  if (point && !isInUnitedKingdom(point)) return { problem: { field: `${question.id}-point`, message: ERRORS.pointElsewhere, parts: ['point'] } };
  const own = { ...(note && { note }) };
  const choice = placeChoice(raw, question.id);
  if (choice?.kind === 'property' || choice?.kind === 'street') {
    const found = choice.kind === 'property' ? lookedUp?.address : lookedUp?.street;
    if (!found) return { problem: { field: `${question.id}-find`, message: ERRORS.addressGone } };
    const metres = point && !lookedUp?.isPointInStreet ? distanceInMetres(found.point, point) : 0;
    const right = metres > FAR_APART_IN_METRES ? whichIsRight(raw, question.id) : 'both';
    if (!right) return { problem: { field: `${question.id}-right`, message: ERRORS.farApart('name' in found ? found.name : (found.lines[0] ?? ''), metres), parts: ['right'] } };
    const marked = right === 'both' ? point : undefined;
    const rest = { point: marked ?? found.point, ...(marked && markedBy(lookedUp)), ...wardOf((marked && lookedUp?.ward) ?? found.ward), ...own };
    if (right !== 'point') return { value: 'uprn' in found ? { way: 'property', uprn: found.uprn, lines: found.lines, postcode: found.postcode, ...rest } : { way: 'street', usrn: found.usrn, lines: [found.name, found.town], ...rest } };
  }
  if (isPlaceLost(raw, question.id)) return { problem: { field: `${question.id}-find`, message: ERRORS.addressGone } };
  if (point) return { value: { way: 'point', point, ...markedBy(lookedUp), ...wardOf(lookedUp?.ward), ...own } };
  return { value: note ? { way: 'described', note } : undefined };
}

/** What the two were between which somebody was asked to decide: another choice, or another point, is asked about anew. @public */
export function placeAndPoint(raw: RawFields, question: string): string {
  return `${fieldOf(raw, `${question}-choice`)} ${fieldOf(raw, `${question}-point`)}`;
}

function whichIsRight(raw: RawFields, question: string): 'place' | 'point' | undefined {
  const right = fieldOf(raw, `${question}-right`);
  return (right === 'place' || right === 'point') && fieldOf(raw, `${question}-apart`) === placeAndPoint(raw, question) ? right : undefined;
}

/** The place was said to be right, and did not come along: the point would be the opposite. */
function isPlaceLost(raw: RawFields, question: string): boolean {
  return placeChoice(raw, question) === undefined && fieldOf(raw, `${question}-right`) === 'place' && /^(uprn|usrn):/.test(fieldOf(raw, `${question}-apart`));
}

function markedBy(lookedUp: ReadingAid['lookedUp']): Pick<LocationAnswer, 'isMarked' | 'near'> {
  return { isMarked: true, ...(lookedUp?.near && { near: lookedUp.near }) };
}

function wardOf(ward: LocationAnswer['ward']): Pick<LocationAnswer, 'ward'> {
  return ward ? { ward } : {};
}

/** Corners of the United Kingdom with its islands, roughly: what is outside was typed wrongly. */
function isInUnitedKingdom({ latitude, longitude }: Point): boolean {
  return latitude >= 49.5 && latitude <= 61.5 && longitude >= -9 && longitude <= 2.5;
}
