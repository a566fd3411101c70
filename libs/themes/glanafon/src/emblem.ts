/** A heron at the water's edge before a hill, dark red on paper: Glanafon means "bank of the river". */
export const emblemSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60" width="60" height="60">
<path fill="#8c1d2c" d="M4 6h52v27c0 12-11 18.5-26 23C15 51.5 4 45 4 33z"/>
<path fill="#fff" fill-opacity=".28" d="M7 35l13-15 8 9 6-6 19 14c-1.2 8-9.5 12.6-23 16.8C16.8 49.7 8.4 44.8 7 35z"/>
<path fill="#fff" d="M33.5 11.5c3.3-.3 5.7 1.2 6.3 3.6l6.7 1.5-6.9.9c-.5 2.6-2.9 3.8-3.7 6.3-.6 1.9.6 3.3.3 5.9-.4 4-3.8 6.7-7.2 7.5l.7 8.8h-1.8l-1-8.6h-1.5l.3 8.6h-1.8l-.5-8.9c-3.2.6-6.6 1.9-9.4 4.4 1.6-5.6 5.6-10.6 10.9-12.5 3.7-1.3 6-2.5 6.5-5.1.6-3-1.3-4.7-1.1-7.8.2-2.5 1.5-4.4 3.2-4.6z"/>
<path fill="none" stroke="#fff" stroke-width="1.8" stroke-linecap="round" d="M12 46.5c3-1.6 6-1.6 9 0s6 1.6 9 0 6-1.6 9 0 6 1.6 9 0"/>
</svg>`;

/** The shield alone, for a browser's tab. */
export const faviconSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<path fill="#8c1d2c" d="M2 2h28v15c0 7-6 10.5-14 13C8 27.5 2 24 2 17z"/>
<path fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round" d="M8 21c2.7-1.8 5.3-1.8 8 0s5.3 1.8 8 0M18 6.5c2 0 3.2 1.2 3.2 2.8 0 2.7-2.9 3.2-2.9 6 0 2.5-2 3.7-5.3 3.7"/>
</svg>`;
