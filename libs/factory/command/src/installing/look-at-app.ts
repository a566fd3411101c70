import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { DoctorFinding } from '@guildhall/catalogue-contract';
import type { World } from '../command';

/** What the app says of itself: `node main.js doctor --json`. */
interface AppReport {
  readonly lines: readonly { readonly ok: boolean; readonly subject: string; readonly text: string }[];
  readonly councils: readonly { readonly slug: string; readonly languages?: readonly string[]; readonly nation?: string; readonly contracts?: Readonly<Record<string, string>> }[];
}
/** What was found of the app, and what it is, where it could be asked. */
export interface AppLookedAt { readonly findings: readonly DoctorFinding[]; readonly councils: AppReport['councils'] }

const ANSWERS_WITHIN_MS = 120_000;
const MOST_BYTES = 20 * 1024 * 1024;

/** Asks the app, as it is built, about its database, its migrations and its connections. */
export async function lookAtApp(main: string, { folder, env }: Pick<World, 'folder' | 'env'>): Promise<AppLookedAt> {
  if (!existsSync(path.join(folder, main))) return { councils: [], findings: [{ weight: 'advice', subject: 'app', text: `${main} is not there. Build the app (npm run build), and its database, its migrations and its connections are looked at too.` }] };
  const { out, err } = await asked(main, folder, env);
  const report = reportIn(out);
  if (!report) return { councils: [], findings: [{ weight: 'mend', subject: 'app', text: `The app does not start: ${err.trim().slice(0, MOST_CHARACTERS) || 'it says nothing of why.'}` }] };
  return { councils: report.councils, findings: report.lines.map(({ ok, subject, text }) => ({ weight: ok ? 'fine' : 'mend', subject, text: text.slice(0, MOST_CHARACTERS) })) };
}
const MOST_CHARACTERS = 1900;

function asked(main: string, folder: string, env: World['env']): Promise<{ readonly out: string; readonly err: string }> {
  return new Promise((said) => {
    execFile(process.execPath, [main, 'doctor', '--json'], { cwd: folder, env: { ...env, LOG_LEVEL: 'silent' } as NodeJS.ProcessEnv, timeout: ANSWERS_WITHIN_MS, maxBuffer: MOST_BYTES }, (_error, out, err) => { said({ out, err }); });
  });
}

/** The app may say other things before. */
function reportIn(out: string): AppReport | undefined {
  const at = /^\{/m.exec(out)?.index;
  if (at === undefined) return undefined;
  try {
    const report = JSON.parse(out.slice(at)) as Partial<AppReport>;
    return Array.isArray(report.lines) && Array.isArray(report.councils) ? (report as AppReport) : undefined;
  } catch {
    return undefined;
  }
}
