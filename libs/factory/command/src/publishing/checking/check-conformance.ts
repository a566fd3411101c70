import { isOfKitFor, isReportOf } from '@guildhall/assurance-contract';
import { factsOf } from '@guildhall/catalogue-contract';
import { advice, mend, textOf, type Finding, type ToCheck } from './checked';

/** The reports of kits that it brings: of what it provides, in its version, and passed. */
export function checkConformance(one: ToCheck): readonly Finding[] {
  const { json } = one;
  const { kind, provides = {}, conformance = [], harness } = json.guildhall ?? {};
  const missing = conformance.filter((file) => !one.files.has(file.replace(/^\.\//, '')));
  const absent = missing.map((file) => mend('conformance', `${file} is named, and would not be packed. Name it under "files", or run: guildhall conform`));
  if (kind !== 'provider' || missing.length > 0) return absent;
  if (conformance.length === 0) return [...absent, mend('conformance', 'It brings no report that it has passed its kit. Run: guildhall conform')];
  const read = factsOf(new Map([['package.json', Buffer.from(JSON.stringify(json))], ...conformance.map((file) => [file.replace(/^\.\//, ''), Buffer.from(textOf(one, file.replace(/^\.\//, '')) ?? '')] as const)]));
  if (!read.ok) return [mend('conformance', read.refusal.message)];
  const { reports, name } = read.value;
  return [
    ...absent,
    ...Object.entries(provides).filter(([port]) => !reports.some((report) => isOfKitFor(report, port))).map(([port]) => mend('conformance', `It provides ${port}, and brings no report of that kit. Run: guildhall conform`)),
    ...reports.filter((report) => !isReportOf(report, name)).map(({ kit, implementation }) => mend('conformance', `The report of ${kit} is about ${implementation}.`)),
    ...reports.flatMap(({ kit, results }) => results.filter(({ result }) => result === 'failed').map(({ id, title, detail = '' }) => mend('conformance', `${id} of ${kit} is not passed: ${title}. ${detail}`.trim()))),
    ...(harness === undefined ? [advice('conformance', 'It names no "harness", so that nobody else can run its kit: guildhall conform --help')] : []),
  ];
}
