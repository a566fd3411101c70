import type { Theme } from '@guildhall/kernel-contract';
import { emblemSvg, faviconSvg } from './emblem';

/** The look of Cyngor Glanafon (invented): deep red on paper, headings in an old-style serif. @public */
export const glanafonTheme: Theme = Object.freeze({
  id: 'glanafon',
  brand: '#8c1d2c',
  brandDark: '#5e101c',
  ground: '#fbf6ee',
  link: '#7a1726',
  fontStack: 'Charter, "Bitstream Charter", "Source Sans 3", "Segoe UI", system-ui, sans-serif',
  headingFontStack: '"Iowan Old Style", "Palatino Linotype", "URW Palladio L", Palatino, "DejaVu Serif", serif',
  header: 'paper',
  emblemSvg,
  faviconSvg,
});
