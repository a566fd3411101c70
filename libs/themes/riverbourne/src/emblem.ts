/** A bridge of three arches over a river, white on the brand colour. */
export const emblemSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60" width="60" height="60">
<circle cx="30" cy="30" r="28" fill="none" stroke="#fff" stroke-width="2.5"/>
<path fill="#fff" d="M6 27.5c8-1.6 16-2.5 24-2.5s16 .9 24 2.5v5.5l-3.2-.6v4.1h-3.4a5.2 5.2 0 0 0-10.4 0h-1.8a5.2 5.2 0 0 0-10.4 0H23a5.2 5.2 0 0 0-10.4 0H9.2v-4.1L6 33z"/>
<path fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round" d="M9 42.5c3.5-2.4 7-2.4 10.5 0s7 2.4 10.5 0 7-2.4 10.5 0 7 2.4 10.5 0M15 49c2.5-1.7 5-1.7 7.5 0s5 1.7 7.5 0 5-1.7 7.5 0 5 1.7 7.5 0"/>
<path fill="#fff" d="M30 7l2.2 4.6 5 .7-3.6 3.5.8 5-4.4-2.4-4.4 2.4.8-5-3.6-3.5 5-.7z"/>
</svg>`;

/** The arches and the river alone, for a browser's tab. */
export const faviconSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="6" fill="#00606a"/>
<path fill="#fff" d="M3 12c4.3-.9 8.7-1.3 13-1.3s8.7.4 13 1.3v8h-2.8a3.6 3.6 0 0 0-7.2 0h-1.4a3.6 3.6 0 0 0-7.2 0H9a3.6 3.6 0 0 0-.1 0H3z"/>
<path fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round" d="M4 25c2-1.5 4-1.5 6 0s4 1.5 6 0 4-1.5 6 0 4 1.5 6 0"/>
</svg>`;
