import { checkConformance } from './check-conformance';
import { checkFiles } from './check-files';
import { checkManifest } from './check-manifest';
import { checkPictures } from './check-pictures';
import type { Finding, ToCheck } from './checked';

/** Everything that can be said of a package from its files and, where it was loaded, its code; what is to be mended first. */
export function checkPackage(one: ToCheck): readonly Finding[] {
  const found = [...(one.json.description ? [] : [{ weight: 'mend', subject: 'package.json', text: 'It has no "description": a catalogue would show nothing.' } as const]), ...checkManifest(one), ...checkConformance(one), ...checkFiles(one), ...checkPictures(one)];
  return [...found.filter(({ weight }) => weight === 'mend'), ...found.filter(({ weight }) => weight === 'advice')];
}
