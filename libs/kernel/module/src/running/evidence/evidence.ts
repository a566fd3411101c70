import { readFile } from 'node:fs/promises';
import type { Councils } from '../../assembling/installed-council';
import { evidencePage } from './evidence-page';
import { gatherEvidence, type Gathering } from './gather-evidence';

/** What the command was told: of which council, and files of what no program sees. */
export interface EvidenceAsked { readonly of?: string; readonly told?: string; readonly audit?: string; readonly asJson: boolean }

/**
 * The evidence of one council's deployment, as it is written out.
 * @throws Error that says which council or file is meant by nothing
 */
export async function evidence(councils: Councils, gathering: Gathering, { of, told, audit, asJson }: EvidenceAsked): Promise<{ readonly text: string; readonly isFaultless: boolean }> {
  const installed = councils.named(of);
  const pack = await gatherEvidence(councils, installed, { ...gathering, told: await jsonOf(told), audit: await jsonOf(audit) });
  return { text: asJson ? JSON.stringify(pack, null, 2) : evidencePage(pack), isFaultless: pack.evidence.every(({ state }) => state !== 'fault') };
}

async function jsonOf(file: string | undefined): Promise<unknown> {
  if (file === undefined) return undefined;
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    throw new Error(`${file} cannot be read as JSON.`, { cause: error });
  }
}
