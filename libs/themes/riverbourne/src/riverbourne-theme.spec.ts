import { riverbourneTheme } from './riverbourne-theme';

// Measured here as WCAG 2.2 defines it, so that the theme is judged by the rule and not by what is used to check it at start.
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe('the look of riverbourne', () => {
  const { brand, brandDark, ground, link } = riverbourneTheme;
  it.each([
    ['white on the brand colour', '#ffffff', brand], ['white on its darker shade', '#ffffff', brandDark], ['the council’s name on paper', brandDark, '#ffffff'], ['headings on the ground', brandDark, ground],
    ['text on the ground', '#0b0c0c', ground], ['secondary text on the ground', '#484949', ground], ['errors on the ground', '#ca3535', ground], ['links on white', link, '#ffffff'], ['links on the ground', link, ground],
  ])('lets everybody read %s', (_what, one, other) => { expect(contrast(one, other)).toBeGreaterThanOrEqual(4.5); });
  it('tells the brand colour from the page around it', () => { expect(contrast(brand, ground)).toBeGreaterThanOrEqual(3); });
  it('has pictures that load nothing and run nothing', () => {
    for (const svg of [riverbourneTheme.emblemSvg, riverbourneTheme.faviconSvg]) {
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="/);
      expect(svg).not.toMatch(/<script|<image|<foreignObject|href=|\son\w+=|style=|url\(/i);
    }
  });
});
