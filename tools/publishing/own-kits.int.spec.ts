import path from 'node:path';
import { conformCommand } from '../../libs/factory/command/src/publishing/conform-command';
import { publishedPackages } from '../reports/packages.mjs';

const root = path.join(__dirname, '../..');
const conforming = (publishedPackages() as unknown as readonly { readonly folder: string; readonly manifest: { readonly name: string; readonly guildhall: { readonly kind: string; readonly harness?: string } } }[]).filter(({ manifest: { guildhall } }) => guildhall.kind === 'provider' || guildhall.harness !== undefined);

// What was built is run, as at a publisher's: jest has no part in it.
describe('guildhall conform, of our own providers', () => {
  it('finds all providers, each with a harness', () => {
    expect(conforming.length).toBeGreaterThan(20);
    expect(conforming.filter(({ manifest }) => manifest.guildhall.harness === undefined).map(({ manifest }) => manifest.name)).toEqual([]);
  });
  it.each(conforming.map(({ folder, manifest }) => [manifest.name, folder] as const))('%s passes its kit, and its report says so', async (_name, folder) => {
    const { code, out } = await conformCommand.run([path.join(root, folder), '--check'], { folder: root, now: new Date(), env: process.env, say: () => undefined, confirm: () => Promise.resolve(undefined) });
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(' 0 failed') as string });
  });
});
