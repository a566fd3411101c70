import type { PackageFacts } from '@guildhall/catalogue-contract';
import type { Text } from '@guildhall/kernel-contract';

/** What a permission lets an officer do: in its maker's words, else as far as its id says it: `sharing.ask-others` is “Ask others”, in “sharing”. */
export interface PermissionInWords { readonly id: string; /** In both languages, where its maker says it. */ readonly title?: Text; /** By its id, in English. */ readonly words: string; readonly module: string }

/** The permissions of a package in words. Nothing but an id is known where its maker says nothing and none of it is run, and ids are English verbs. */
export function permissionsInWords({ permissions, permissionTitles = {} }: Pick<PackageFacts, 'permissions' | 'permissionTitles'>): readonly PermissionInWords[] {
  return permissions.map((id) => {
    const title = Object.hasOwn(permissionTitles, id) ? permissionTitles[id] : undefined;
    const at = id.indexOf('.');
    const [module, verb] = at < 0 ? ['', id] : [id.slice(0, at), id.slice(at + 1)];
    const words = verb.replaceAll(/[-_.]+/g, ' ').trim();
    return { id, ...(title && { title }), module: module.replaceAll('-', ' '), words: words.charAt(0).toUpperCase() + words.slice(1) };
  });
}
