/** What a permission lets an officer do, as far as its id says it: `sharing.ask-others` is “Ask others”, in “sharing”. */
export interface PermissionInWords { readonly id: string; readonly words: string; readonly module: string }

/** The words of a permission. Nothing but its id is known where none of the package is run, and ids are English verbs. */
export function permissionInWords(id: string): PermissionInWords {
  const at = id.indexOf('.');
  const [module, verb] = at < 0 ? ['', id] : [id.slice(0, at), id.slice(at + 1)];
  const words = verb.replaceAll(/[-_.]+/g, ' ').trim();
  return { id, module: module.replaceAll('-', ' '), words: words.charAt(0).toUpperCase() + words.slice(1) };
}
