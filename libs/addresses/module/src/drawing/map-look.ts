import type { Theme } from '@guildhall/kernel-contract';

/** The colours of a map. */
export interface MapLook {
  readonly ground: string;
  readonly water: string;
  readonly green: string;
  readonly square: string;
  readonly road: string;
  readonly mainRoad: string;
  readonly edge: string;
  readonly building: string;
  readonly boundary: string;
  readonly words: string;
  readonly mark: string;
}

/** A map in the council's colours: its ground, main roads tinted with its brand, the mark in its darkest. Water stays blue and parks green, as people expect. */
export function lookOf(theme: Pick<Theme, 'brand' | 'brandDark' | 'ground'>): MapLook {
  return {
    ground: mixed(theme.ground, '#e8e6e1', 0.55), water: '#a9cfe0', green: '#cfe3bd', square: '#e9e4d8', road: '#ffffff', mainRoad: mixed(theme.brand, '#ffffff', 0.72), edge: '#8f8b84', building: '#d3ccc1',
    boundary: theme.brandDark, words: '#1d1d1d', mark: theme.brandDark,
  };
}

function mixed(one: string, other: string, part: number): string {
  const channels = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const others = channels(other);
  return `#${channels(one).map((channel, at) => Math.round(channel * (1 - part) + (others[at] ?? 0) * part).toString(16).padStart(2, '0')).join('')}`;
}
