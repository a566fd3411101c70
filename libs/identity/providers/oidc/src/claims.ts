/** What a token, or the user information, says. */
export type Claims = Readonly<Record<string, unknown>>;

/** A claim by its name, or by a path: a claim that is itself called so comes first, since names with dots in them (addresses) are common. */
export function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  const [first = '', ...rest] = path.split('.');
  const value = Object.hasOwn(claims, first) ? claims[first] : undefined;
  return rest.length > 0 && typeof value === 'object' && value !== null && !Array.isArray(value) ? claimAt(value as Claims, rest.join('.')) : rest.length > 0 ? undefined : value;
}

/** A text that says something; undefined for anything else. */
export function textAt(claims: Claims, path: string): string | undefined {
  const value = claimAt(claims, path);
  return typeof value === 'string' && value.trim() !== '' && !value.includes('\0') ? value.trim() : undefined;
}

/** One text or a list of them, as a list. */
export function textsAt(claims: Claims, path: string): readonly string[] {
  const value = claimAt(claims, path);
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string' && each !== '');
}
