import type { CaseLocation } from './case';
import type { Words } from './words';

/**
 * Where something is, line by line, as one whole: the address or street, the point in it that somebody marked, and what they wrote about it.
 * The middle of a street, which nobody marked, is left out.
 * @public
 */
export function placeWords({ lines = [], postcode, point, isMarked, near, note }: Pick<CaseLocation, 'lines' | 'postcode' | 'point' | 'isMarked' | 'near' | 'note'>): readonly Words[] {
  const place = [...lines, ...(postcode ? [postcode] : [])];
  return [...place, ...(point && (isMarked || place.length === 0) ? [pointWords(point, near)] : []), ...(note ? note.split('\n') : [])];
}

function pointWords({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }, near: string | undefined): Words {
  const numbers = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return near ? { en: `Point on the map near ${near} (${numbers})`, cy: `Pwynt ar y map ger ${near} (${numbers})` } : { en: `Point on the map: ${numbers}`, cy: `Pwynt ar y map: ${numbers}` };
}
