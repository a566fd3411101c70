import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/**
 * Puts the code of an app into one file: most of a server's start is finding and opening some two thousand. Templates, assets and what cannot be in it stay where they lie:
 * code that was made for one kind of machine, code that is asked for only when the app runs, and what is not there because it is optional.
 *
 * @param {object} app
 * @param {string} app.main what it starts with, compiled
 * @param {string} app.root the folder with the node_modules in which it finds everything
 * @param {string} app.into a folder below that, which gets main.mjs
 * @param {ReadonlySet<string>} app.apart names of the packages that must be loaded from their own folders
 */
export async function bundleApp({ main, root, into, apart }) {
  await build({
    entryPoints: [main], outdir: into, outExtension: { '.js': '.mjs' },
    bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20', minifyWhitespace: true, legalComments: 'none', logLevel: 'error',
    banner: { js: `import { createRequire as requireFrom } from 'node:module'; import { join as joinPath } from 'node:path'; const packaged = joinPath(import.meta.dirname, ${JSON.stringify(path.relative(into, root))}); const require = requireFrom(joinPath(packaged, 'main.js'));` },
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
        return /\b__(dirname|filename)\b/.test(code) ? { contents: `${whereabouts(path.relative(root, file))}\n${code}` } : undefined;
      });
    } }],
  });
}

/** Code that looks for files beside itself finds them where they were. */
function whereabouts(file) {
  return `const __filename = require('node:path').join(packaged, ${JSON.stringify(file)}), __dirname = require('node:path').dirname(__filename);`;
}

function packageOf(name) { return name.split('/', name.startsWith('@') ? 2 : 1).join('/'); }
