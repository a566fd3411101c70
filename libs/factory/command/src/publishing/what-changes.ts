import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * What a release changes, as it is written down already: the section of this version in CHANGELOG.md; else the version plans (nx release) that name the package and that no release has taken yet.
 * Nothing where neither says it.
 */
export async function whatChanges(folder: string, name: string, version: string): Promise<string | undefined> {
  const log = await textOf(path.join(folder, 'CHANGELOG.md'));
  return (log !== undefined ? sectionOf(log, version) : undefined) ?? (await plannedFor(name, folder));
}

/** From `## 1.2.0 (2026-11-30)` or `# [1.2.0]` to the next heading of that kind. */
function sectionOf(log: string, version: string): string | undefined {
  const lines = log.replaceAll('\r', '').split('\n');
  const of = (line: string): readonly [depth: number, version: string] | undefined => {
    const [, depth = '', found = ''] = /^(#{1,3})\s+\[?v?(\d+\.\d+\.\d+[\w.+-]*)/.exec(line) ?? [];
    return found === '' ? undefined : [depth.length, found];
  };
  const from = lines.findIndex((line) => of(line)?.[1] === version);
  if (from < 0) return undefined;
  const to = lines.findIndex((line, at) => at > from && of(line) !== undefined);
  const section = lines.slice(from + 1, to < 0 ? undefined : to).join('\n').trim();
  return section === '' ? undefined : section;
}

/** Plans lie beside the repository's nx.json, and name projects: by the package's name, or by what comes after its scope. */
async function plannedFor(name: string, folder: string): Promise<string | undefined> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const plans = path.join(at, '.nx/version-plans');
    const files = await readdir(plans).catch(() => undefined);
    if (files) {
      const texts = await Promise.all(files.filter((file) => file.endsWith('.md')).sort().map((file) => textOf(path.join(plans, file))));
      const said = texts.flatMap((text) => (text === undefined ? [] : (bodyNaming(text, name) ?? [])));
      return said.length ? said.join('\n\n') : undefined;
    }
    if (at === path.dirname(at)) return undefined;
  }
}

function bodyNaming(plan: string, name: string): string | undefined {
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(plan.replaceAll('\r', '')) ?? [];
  const projects = head.split('\n').map((line) => /^['"]?([^'"]+?)['"]?\s*:\s*\w+\s*$/.exec(line)?.[1]);
  return projects.some((one) => one === name || one === name.replace(/^@[^/]+\//, '')) && body.trim() !== '' ? body.trim() : undefined;
}

async function textOf(file: string): Promise<string | undefined> { return readFile(file, 'utf8').catch(() => undefined); }
