import type { Theme } from '@guildhall/kernel-contract';
import { contrastRatio, isColour, mix } from './contrast';

const WHITE = '#ffffff';
/** GOV.UK Frontend's text colour. */
const TEXT = '#0b0c0c';

/**
 * What is wrong with a theme, in sentences that say what to do; none when it may be used.
 * Text must be readable (WCAG 2.2, 1.4.3: 4.5 to 1), and nothing of the theme may break out of the stylesheet.
 * @public
 */
export function problemsOfTheme(theme: Theme): readonly string[] {
  const problems: string[] = [];
  for (const name of ['brand', 'brandDark', 'ground', 'link'] as const) if (!isColour(theme[name])) problems.push(`The theme ${theme.id} has ${name}: "${theme[name]}". Write it as six hexadecimal digits, like #0b6e6e.`);
  if (problems.length > 0) return problems;
  const wanted: readonly [string, string, string][] = [
    ['white text on brand', WHITE, theme.brand], ['white text on brandDark', WHITE, theme.brandDark], ['brandDark on ground', theme.brandDark, theme.ground],
    ['text on ground', TEXT, theme.ground], ['link on white', theme.link, WHITE], ['link on ground', theme.link, theme.ground],
  ];
  for (const [what, one, other] of wanted) {
    const ratio = contrastRatio(one, other);
    if (ratio < 4.5) problems.push(`The theme ${theme.id} has ${what} (${one} on ${other}) at a contrast of ${ratio.toFixed(2)}; it must be at least 4.5. Darken one or lighten the other.`);
  }
  for (const name of ['fontStack', 'headingFontStack'] as const) if (/[;{}<>]/.test(theme[name] ?? '')) problems.push(`The theme ${theme.id} has a ${name} with one of ; { } < > in it. Write a CSS font-family value only.`);
  for (const name of ['emblemSvg', 'faviconSvg'] as const) if (!/^\s*<svg[\s>]/.test(theme[name])) problems.push(`The theme ${theme.id} has a ${name} that does not begin with <svg.`);
  return problems;
}

/** A council's look as custom properties over the one stylesheet. */
export function themeStylesheet(theme: Theme): string {
  const isPaper = theme.header === 'paper';
  const properties: Readonly<Record<string, string>> = {
    '--govuk-brand-colour': theme.brand,
    '--govuk-link-colour': theme.link,
    '--govuk-link-hover-colour': theme.brandDark,
    '--govuk-template-background-colour': theme.ground,
    '--govuk-surface-background-colour': theme.ground,
    '--govuk-surface-border-colour': mix(theme.ground, theme.brandDark, 0.25),
    '--guildhall-brand-dark': theme.brandDark,
    '--guildhall-font': theme.fontStack,
    '--guildhall-heading-font': theme.headingFontStack ?? theme.fontStack,
    '--guildhall-header-background': isPaper ? WHITE : theme.brand,
    '--guildhall-header-text': isPaper ? theme.brandDark : WHITE,
    '--guildhall-header-rule': isPaper ? theme.brand : theme.brandDark,
  };
  return `:root{${Object.entries(properties).map(([name, value]) => `${name}:${value}`).join(';')}}`;
}
