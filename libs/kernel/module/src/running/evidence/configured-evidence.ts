import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { EVIDENCE, type Evidence, type RequestContext } from '@guildhall/kernel-contract';
import { installedCouncilOf } from '../../assembling/installed-council';
import { manifestsOf } from '../../assembling/manifest';
import { LIFETIMES } from '../../http/sessions';
import type { Settings } from '../../assembling/env';
import { found, missing } from './found';

const HOUR_MS = 3_600_000;

/** What the council's configuration and settings say. */
export function configuredEvidence(ctx: RequestContext, { settings, dataFolder, isDevelopment }: { readonly settings: Settings; readonly dataFolder: string; readonly isDevelopment: boolean }): readonly Evidence[] {
  const installed = installedCouncilOf(ctx);
  const sandboxes = installed.providerInstallations.filter(({ isSandbox }) => isSandbox).map(({ id }) => id);
  const permissions = installed.permissions;
  const roles = [...new Set([...permissions.flatMap((permission) => permission.roles), ...Object.keys(installed.config.grants ?? {})])].sort();
  const officers = installed.providerInstallations.filter(({ port }) => port.id === 'identity.officer-sign-in').map(({ id }) => id);
  const shownBy = installed.providerInstallations.flatMap(({ evidence }) => evidence ?? []);
  return [
    found('kernel.production', ['5', '12'], 'configured', [...(isDevelopment ? ['It runs for development: set NODE_ENV=production.'] : []), ...(sandboxes.length ? [`These are sandboxes, and nothing of them is real: ${sandboxes.join(', ')}.`] : [])], 'It runs for production, and nothing in it is a sandbox.', { sandboxes }),
    found('kernel.sessions', ['10'], 'configured', [], 'Sessions end by themselves, are kept under a hash of what the cookie holds, and get a new name at every sign-in; the cookie is for HTTPS and this host alone.', { officerIdleHours: LIFETIMES.officer.idle / HOUR_MS, officerHours: LIFETIMES.officer.whole / HOUR_MS, residentIdleHours: LIFETIMES.resident.idle / HOUR_MS, residentHours: LIFETIMES.resident.whole / HOUR_MS }),
    ...(shownBy.some(({ id }) => id === 'identity.officer-second-factor') || officers.length === 0 ? [] : [missing('identity.officer-second-factor', ['10', '12'], 'configured', `None of the ways in which officers sign in (${officers.join(', ')}) says that it demands a second factor.`)]),
    ...shownBy,
    found('kernel.permissions', ['9', '12'], 'configured', [], `What an officer may do is by role, ${permissions.length} permissions in all; nobody has one that no role gives.`, Object.fromEntries(roles.map((role) => [role, [...installed.permissionsOf([role])].sort()]))),
    masterKey(settings, dataFolder),
    settings['METRICS_TOKEN'] ? found('kernel.figures', ['5', '13'], 'configured', [], 'Figures for whoever watches the service are given to whoever brings the token, at /metrics.') : missing('kernel.figures', ['5', '13'], 'configured', 'METRICS_TOKEN is not set, so that nobody outside this machine reads the figures at /metrics.'),
    kits(ctx),
    found('kernel.personal-data', ['2', '14'], 'configured', [], 'Each module says in its manifest what it holds of people, what for and for how long.', Object.fromEntries(manifestsOf(ctx).map(({ id, personalData = [] }) => [id, personalData.map(({ data, retention }) => `${data}: ${retention}`.slice(0, 500))]))),
  ];
}

/** What the council's modules can show of themselves. One that cannot be asked is said to be missing. */
export async function modulesEvidence(ctx: RequestContext): Promise<readonly Evidence[]> {
  const asked = installedCouncilOf(ctx).extensions(EVIDENCE).map((source) => source.evidence(ctx).catch(() => [missing(source.id, ['5'], 'measured', `${source.id} could not be looked at.`)]));
  return (await Promise.all(asked)).flat();
}

function masterKey(settings: Settings, dataFolder: string): Evidence {
  if (settings['GUILDHALL_KEY']) return found('kernel.master-key', ['2', '12'], 'configured', [], 'The master key is given to the program by its surroundings, and lies in no file of its own.');
  const file = path.join(dataFolder, 'master.key');
  if (!existsSync(file)) return missing('kernel.master-key', ['2', '12'], 'measured', 'There is no master key yet.');
  const { mode, mtime } = statSync(file);
  return found('kernel.master-key', ['2', '12'], 'measured', (mode & 0o077) === 0 ? [] : ['Others on this machine may read the master key: chmod 600 it.'], 'The master key is in a file that nobody but the program’s own user may read.', { since: mtime.toISOString().slice(0, 10) });
}

interface Report { readonly kit: string; readonly results: readonly { readonly result: string }[] }
/** The reports of their kits that the installed packages bring. */
function kits(ctx: RequestContext): Evidence {
  const reports = [...installedCouncilOf(ctx).installations.values()].flatMap(({ id, packageFolder }) => {
    const file = packageFolder === undefined ? '' : path.join(packageFolder, 'conformance.json');
    return packageFolder !== undefined && existsSync(file) ? [{ id, report: JSON.parse(readFileSync(file, 'utf8')) as Report }] : [];
  });
  if (reports.length === 0) return missing('kernel.kits', ['7'], 'measured', 'No installed module brings a report that it has passed its kit.');
  const failed = reports.filter(({ report }) => report.results.some(({ result }) => result === 'failed')).map(({ id }) => `${id} brings a report in which rules were not passed.`);
  return found('kernel.kits', ['7'], 'measured', failed, `Reports that they passed their kits are brought by ${reports.map(({ id }) => id).join(', ')}.`, Object.fromEntries(reports.map(({ id, report }) => [id, `${report.kit}: ${report.results.filter(({ result }) => result === 'passed').length} passed`])));
}
