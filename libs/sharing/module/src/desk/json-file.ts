import { download, type DownloadResult } from '@guildhall/kernel';
import { agreementName, type Agreement } from '@guildhall/sharing-contract';

/** A document as a file that people can read and hand over: `garden-waste-concession-v3-signed.json`. */
export function jsonFile(agreement: Pick<Agreement, 'id' | 'version'>, document: unknown, what: 'agreement' | 'signed' | 'register'): DownloadResult {
  return download(Buffer.from(`${JSON.stringify(document, undefined, 2)}\n`), { filename: `${agreementName(agreement).replace('@', '-v')}-${what}.json`, type: 'application/json' });
}
