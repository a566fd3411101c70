/** What a generator may know of the place for which it writes: files by their path from its root, with `/`. @public */
export interface World {
  readonly read: (file: string) => string | undefined;
  /** Every file below a folder, by its path from the root; none when there is no such folder. */
  readonly list: (folder: string) => readonly string[];
}
/** A place in which there is nothing yet. @public */
export const EMPTY: World = Object.freeze({ read: () => undefined, list: () => [] });
/** Texts by their path from the place's root. @public */
export type Files = Readonly<Record<string, string>>;

/** What came of it: new files, files that were there and say something more now, and what is left for a person to do. @public */
export interface Generated {
  readonly ok: true;
  readonly files: Files;
  readonly changes: Files;
  readonly nextSteps: readonly string[];
}
/** Why nothing was made, a sentence each. @public */
export interface NotGenerated { readonly ok: false; readonly problems: readonly string[] }

/** A pure function of its options and of what is there. @public */
export type Generator<Options> = (options: Options, world: World) => Generated | NotGenerated;

/** What is made, unless something is wrong with the options or stands in the way: nothing is ever overwritten. */
export function generated(world: World, problems: readonly string[], made: () => Omit<Generated, 'ok'>): Generated | NotGenerated {
  if (problems.length > 0) return { ok: false, problems };
  const result = made();
  const inTheWay = Object.keys(result.files).filter((file) => world.read(file) !== undefined);
  if (inTheWay.length > 0) return { ok: false, problems: inTheWay.map((file) => `${file} is there already, and nothing is overwritten. Move it away, or choose another name.`) };
  return { ok: true, ...result };
}

/** JSON as files of this kind are written. */
export function jsonText(value: unknown): string { return `${JSON.stringify(value, null, 2)}\n`; }
