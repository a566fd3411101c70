/** A heron at the water's edge before a hill, dark red on paper: Glanafon means "bank of the river". */
export const emblemSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60" width="60" height="60">
<path fill="#8c1d2c" d="M4 6h52v27c0 12-11 18.500-26 23C15 51.500 4 45 4 33z"/>
<path fill="#fff" fill-opacity=".28" d="M7 35l13-15 8 9 6-6 19 14c-1.200 8-9.500 12.600-23 16.800C16.800 49.700 8.400 44.800 7 35z"/>
<path fill="#fff" d="M33.500 11.500c3.300-.3 5.700 1.200 6.300 3.600l6.700 1.500-6.900.9c-.5 2.600-2.900 3.800-3.700 6.300-.6 1.900.6 3.300.3 5.900-.4 4-3.800 6.700-7.200 7.500l.7 8.800h-1.800l-1-8.600h-1.500l.3 8.600h-1.800l-.5-8.900c-3.200.6-6.600 1.900-9.400 4.400 1.600-5.600 5.600-10.600 10.900-12.500 3.700-1.300 6-2.500 6.500-5.100.6-3-1.300-4.700-1.100-7.800.2-2.500 1.500-4.400 3.200-4.600z"/>
<path fill="none" stroke="#fff" stroke-width="1.800" stroke-linecap="round" d="M12 46.500c3-1.600 6-1.600 9 0s6 1.600 9 0 6-1.600 9 0 6 1.600 9 0"/>
</svg>`;

/** The shield alone, for a browser's tab. */
export const faviconSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<path fill="#8c1d2c" d="M2 2h28v15c0 7-6 10.500-14 13C8 27.500 2 24 2 17z"/>
<path fill="none" stroke="#fff" stroke-width="2.200" stroke-linecap="round" d="M8 21c2.700-1.800 5.300-1.800 8 0s5.300 1.800 8 0M18 6.500c2 0 3.200 1.200 3.200 2.800 0 2.700-2.900 3.200-2.900 6 0 2.500-2 3.700-5.300 3.700"/>
</svg>`;
