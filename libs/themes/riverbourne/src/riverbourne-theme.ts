import type { Theme } from '@guildhall/kernel-contract';
import { emblemSvg, faviconSvg } from './emblem';

/** The look of Riverbourne Borough Council (invented): teal on warm grey, a humanist sans serif. @public */
export const riverbourneTheme: Theme = Object.freeze({
  id: 'riverbourne',
  brand: '#00606a',
  brandDark: '#003d44',
  ground: '#f4f1ec',
  link: '#005a64',
  fontStack: 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", source-sans-pro, sans-serif',
  header: 'brand',
  emblemSvg,
  faviconSvg,
});
