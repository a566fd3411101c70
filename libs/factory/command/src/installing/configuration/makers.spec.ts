import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as ts from 'typescript';
import { makerIn, makersIn } from './makers';

const files = (types: Readonly<Record<string, string>>): ReadonlyMap<string, Uint8Array> => new Map(Object.entries({ 'package.json': '{"exports":{".":{"types":"./dist/index.d.ts"}}}', ...types }).map(([at, text]) => [at, Buffer.from(text)]));
const parking = { name: '@westmarch/parking', id: 'parking' };

describe('what a package exports for a configuration', () => {
  it('is found by its types, through what it hands on, and says what it must be given', () => {
    const published = files({
      'dist/index.d.ts': `export { parking, bays as spaces } from './parking.module';\nexport type { ParkingOptions } from './options';\nexport * from './more';\n`,
      'dist/parking.module.d.ts': `import type { ParkingOptions } from './options';\nexport declare const parking: import("@guildhall/kernel").ModuleFunction<ParkingOptions>;\nexport declare function bays(count?: number): Thing;\nexport declare class Bays {}\n`,
      'dist/options.d.ts': 'export interface ParkingOptions { readonly zones: number; readonly name?: string }\n',
      'dist/more/index.d.ts': `export declare const emblem = "<svg/>";\nexport declare const permits: (options: { fee: number }) => Thing;\nexport declare const EVENT: string;\nexport declare const visits: ModuleFunction<Partial<VisitOptions>>;\n`,
    });
    expect(makersIn(ts, published)).toEqual([{ name: 'parking', isValue: false, needs: 'ParkingOptions' }, { name: 'spaces', isValue: false }, { name: 'emblem', isValue: true }, { name: 'permits', isValue: false, needs: '{ fee: number }' }, { name: 'visits', isValue: false }]);
    expect(makerIn(ts, published, parking).name).toBe('parking');
    expect(makerIn(ts, published, { ...parking, id: 'parking.permits' }).name).toBe('permits');
    expect(makerIn(ts, published, parking, 'visits').name).toBe('visits');
    expect(() => makerIn(ts, published, { ...parking, id: 'other' })).toThrow('@westmarch/parking exports parking, spaces, emblem, permits, visits. Say which');
    expect(() => makerIn(ts, published, parking, 'nothing')).toThrow('Say which');
  });
  it('is the only one where there is one', () => {
    expect(makerIn(ts, files({ 'dist/index.d.ts': 'export declare function elsewhere(): Thing;\nexport declare const emblem: string;\n' }), parking).name).toBe('elsewhere');
    expect(() => makerIn(ts, files({}), parking)).toThrow('@westmarch/parking has no types that say what it exports.');
  });
  it('is the only value, or the one that is named so, of a theme', () => {
    const harbour = { name: '@westmarch/theme-harbour', id: 'harbour', kind: 'theme' };
    expect(makerIn(ts, files({ 'dist/index.d.ts': 'export declare const emblem: string;\nexport declare const harbourTheme: Theme;\nexport declare function tinted(): Theme;\n' }), harbour)).toEqual({ name: 'harbourTheme', isValue: true });
    expect(makerIn(ts, files({ 'dist/index.d.ts': 'export declare const look: Theme;\nexport declare function tinted(): Theme;\n' }), harbour).name).toBe('look');
  });
  it('is known of our own', () => {
    const libs = path.join(__dirname, '../../../../..');
    const folders = [...readdirSync(libs).flatMap((one) => [path.join(libs, one, 'module'), ...(existsSync(path.join(libs, one, 'providers')) ? readdirSync(path.join(libs, one, 'providers')).map((provider) => path.join(libs, one, 'providers', provider)) : [])]), ...readdirSync(path.join(libs, 'service-packs')).map((one) => path.join(libs, 'service-packs', one))].filter((folder) => existsSync(path.join(folder, 'package.json')));
    const unnamed = folders.flatMap((folder) => {
      const read = (at: string): [string, Uint8Array] => [at, readFileSync(path.join(folder, at))];
      const published = new Map(readdirSync(path.join(folder, 'src'), { recursive: true, encoding: 'utf8' }).filter((at) => at.endsWith('.ts')).map((at): [string, Uint8Array] => [`src/${at.replace(/\.ts$/, '.d.ts')}`, read(`src/${at}`)[1]]));
      const { name, guildhall } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { name: string; guildhall: { id: string; kind: string } };
      published.set('package.json', Buffer.from('{"types":"./src/index.d.ts"}'));
      try { return guildhall.kind === 'kernel' || makerIn(ts, published, { name, id: guildhall.id }).name ? [] : [name]; } catch { return [name]; }
    });
    expect(unnamed).toEqual(['@guildhall/identity-provider-dev-oidc']);
  });
});
