import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Evidence } from '@guildhall/kernel-contract';
import { found, missing } from './found';

const LISTS = ['components.json', 'package-lock.json'];
interface Listed { readonly packages?: Readonly<Record<string, { readonly integrity?: string; readonly link?: boolean; readonly version?: string }>> }
/** Of `npm audit --json`. */
interface Audit { readonly metadata?: { readonly vulnerabilities?: Readonly<Record<string, number>> } }

/** What it is made of: the list of components beside the program, and what is known against them. */
export function componentsEvidence(from: string, audit: unknown): { readonly digest: string | null; readonly evidence: readonly Evidence[] } {
  const file = nearestList(from);
  const advisories = advisoriesIn(audit as Audit | undefined);
  if (file === undefined) return { digest: null, evidence: [missing('kernel.components', ['7', '8'], 'measured', 'Nothing beside the program says what it is made of: put its package-lock.json or components.json there.'), advisories] };
  const bytes = readFileSync(file);
  const digest = createHash('sha256').update(bytes).digest('hex');
  const listed = Object.entries((JSON.parse(bytes.toString('utf8')) as Listed).packages ?? {}).filter(([folder, { link, version }]) => folder.includes('node_modules/') && !link && version !== undefined);
  if (listed.length === 0) return { digest, evidence: [missing('kernel.components', ['7', '8'], 'measured', `${path.basename(file)} lists no components.`), advisories] };
  const bare = listed.filter(([, { integrity }]) => integrity === undefined).map(([folder]) => folder.replace(/^.*node_modules\//, ''));
  return {
    digest,
    evidence: [found('kernel.components', ['7', '8'], 'measured', bare.length ? [`${bare.length} of ${listed.length} components are listed without a digest: ${bare.slice(0, 5).join(', ')}.`] : [], `Each of the ${listed.length} components is listed with its version and digest.`, { components: listed.length, list: path.basename(file), sha256: digest }), advisories],
  };
}

function advisoriesIn(audit: Audit | undefined): Evidence {
  const counts = audit?.metadata?.vulnerabilities;
  if (!counts) return missing('kernel.advisories', ['5', '8'], 'told', 'Nobody has said what is known against the components: npm audit --json > audit.json, and --audit audit.json.');
  const grave = (counts['high'] ?? 0) + (counts['critical'] ?? 0);
  return found('kernel.advisories', ['5', '8'], 'told', grave ? [`${grave} component${grave === 1 ? ' has a grave advisory' : 's have grave advisories'} against ${grave === 1 ? 'it' : 'them'}: see npm audit.`] : [], 'No grave advisory is known against any component.', { ...counts });
}

/** The list in the folder of the program, or the nearest one above it. */
function nearestList(from: string): string | undefined {
  const [file] = LISTS.map((name) => path.join(from, name)).filter((one) => existsSync(one));
  return file ?? (path.dirname(from) === from ? undefined : nearestList(path.dirname(from)));
}
