import type { GeneratorCallback, Tree } from '@nx/devkit';
import { GENERATORS, type Given } from '../by-name';
import type { World } from '../generator';

/** An Nx workspace as the world that a generator sees: what earlier generators of the same run wrote is there too. */
function worldOf(tree: Tree): World {
  const list = (folder: string): readonly string[] => tree.children(folder).map((name) => `${folder}/${name}`).flatMap((one) => (tree.isFile(one) ? [one] : list(one)));
  return { read: (file) => (tree.exists(file) && tree.isFile(file) ? tree.read(file, 'utf8') ?? undefined : undefined), list: (folder) => [...list(folder)].sort() };
}

/** @throws Error with a sentence for each thing that is wrong */
function inNx(name: string): (tree: Tree, given: Given) => GeneratorCallback {
  return (tree, given) => {
    const made = GENERATORS[name]?.(given, worldOf(tree));
    if (!made?.ok) throw new Error(made?.problems.join('\n') ?? `There is no generator ${name}.`);
    for (const [file, words] of Object.entries({ ...made.files, ...made.changes })) tree.write(file, words);
    return () => { for (const step of made.nextSteps) console.log(step); };
  };
}

export const council = inNx('council');
export const capability = inNx('capability');
export const anotherModule = inNx('module');
export const provider = inNx('provider');
export const servicePack = inNx('service-pack');
export const theme = inNx('theme');
export const migration = inNx('migration');
