import path from 'node:path';
import { SPDX } from '@cyclonedx/cyclonedx-library';
import { validRange } from 'semver';
import { advice, mend, textOf, type Finding, type ToCheck } from './checked';

const MOST_BYTES = 20 * 1024 * 1024;
const MUCH_BYTES = 5 * 1024 * 1024;
const MOST_STYLE_AND_SCRIPT_BYTES = 60 * 1024;
const SHORTEST_README = 100;
/** Those that npm runs at whoever installs. A "prepare" is run there only when it comes from git, and catalogues refuse it all the same. */
const RUN_WHEN_INSTALLED = ['preinstall', 'install', 'postinstall', 'prepare'];
const UNWANTED: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)\.env(\.|$)/, 'settings, which may hold secrets'], [/\.(pem|key|p12|pfx|jks)$/i, 'a key'], [/(^|\/)(id_(rsa|ecdsa|ed25519)|\.npmrc|\.netrc)$/, 'somebody’s credentials'], [/(^|\/)(node_modules|\.git|\.guildhall|\.nx|coverage)\//, 'what belongs to the machine it was made on'],
  [/\.(spec|test)\.[cm]?[jt]sx?$/, 'a test'], [/(^|\/)__(tests|mocks|snapshots)__\//, 'tests'], [/\.tsbuildinfo$/, 'what the compiler remembers'], [/(^|\/)\.DS_Store$|~$|\.log$/, 'something that was left lying about'],
];
const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/]{20}/;

/** What would be packed: nothing too much, nothing that is missing, and nothing that runs by itself. */
export function checkFiles(one: ToCheck): readonly Finding[] {
  return [...licence(one), ...readme(one), ...packed(one), ...scripts(one), ...ranges(one), ...weight(one)];
}

function licence({ json: { license }, files }: ToCheck): readonly Finding[] {
  return [
    ...(license === undefined ? [mend('licence', 'package.json has no "license": nobody may use it. Name one, such as MIT, by its SPDX id.')] : isSpdx(license) ? [] : [mend('licence', `“${license}” is no SPDX licence expression (spdx.org/licenses).`)]),
    ...([...files.keys()].some((file) => /^licen[cs]e(\.(md|txt))?$/i.test(file)) ? [] : [mend('licence', 'There is no LICENSE in it: write the licence’s text into a file of this name beside package.json.')]),
  ];
}
function isSpdx(expression: string): boolean {
  const parts = expression.replace(/[()]/g, ' ').replace(/ WITH [\w.-]+/g, '').trim().split(/\s+(?:AND|OR)\s+/);
  return parts.every((id) => SPDX.isSupportedSpdxId(id.trim().replace(/\+$/, '')));
}

function readme(one: ToCheck): readonly Finding[] {
  const text = textOf(one, 'README.md');
  if (text === undefined) return [mend('README', 'There is no README.md in it: say there what it does, for whom, and how it is set up.')];
  return text.trim().length < SHORTEST_README ? [mend('README', 'README.md says next to nothing: what does it do, for whom, and how is it set up?')] : [];
}

function packed(one: ToCheck): readonly Finding[] {
  const { json: { files: listed, repository }, files } = one;
  const bytes = [...files.values()].reduce((sum, size) => sum + size, 0);
  return [
    ...(listed ? [] : [mend('files', 'package.json has no "files": name there what is to be packed, or everything is.')]),
    ...[...files.keys()].flatMap((file) => UNWANTED.filter(([pattern]) => pattern.test(file)).map(([, what]) => mend('files', `${file} would be packed: ${what}. Leave it out under "files".`))),
    ...[...files].filter(([file, size]) => size < 1024 * 1024 && /\.(js|cjs|mjs|ts|json|md|yml|yaml|txt)$/.test(file) && PRIVATE_KEY.test(textOf(one, file) ?? '')).map(([file]) => mend('files', `${file} has a private key in it. Take it out, and make a new one: this one is known by whoever has the repository.`)),
    ...(bytes > MOST_BYTES ? [mend('size', `It has ${inMegabytes(bytes)} MB, and ${inMegabytes(MOST_BYTES)} are the most.`)] : bytes > MUCH_BYTES ? [advice('size', `It has ${inMegabytes(bytes)} MB: can something be left out?`)] : []),
    ...(repository === undefined ? [advice('package.json', 'It does not say where its source is: "repository".')] : []),
  ];
}
function inMegabytes(bytes: number): string { return (bytes / 1024 / 1024).toFixed(1); }

function scripts({ json: { scripts: own = {}, engines } }: ToCheck): readonly Finding[] {
  return [
    ...RUN_WHEN_INSTALLED.filter((script) => own[script] !== undefined).map((script) => mend('scripts', `“${script}” runs at whoever installs it, and no catalogue takes that. Do it before it is packed: “prepack”.`)),
    ...(engines?.node === undefined ? [advice('package.json', 'It does not say for which Node.js it is: "engines".')] : []),
  ];
}

function ranges({ json: { dependencies = {}, peerDependencies = {} } }: ToCheck): readonly Finding[] {
  return Object.entries({ ...dependencies, ...peerDependencies }).flatMap(([name, range]) => {
    if (validRange(range) === null) return [mend('dependencies', `${name} comes from “${range}”, which is no range of versions: whoever installs it would get something else each time.`)];
    return ['', '*', 'x'].includes(range.trim()) ? [mend('dependencies', `${name} may come in any version. Name those that you have tried.`)] : dependencies[name] !== undefined && /^>=?[^<]*$/.test(range.trim()) ? [mend('dependencies', `${name} “${range}” takes versions that nobody has tried yet. Name an end.`)] : [];
  });
}

/** What every page would bring. What a page weighs as a whole is seen where it is served. */
function weight({ files }: ToCheck): readonly Finding[] {
  const bytes = [...files].filter(([file]) => /^assets\/.*\.(css|js)$/.test(file)).map(([file, size]) => ({ file: path.posix.basename(file), size }));
  const heavy = bytes.filter(({ size }) => size > MOST_STYLE_AND_SCRIPT_BYTES * 4);
  return heavy.map(({ file, size }) => advice('pages', `${file} has ${Math.round(size / 1024)} kB before it is compressed: a first visit is to weigh at most ${MOST_STYLE_AND_SCRIPT_BYTES / 1024} kB in all.`));
}
