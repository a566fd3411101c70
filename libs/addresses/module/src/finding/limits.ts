/** A number that was asked for, kept to whole numbers between one and the most that is given. */
export function within(asked: number | undefined, bounds: { readonly usual: number; readonly most: number }): number {
  return asked === undefined || !Number.isFinite(asked) ? bounds.usual : Math.max(1, Math.min(bounds.most, Math.trunc(asked)));
}
