import { satisfies } from 'semver';

/** Whether a version is in a range of npm's kind: `^0.1.0`. */
export function satisfiesRange(version: string, range: string): boolean {
  return satisfies(version, range, { includePrerelease: true });
}
