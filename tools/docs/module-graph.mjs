// Draws who depends on whom from the packages themselves, into docs/architecture.md, between its markers.
// `node tools/docs/module-graph.mjs` writes it; its test fails when the document shows something else.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { packages } from '../reports/packages.mjs';
import { root } from '../workspace/build.mjs';

export const document = path.join(root, 'docs/architecture.md');
const SCOPE = '@guildhall/';

/** @typedef {import('../reports/packages.mjs').Package} Package */

/** Which layer a package is of, by its tag. */
export const layerOf = ({ manifest }) => tagOf(manifest, 'layer') ?? 'tool';
/** Which capability a package belongs to, by its tag; a pack or theme is known by its own name. */
export const capabilityOf = ({ manifest, name }) => tagOf(manifest, 'capability') ?? name;

function tagOf(manifest, kind) {
  return manifest.nx?.tags?.find((tag) => tag.startsWith(`${kind}:`))?.slice(kind.length + 1);
}

/** The packages of this repository that a package is built on; those for its tests only do not count. */
export function builtOn({ manifest }) {
  return Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter((name) => name.startsWith(SCOPE)).map((name) => name.slice(SCOPE.length)).sort();
}

/**
 * The modules and what they need of one another: an arrow for a contract without which a module does not work (its manifest, which the kernel compares with the code at start),
 * a dotted one for a contract's package that it uses where it can: an optional contract, an extension point, an event.
 *
 * @param {readonly Package[]} all
 */
export function moduleGraph(all) {
  const contracts = new Map(all.filter((each) => layerOf(each) === 'contract').map((each) => [each.name, capabilityOf(each)]));
  const modules = all.filter((each) => layerOf(each) === 'module');
  const lines = ['```mermaid', 'flowchart LR'];
  for (const module of modules) lines.push(`  ${id(capabilityOf(module))}["${capabilityOf(module)}"]`);
  for (const module of modules) {
    const required = Object.keys(module.manifest.guildhall?.requires ?? {});
    for (const name of builtOn(module)) {
      const capability = contracts.get(name);
      if (capability === undefined || capability === 'kernel' || capability === capabilityOf(module)) continue;
      lines.push(`  ${id(capabilityOf(module))} ${required.includes(capability) ? '-->' : '-.->'} ${id(capability)}`);
    }
  }
  // Modules that implement the same contract are one in the picture.
  return [...new Set(lines), '```'].join('\n');
}

/**
 * Everything that plugs in, by capability: who implements its contract, who provides for its port, which packs and apps are built on it.
 *
 * @param {readonly Package[]} all
 */
export function packageTable(all) {
  const of = (layer) => all.filter((each) => layerOf(each) === layer);
  const rows = of('contract').map((contract) => {
    const capability = capabilityOf(contract);
    const named = (layer) => of(layer).filter((each) => capabilityOf(each) === capability).map(({ name }) => `\`${name}\``).join(', ');
    const packs = of('service-pack').filter((pack) => capabilityOf(contract) !== 'kernel' && builtOn(pack).includes(contract.name)).map(({ name }) => `\`${name}\``).join(', ');
    return `| ${capability} | \`${contract.name}\` | ${named('module') || named('kernel') || '–'} | ${named('provider') || '–'} | ${packs || '–'} |`;
  });
  return ['| capability | contract | implemented by | providers | service packs built on it |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** A text with everything between a pair of markers put in place of what was there. */
export function between(text, marker, content) {
  const begin = `<!-- ${marker}: written by tools/docs/module-graph.mjs -->`;
  const end = `<!-- /${marker} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/architecture.md has no place for the ${marker}: put the lines\n${begin}\n${end}\nwhere it belongs.`);
  return `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(to)}`;
}

function id(capability) { return capability.replaceAll('-', '_'); }

/** The document as it should be. */
export function drawn(before) {
  const all = packages();
  return between(between(before, 'module graph', moduleGraph(all)), 'package table', packageTable(all));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(document, drawn(readFileSync(document, 'utf8')));
