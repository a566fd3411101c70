import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/**
 * Puts the code of a packaged app into one file: most of a server's start is finding and opening some two thousand. Templates, assets and what cannot be in it stay where they lie:
 * code that was made for one kind of machine, code that is asked for only when the app runs, and what is not there because it is optional.
 *
 * @param {string} folder the packaged app, with its node_modules; main.js there is what it starts with, before and after
 * @param {ReadonlySet<string>} apart names of the packages that must be loaded from their own folders
 */
export async function bundleApp(folder, apart) {
  await build({
    entryPoints: [path.join(folder, 'main.js')], outdir: path.join(folder, 'bundle'), outExtension: { '.js': '.mjs' },
    bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20', minifyWhitespace: true, legalComments: 'none', logLevel: 'error',
    banner: { js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(new URL('../main.js', import.meta.url)); const packaged = require('node:path').dirname(import.meta.dirname);` },
    plugins: [{ name: 'packaged-app', setup: (bundling) => {
      bundling.onResolve({ filter: /^[^./]/ }, async ({ path: name, kind, importer, resolveDir, pluginData }) => {
        if (pluginData === 'asked') return undefined;
        const isAskedForLater = kind === 'dynamic-import' && !name.startsWith('@guildhall/');
        if (isAskedForLater || apart.has(packageOf(name))) return { path: name, external: true };
        const found = await bundling.resolve(name, { kind, importer, resolveDir, pluginData: 'asked' });
        return found.errors.length > 0 ? { path: name, external: true } : found;
      });
      bundling.onLoad({ filter: /\.js$/ }, ({ path: file }) => {
        const code = readFileSync(file, 'utf8');
        return /\b__(dirname|filename)\b/.test(code) ? { contents: `${whereabouts(path.relative(folder, file))}\n${code}` } : undefined;
      });
    } }],
  });
  writeFileSync(path.join(folder, 'main.js'), `import('./bundle/main.mjs');\n`);
}

/** Code that looks for files beside itself finds them where they were. */
function whereabouts(file) {
  return `const __filename = require('node:path').join(packaged, ${JSON.stringify(file)}), __dirname = require('node:path').dirname(__filename);`;
}

function packageOf(name) { return name.split('/', name.startsWith('@') ? 2 : 1).join('/'); }
