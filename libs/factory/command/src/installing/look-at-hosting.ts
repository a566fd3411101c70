import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { componentsDigest, hostingEnds, hostingGaps, type Judged } from '@guildhall/assurance-contract';
import type { DoctorFinding } from '@guildhall/catalogue-contract';
import { readEnvelope, type Envelope } from '@guildhall/sharing-contract';
import { CannotDo } from '../command';
import { jsonFile, SETTINGS_FILE, type CouncilSettings } from './council-settings';

/** Whether where the app is hosted is what the council's policy demands, by the files in its repository. @param slug the council's @throws CannotDo */
export function lookAtHosting({ assurance, deployment, bodies, assessors }: CouncilSettings, slug: string, folder: string, now: Date): readonly DoctorFinding[] {
  if (!assurance?.hosting) return [];
  const finding = (weight: DoctorFinding['weight'], text: string): DoctorFinding => ({ weight, subject: 'hosting', text });
  if (!deployment) return [finding('advice', `The policy demands something of the hosting, and ${SETTINGS_FILE} does not say where that is ("deployment"): only the app as it runs there can judge it.`)];
  const { at, by = slug, components, assessments, suppliers } = deployment;
  const judged: Judged = { name: at, digest: { sha256: componentsDigest(bytesOf(folder, components)) }, owners: [by, ...suppliers] };
  const signed = assessments === undefined ? [] : envelopesIn(folder, assessments);
  const held = [assurance, judged, signed, { bodies, assessors }, now] as const;
  const gaps = hostingGaps(...held);
  return [
    ...gaps.map(({ en }) => finding(assurance.whenMissing === 'refuse' ? 'mend' : 'advice', `${at}: ${en}`)), ...hostingEnds(...held).map(({ en }) => finding('advice', `${at}: ${en}`)),
    ...(gaps.length ? [] : [finding('fine', `${at} is what the policy demands of the hosting.`)]),
  ];
}

function bytesOf(folder: string, file: string): Uint8Array {
  try {
    return readFileSync(path.join(folder, file));
  } catch {
    throw new CannotDo(`${SETTINGS_FILE}: ${file} cannot be read, which is to say what the deployment is made of.`);
  }
}

/** What lies in the folder of assessments, as others take it from there. */
function envelopesIn(folder: string, assessments: string): readonly Envelope[] {
  let files: readonly string[];
  try {
    files = readdirSync(path.join(folder, assessments)).filter((name) => name.endsWith('.json')).sort();
  } catch {
    throw new CannotDo(`${SETTINGS_FILE}: there is no folder ${assessments}, in which the assessments are to lie.`);
  }
  return files.map((name) => {
    const read = readEnvelope(jsonFile(path.join(folder, assessments, name)));
    if (!read.ok) throw new CannotDo(`${path.join(assessments, name)}: ${read.refusal.message}`);
    return read.value;
  });
}
