import type { PageRenderer } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';

/** The desk's words by their keys below `sharing.desk`. */
export function wordsFor(renderer: PageRenderer, ctx: RequestContext): (key: string, values?: Readonly<Record<string, string | number>>) => string {
  return (key, values) => renderer.messages.t(ctx, `sharing.desk.${key}`, values);
}
