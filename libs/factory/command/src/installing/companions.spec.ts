import { chmodSync } from 'node:fs';
import path from 'node:path';
import { InventedCouncil } from '../../test/invented-council';
import { InventedPublisher, type Packed } from '../../test/invented-publisher';
import { ListingCatalogue } from '../../test/listing-catalogue';
import type { BelievedRelease } from './believed-release';
import { companionsProved } from './companions';
import { settingsIn } from './council-settings';
import { seenIn } from './seen';

const integrity = (bytes: string): string => `sha512-${Buffer.from(bytes.repeat(128), 'hex').toString('base64')}`;
const taken = [{ facts: { name: '@aldermoor/maps', version: '2.0.0' }, sha512: 'a'.repeat(128), publisher: { scopes: ['@aldermoor'] } }] as unknown as readonly BelievedRelease[];

describe('what comes along with a package is not npm’s', () => {
  let council: InventedCouncil;
  let catalogue: ListingCatalogue;
  beforeEach(async () => {
    council = new InventedCouncil({ 'programs/npm': '#!/bin/sh\necho "npm error code E404"\nexit 1\n' });
    chmodSync(path.join(council.folder, 'programs/npm'), 0o755);
    catalogue = await ListingCatalogue.start('Westmarch');
    council.write('guildhall.json', JSON.stringify({ catalogues: [catalogue.followed] }));
    council.has('@aldermoor/maps', undefined, { version: '2.0.0', integrity: integrity('a') });
  });
  afterEach(async () => {
    council.forget();
    await catalogue.stop();
  });
  const proved = (): ReturnType<typeof companionsProved> => companionsProved({}, taken, { settings: settingsIn(council.folder), seen: seenIn(council.folder) }, council.world({ env: { PATH: `${path.join(council.folder, 'programs')}:${process.env['PATH'] ?? ''}` } }));

  it('unless its name is in no catalogue', async () => {
    council.has('@westmarch/parking', undefined, { version: '1.0.1', integrity: integrity('c') });
    expect(await proved()).toEqual({ ok: true, value: [] });
  });
  it('and of a catalogue that does not answer it is said that it might list it', async () => {
    const silent = await ListingCatalogue.start('Aldermoor');
    silent.isDown = true;
    council.write('guildhall.json', JSON.stringify({ catalogues: [catalogue.followed, silent.followed] }));
    council.has('@westmarch/parking', undefined, { version: '1.0.1', integrity: integrity('c') });
    expect(await proved()).toEqual({ ok: true, value: [] });
    await silent.stop();
    expect(council.said).toEqual(['Note: The catalogue Aldermoor answers 503. Whether it lists any of what comes along is not known now.']);
  });
  it.each<readonly [string, () => void, string]>([
    ['when a catalogue lists another version of it', () => {
      const facts = { name: '@westmarch/parking', version: '1.0.0', kind: 'module' } as Packed['facts'];
      catalogue.list(new InventedPublisher('westmarch').signs({ file: '', facts, sha512: 'b'.repeat(128) }), facts, 'b'.repeat(128));
      council.has('@westmarch/parking', undefined, { version: '1.0.1', integrity: integrity('c') });
    }, '@westmarch/parking 1.0.1 comes along, and cannot be taken'],
    ['when it has the name and the version of what is taken, and other bytes', () => void council.has('@aldermoor/maps', undefined, { version: '2.0.0', at: 'node_modules/atlas/node_modules/@aldermoor/maps', integrity: integrity('c') }), '@aldermoor/maps 2.0.0 comes along, and cannot be taken'],
  ])('%s', async (_when, make, message) => {
    make();
    expect(await proved()).toEqual({ ok: false, refusal: { reason: 'not-in-registry', message: expect.stringContaining(message) as string } });
  });
});
