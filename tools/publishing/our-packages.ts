import { publishedPackages } from '../reports/packages.mjs';

interface Ours { readonly folder: string; readonly manifest: { readonly name: string; readonly dependencies?: object; readonly peerDependencies?: object } }

/** The folders of these packages of ours, and of all that they need of us, as npm is told which to publish. */
export function workspacesOf(...names: readonly string[]): readonly string[] {
  const all = new Map((publishedPackages() as unknown as readonly Ours[]).map((one) => [one.manifest.name, one]));
  const needed = new Set(names);
  for (const name of needed) for (const next of Object.keys({ ...all.get(name)?.manifest.dependencies, ...all.get(name)?.manifest.peerDependencies })) if (all.has(next)) needed.add(next);
  return [...needed].flatMap((name) => ['--workspace', all.get(name)?.folder ?? '']);
}
