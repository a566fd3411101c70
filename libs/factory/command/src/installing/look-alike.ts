/** Letters that look like others in many typefaces (a choice of Unicode Technical Standard 39, for what npm allows in names). */
const LOOKS_LIKE: readonly (readonly [RegExp, string])[] = [[/rn/g, 'm'], [/vv/g, 'w'], [/cl/g, 'd'], [/0/g, 'o'], [/[1i|]/g, 'l'], [/5/g, 's'], [/[-_.]/g, '']];
/** Two names that differ by so much are told apart at a glance. */
const NEAR = 2;
const SHORTEST = 5;

/** The name among these that could be taken for this one, and is not it. */
export function alike(name: string, others: readonly string[]): string | undefined {
  return others.find((other) => other !== name && areAlike(name, other));
}

function areAlike(one: string, other: string): boolean {
  const [[scope = '', base = ''], [otherScope = '', otherBase = '']] = [parts(one), parts(other)];
  if (scope === otherScope) return base !== otherBase && base.length >= SHORTEST && near(base, otherBase);
  return base === otherBase ? near(scope, otherScope) : looks(one) === looks(other);
}

function parts(name: string): readonly string[] { return name.startsWith('@') ? name.slice(1).split('/') : ['', name]; }
function looks(name: string): string { return LOOKS_LIKE.reduce((text, [from, to]) => text.replace(from, to), name.toLowerCase()); }
function near(one: string, other: string): boolean { return looks(one) === looks(other) || edits(one, other) <= (Math.min(one.length, other.length) > SHORTEST + NEAR ? NEAR : 1); }

/** How many letters are put in, taken out or changed (Levenshtein). */
function edits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let of = 1; of <= other.length; of++) next.push(Math.min((next[of - 1] ?? 0) + 1, (row[of] ?? 0) + 1, (row[of - 1] ?? 0) + (one[at - 1] === other[of - 1] ? 0 : 1)));
    row = next;
  }
  return row[other.length] ?? 0;
}
