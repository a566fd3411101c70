/** The blocks of code in a guide that belong to a file, by its name: those that begin with ```ts file=src/name.ts. */
export function codeIn(guide: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [, name = '', code = ''] of guide.matchAll(/^```[a-z]+ file=(\S+)\n([\s\S]*?)^```$/gm)) files.set(name, (files.get(name) ?? '') + code);
  return files;
}
