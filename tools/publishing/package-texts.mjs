import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { publishedPackages } from '../reports/packages.mjs';
import { root } from '../workspace/build.mjs';

const MARK = '<!-- Written from package.json by tools/publishing/package-texts.mjs: change it there, or write a README.md of your own without this line. -->';

/**
 * What each published package brings for people who read: the licence, and a README.md made from what it says of itself where nobody has written a better one.
 *
 * @returns {Map<string, string>} by path below the root
 */
export function packageTexts() {
  const licence = readFileSync(path.join(root, 'LICENSE'), 'utf8');
  return new Map(publishedPackages().flatMap(({ folder, manifest }) => {
    const readme = path.join(root, folder, 'README.md');
    const isByHand = existsSync(readme) && !readFileSync(readme, 'utf8').includes(MARK);
    return [[`${folder}/LICENSE`, licence], ...(isByHand ? [] : [[`${folder}/README.md`, readmeOf(manifest, folder)]])];
  }));
}

const WHAT = {
  contract: 'A contract: the interfaces, events and rules that modules and providers build on. It has no code that runs by itself.', module: 'A module: it goes into a council’s configuration and brings its own tables, pages and REST interface.',
  provider: 'A provider: it plugs into the module whose port it implements.', 'service-pack': 'A service pack: services that a council sets to its own fees and words.', theme: 'A theme: how a council’s pages look.',
  kernel: 'Part of what every council’s app runs on.', ui: 'Part of what every council’s app runs on.', pages: 'Pages that modules of one capability have in common.', tool: 'A tool for those who build.',
};

function readmeOf({ name, description, bin, guildhall: { kind, owner, maturity, provides = {}, requires = {}, uses = {}, permissions = [], permissionTitles = {}, personalData, languages = [], conformance = [], isSandbox } }, folder) {
  const list = (title, items) => (items.length ? `\n## ${title}\n\n${items.map((item) => `- ${item}`).join('\n')}\n` : '');
  const entries = (map) => Object.entries(map).map(([id, range]) => `\`${id}\` ${range}`);
  return `# ${name}
${MARK}

${description}

${WHAT[kind] ?? ''}${isSandbox ? ' **Nothing that it does is real**: it is for development and trials.' : ''}

\`\`\`sh
${['module', 'provider', 'service-pack', 'theme'].includes(kind) ? `npx guildhall add ${name}` : bin && !name.endsWith('cli') ? `npx ${name}` : `npm install ${name}`}
\`\`\`
${list('It provides', entries(provides))}${list('It needs', entries(requires))}${list('It uses where they are there', entries(uses))}${list('What officers may be allowed to do', permissions.map((id) => (permissionTitles[id] ? `${permissionTitles[id].en} (\`${id}\`)` : `\`${id}\``)))}${personalData?.length ? list('What it keeps about people', personalData.map(({ data, purpose, retention }) => `${data}: for ${lower(purpose)}; ${lower(retention)}.`)) : personalData ? '\n## What it keeps about people\n\nNothing.\n' : ''}${list('Rules that it passes', conformance.flatMap((file) => passed(path.join(root, folder, file))))}
Maturity: ${maturity}.${languages.length ? ` Residents read it in ${languages.map((language) => ({ en: 'English', cy: 'Welsh' })[language] ?? language).join(' and ')}.` : ''} Kept by ${owner}; licence: see LICENSE.
`;
}

/** A word that begins with one capital begins a sentence; one with more is a name. */
function lower(text) { return /^[A-Z][a-z ]/.test(text) ? text[0].toLowerCase() + text.slice(1) : text; }

function passed(file) {
  if (!existsSync(file)) return [];
  const { kit, version, results } = JSON.parse(readFileSync(file, 'utf8'));
  const applicable = results.filter(({ result }) => result !== 'not-applicable');
  return [`${applicable.filter(({ result }) => result === 'passed').length} of the ${applicable.length} that apply to it, of the kit \`${kit}\` ${version}`];
}
