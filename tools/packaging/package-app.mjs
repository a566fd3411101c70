// `npx nx run riverbourne:package`: a folder dist/apps/riverbourne that runs by `node main.js` with Node alone, and holds nothing that production does not need.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, root } from '../workspace/build.mjs';
import { bundleApp } from './bundle-app.mjs';
import { dockerfile } from './dockerfile.mjs';
import { productionPackages } from './production-packages.mjs';

const [app, elsewhere] = process.argv.slice(2);
if (!app || !existsSync(path.join(root, app, 'package.json'))) {
  console.error('Usage: node tools/packaging/package-app.mjs apps/<council> [folder, dist/apps/<council> unless told]');
  process.exit(1);
}
if (!build([app]) || spawnSync(process.execPath, [path.join(root, 'libs/ui/build/build-assets.mjs')], { cwd: root, stdio: 'inherit' }).status !== 0) process.exit(1);

const target = path.resolve(root, elsewhere ?? path.join('dist', app));
const manifest = read(path.join(app, 'package.json'));
const { packages: locked } = read('package-lock.json');
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

const parts = productionPackages(locked, app).filter(({ from }) => existsSync(path.join(root, from)));
cpSync(path.join(root, app, 'dist'), target, { recursive: true, filter: isForProduction });
for (const { from, to } of parts) {
  if (from.includes('node_modules')) copyInstalled(from, to);
  else copyOwn(from, to);
}
write('package.json', `${JSON.stringify({
  name: manifest.name, version: manifest.version, private: true, license: manifest.license, description: manifest.description, type: 'commonjs', engines: manifest.engines,
  ...machineOf(parts), scripts: { start: 'node main.js' },
  dependencies: Object.fromEntries(Object.keys(manifest.dependencies).sort().map((name) => [name, read(path.join(parts.find(({ to }) => to === `node_modules/${name}`).from, 'package.json')).version])),
}, null, 2)}\n`);
write('Dockerfile', dockerfile(manifest));
write('.dockerignore', 'Dockerfile\n.dockerignore\n.guildhall\n');
await bundleApp({ main: path.join(target, 'main.js'), root: target, into: path.join(target, 'bundle'), apart: apart(parts) });
write('main.js', `import('./bundle/main.mjs');\n`);
// What runs, byte by byte: by its digest an assessor says what was looked at, and everybody sees when something else runs. It is written as a lockfile is.
write('components.json', `${JSON.stringify({ packages: { ...Object.fromEntries(parts.map(({ from, to }) => [to, componentOf(from)])), ...Object.fromEntries(readdirSync(path.join(target, 'bundle')).sort().map((name) => [`bundle/${name}`, { integrity: `sha512-${createHash('sha512').update(readFileSync(path.join(target, 'bundle', name))).digest('base64')}` }])) } }, null, 2)}\n`);
console.log(`Packaged ${manifest.name} with ${parts.length} packages into ${target}`);

/** One of our packages: what it would publish, without sources, declarations and test support. */
function copyOwn(from, to) {
  const { files } = read(path.join(from, 'package.json'));
  for (const entry of ['package.json', ...files.filter((name) => !name.startsWith('!') && name !== 'src')]) {
    const source = path.join(root, from, entry);
    if (existsSync(source)) cpSync(source, path.join(target, to, entry), { recursive: true, filter: isForProduction });
  }
}

/** Somebody else's package, without what is nested in it: that is a part of its own when it is needed. */
function copyInstalled(from, to) {
  const source = path.join(root, from);
  cpSync(source, path.join(target, to), { recursive: true, dereference: true, filter: (file) => path.relative(source, file).split(path.sep)[0] !== 'node_modules' && isForProduction(file) });
}

function isForProduction(file) {
  return !/\.(map|tsbuildinfo)$|\.d\.[cm]?ts$|\.spec\.js$/.test(file) && !/[\\/]dist[\\/]testing$/.test(file);
}

/** When a part was made for one kind of machine, so is the whole. */
function machineOf(parts) {
  return manifestsOf(parts).some(isForOneMachine) ? { os: [process.platform], cpu: [process.arch] } : {};
}

/** Packages that were made for one kind of machine, and those that load them. */
function apart(parts) {
  const manifests = manifestsOf(parts);
  const bound = new Set(manifests.filter(isForOneMachine).map(({ name }) => name));
  return new Set([...bound, ...manifests.filter((each) => Object.keys({ ...each.dependencies, ...each.optionalDependencies }).some((name) => bound.has(name))).map(({ name }) => name)]);
}

function manifestsOf(parts) { return parts.map(({ from }) => read(path.join(from, 'package.json'))); }
function isForOneMachine({ os, cpu }) { return Boolean(os ?? cpu); }

function componentOf(from) { return { version: read(path.join(from, 'package.json')).version, integrity: locked[from]?.integrity }; }

function read(file) { return JSON.parse(readFileSync(path.join(root, file), 'utf8')); }
function write(name, text) { writeFileSync(path.join(target, name), text); }
