/** What looks the same to somebody who does not look twice. */
const LOOKS: readonly (readonly [RegExp, string])[] = [[/[-._]/g, ''], [/rn/g, 'm'], [/vv/g, 'w'], [/0/g, 'o'], [/[1i|]/g, 'l'], [/5/g, 's'], [/3/g, 'e'], [/8/g, 'b']];

/** How a scope or a name looks: `west-march` and `westrnarch` as `westmarch`. @public */
export function looksOf(text: string): string { return LOOKS.reduce((looks, [one, as]) => looks.replace(one, as), text.toLowerCase().replace(/^@/, '')); }

/** A package's name in its two parts, as they look. @public */
export interface Looks { readonly scope: string; readonly name: string }
/** @public */
export function looksOfPackage(full: string): Looks {
  const at = full.indexOf('/');
  return { scope: looksOf(full.slice(0, Math.max(at, 0))), name: looksOf(full.slice(at + 1)) };
}

/** Short words differ by one letter as a rule. */
const LONG = 5;

/** Whether somebody could take one publisher's package for that of another: by a slip of the hand in its name, by scope and name in the other order, or by a scope that became part of the name. @public */
export function areAlike(one: Looks, other: Looks): boolean {
  if (one.scope === other.name && one.name === other.scope) return true;
  if (one.name === other.scope + other.name || other.name === one.scope + one.name) return true;
  return isSlip(one.scope, other.scope) && isSlip(one.name, other.name);
}

/** The same, or with one letter more, less, other, or changed with its neighbour. */
function isSlip(one: string, other: string): boolean {
  if (one === other) return true;
  if (Math.min(one.length, other.length) < LONG || Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (one[at] === other[at]) at++;
  const [left, right] = [one.slice(at), other.slice(at)];
  return left.slice(1) === right || left === right.slice(1) || left.slice(1) === right.slice(1) || (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2));
}
