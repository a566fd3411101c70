import type { ScanResult } from '@guildhall/documents-contract';

/** What clamd says of a stream; undefined when it is no verdict: an error, or words that are not known here. */
export function readVerdict(answer: string): ScanResult | undefined {
  if (answer === 'stream: OK') return { isClean: true };
  const [, finding] = /^stream: (.+) FOUND$/s.exec(answer) ?? [];
  // The name of a signature goes on the record: it comes from a data base that others write, so it is held to the letters that such names have.
  return finding === undefined ? undefined : { isClean: false, finding: finding.replace(/[^\w.:/()+-]/g, '_').slice(0, 100) };
}
