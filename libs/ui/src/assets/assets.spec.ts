import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import type { Theme } from '@guildhall/kernel-contract';
import { Assets } from './assets';
import { contrastRatio } from './contrast';
import { problemsOfTheme, themeStylesheet } from './theme-stylesheet';

const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';
const theme: Theme = { id: 'testham', brand: '#00606a', brandDark: '#003c43', ground: '#f4f2ee', link: '#00606a', fontStack: '"A Font", sans-serif', emblemSvg: svg, faviconSvg: svg };

describe('assets', () => {
  const assets = new Assets();
  it('have names made from their content, and are found by them only', () => {
    const address = assets.path('site.css');
    expect(address).toMatch(/^\/assets\/site-[0-9a-f]{10}\.css$/);
    expect(assets.find(address.slice('/assets/'.length))?.contentType).toBe('text/css; charset=utf-8');
    expect(assets.find('site.css')).toBeUndefined();
    expect(assets.find('../package.json')).toBeUndefined();
    expect(() => assets.path('nothing.css')).toThrow('There is no asset "nothing.css"');
  });
  it('are sent in the best coding that the browser takes', () => {
    const file = assets.find(assets.path('site.js').slice('/assets/'.length));
    const brotli = file?.encoded('gzip, deflate, br');
    expect(brotli?.encoding).toBe('br');
    expect(zlib.brotliDecompressSync(brotli?.bytes ?? Buffer.alloc(0)).equals(file?.bytes ?? Buffer.alloc(0))).toBe(true);
    const gzip = file?.encoded('gzip;q=0.5, br;q=0');
    expect(gzip?.encoding).toBe('gzip');
    expect(zlib.gunzipSync(gzip?.bytes ?? Buffer.alloc(0)).equals(file?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect(file?.encoded(undefined)).toEqual({ bytes: file?.bytes });
  });
  it('contain no font, crest or picture of GOV.UK, and leave room for pages', () => {
    let bytes = 0;
    for (const name of ['site.css', 'desk.css', 'site.js', 'desk.js']) {
      const file = assets.find(assets.path(name).slice('/assets/'.length));
      const text = file?.bytes.toString() ?? '';
      expect(text.length).toBeGreaterThan(500);
      expect(text).not.toMatch(/@font-face|GDS Transport|crest|url\(/);
      if (name.startsWith('site')) bytes += file?.encoded('br').bytes.length ?? 0;
    }
    expect(bytes).toBeLessThan(25_000);
  });
  it('take a module’s own files, however deep', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assets-'));
    fs.mkdirSync(path.join(folder, 'images'));
    fs.writeFileSync(path.join(folder, 'map.js'), 'export {};');
    fs.writeFileSync(path.join(folder, 'images/pin.svg'), svg);
    const own = new Assets();
    own.addFolder('addresses', folder);
    fs.rmSync(folder, { recursive: true });
    expect(own.path('addresses/map.js')).toMatch(/^\/assets\/addresses\/map-[0-9a-f]{10}\.js$/);
    expect(own.find(own.path('addresses/images/pin.svg').slice('/assets/'.length))?.bytes.toString()).toBe(svg);
  });
});

describe('a theme', () => {
  it('becomes custom properties, with white on the brand colour or ink on paper', () => {
    expect(themeStylesheet(theme)).toContain('--govuk-brand-colour:#00606a');
    expect(themeStylesheet(theme)).toContain('--guildhall-header-background:#00606a');
    expect(themeStylesheet({ ...theme, header: 'paper' })).toContain('--guildhall-header-background:#ffffff;--guildhall-header-text:#003c43');
  });
  it('is made once, however many councils wear it', () => {
    const assets = new Assets();
    expect(assets.dress(theme)).toBe(assets.dress(theme));
  });
  it.each<[string, Partial<Theme>, string]>([
    ['white on a light brand cannot be read', { brand: '#7fd0d8' }, 'white text on brand'],
    ['a pale link cannot be read', { link: '#88aadd' }, 'link on white'],
    ['a colour must be six digits', { ground: 'beige' }, 'six hexadecimal digits'],
    ['a typeface must not leave its rule', { fontStack: 'x;}body{display:none' }, 'fontStack'],
    ['an emblem must be SVG', { emblemSvg: '<script>' }, 'does not begin with <svg'],
  ])('is refused when %s', (_why, change, expected) => {
    expect(problemsOfTheme({ ...theme, ...change }).join('\n')).toContain(expected);
    expect(() => new Assets().dress({ ...theme, ...change })).toThrow(expected);
  });
  it('is measured as WCAG measures', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});
