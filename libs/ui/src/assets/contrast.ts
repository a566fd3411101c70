const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (HEX.exec(colour) ?? []).slice(1).map((part) => {
    const value = Number.parseInt(part, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Whether this is a colour as a theme writes it: `#0b6e6e`. */
export function isColour(colour: string): boolean {
  return HEX.test(colour);
}

/** Contrast ratio of two colours (WCAG 2.2, "contrast ratio"): 1 to 21. @public */
export function contrastRatio(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** A colour between two. */
export function mix(one: string, other: string, share: number): string {
  const [a, b] = [HEX.exec(one), HEX.exec(other)];
  if (!a || !b) return one;
  return `#${[1, 2, 3].map((index) => Math.round(Number.parseInt(a[index] ?? '0', 16) * (1 - share) + Number.parseInt(b[index] ?? '0', 16) * share).toString(16).padStart(2, '0')).join('')}`;
}
