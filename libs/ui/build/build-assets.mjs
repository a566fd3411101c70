// Builds assets/ from styles/ and scripts/: compiled, minified, named by their content, compressed. Run before publishing and, in a
// clone, by the server itself when they are missing or out of date. Several at once do no harm: all write the same bytes.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import * as esbuild from 'esbuild';
import * as sass from 'sass';

const require = createRequire(import.meta.url);
const { stampOf } = require('./stamp.cjs');
const packageFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const modulesFolder = path.join(path.dirname(require.resolve('govuk-frontend/package.json')), '..');
const target = path.join(packageFolder, 'assets');

/** MOJ Frontend's icons are not served: rules that would fetch one go. */
const withoutPictures = (css) => css.replace(/[^{}]*\{[^{}]*url\([^{}]*\}/g, '');

function stylesheet(name) {
  const { css } = sass.compile(path.join(packageFolder, 'styles', `${name}.scss`), { loadPaths: [path.join(packageFolder, 'styles'), modulesFolder, path.join(modulesFolder, '..')], style: 'compressed', charset: false, quietDeps: true });
  const result = withoutPictures(css);
  for (const unwanted of ['@font-face', 'url(', 'GDS Transport', 'crest']) if (result.includes(unwanted)) throw new Error(`${name}.css contains ${unwanted}, which councils may not use.`);
  return Buffer.from(result);
}

async function script(name) {
  const { outputFiles } = await esbuild.build({ entryPoints: [path.join(packageFolder, 'scripts', `${name}.mjs`)], bundle: true, minify: true, format: 'esm', target: ['es2020'], legalComments: 'none', write: false, logLevel: 'warning' });
  return Buffer.from(outputFiles[0].contents);
}

/** Written beside and moved into place, so that nobody reads half a file. */
function write(file, bytes) {
  const beside = `${file}.${process.pid}`;
  fs.writeFileSync(beside, bytes);
  fs.renameSync(beside, file);
}

const built = { 'site.css': stylesheet('site'), 'desk.css': stylesheet('desk'), 'site.js': await script('site'), 'desk.js': await script('desk') };
fs.mkdirSync(target, { recursive: true });
const files = {};
for (const [name, bytes] of Object.entries(built)) {
  const { name: stem, ext } = path.parse(name);
  const file = `${stem}-${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}${ext}`;
  files[name] = file;
  write(path.join(target, file), bytes);
  write(path.join(target, `${file}.br`), zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
  write(path.join(target, `${file}.gz`), zlib.gzipSync(bytes, { level: 9 }));
}
write(path.join(target, 'manifest.json'), `${JSON.stringify({ stamp: stampOf(packageFolder), files }, null, 2)}\n`);
const wanted = new Set(['manifest.json', ...Object.values(files).flatMap((file) => [file, `${file}.br`, `${file}.gz`])]);
// A server that runs may still send what it read an hour ago; a package contains this build alone.
const oldest = process.argv.includes('--only-this') ? Date.now() + 1000 : Date.now() - 3_600_000;
for (const file of fs.readdirSync(target)) if (!wanted.has(file) && fs.statSync(path.join(target, file)).mtimeMs < oldest) fs.rmSync(path.join(target, file), { force: true });
