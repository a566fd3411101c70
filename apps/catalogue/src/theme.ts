import type { Theme } from '@guildhall/kernel-contract';

const SHELVES = '<path d="M4 3h16v18H4zm2 2v5h12V5zm0 7v7h12v-7zm2-6h2v4H8zm3 0h2v4h-2zm5.200.2l1.600.5-1 3.800-1.600-.5zM7 14h3v5H7zm4 1h2v4h-2zm3-2h2v6h-2z"';

/** The look of an invented region's catalogue: plum on paper, shelves for an emblem. */
export const catalogueTheme: Theme = {
  id: 'catalogue', brand: '#4a2150', brandDark: '#331538', ground: '#f7f3f8', link: '#4a2150', header: 'paper',
  fontStack: '"Source Sans 3", "Segoe UI", system-ui, sans-serif', headingFontStack: '"Source Serif 4", Georgia, "DejaVu Serif", serif',
  emblemSvg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${SHELVES} fill="#4a2150" fill-rule="evenodd"/></svg>`,
  faviconSvg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${SHELVES} fill="#4a2150" fill-rule="evenodd"/></svg>`,
};
