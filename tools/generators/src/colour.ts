const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/;
const [WHITE, BLACK] = ['#ffffff', '#000000'];

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = partsOf(colour).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function partsOf(colour: string): readonly number[] { return (HEX.exec(colour) ?? []).slice(1).map((part) => Number.parseInt(part, 16)); }

/** How well one colour can be told from another: 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function mixed(one: string, other: string, share: number): string {
  const others = partsOf(other);
  return `#${partsOf(one).map((part, at) => Math.round(part * (1 - share) + (others[at] ?? 0) * share).toString(16).padStart(2, '0')).join('')}`;
}

/** A look's four colours, made of one. */
export interface Palette { readonly brand: string; readonly brandDark: string; readonly ground: string; readonly link: string }

/** White words stand on the brand colour, and links in it on a ground that has a breath of it: both must be readable. */
export function paletteOf(brand: string): Palette {
  return { brand, brandDark: mixed(brand, BLACK, 0.3), ground: mixed(brand, WHITE, 0.96), link: brand };
}

/** The sentence that says what is wrong with a brand colour; none when it may be used. */
export function problemsOfBrand(brand: unknown): readonly string[] {
  if (typeof brand !== 'string' || !HEX.test(brand)) return [`The brand colour is "${String(brand)}": write it as six hexadecimal digits in lower case, like "#1d4f3a".`];
  const { ground } = paletteOf(brand);
  const least = Math.min(contrast(WHITE, brand), contrast(brand, ground));
  return least >= 4.5 ? [] : [`White words on ${brand}, and links in it, have a contrast of ${(Math.floor(least * 10) / 10).toFixed(1)} to 1, and everybody can read them from 4.5 on (WCAG 2.2, 1.4.3). Choose a darker brand colour.`];
}
