import satisfies = require('semver/functions/satisfies');

const known = new Map<string, boolean>();

/** Whether a version is in a range of npm's kind: `^0.1.0`. A process asks the same few questions for each of its councils. @public */
export function satisfiesRange(version: string, range: string): boolean {
  const question = `${version} ${range}`;
  let answer = known.get(question);
  if (answer === undefined) known.set(question, (answer = satisfies(version, range, { includePrerelease: true })));
  return answer;
}
