// `npm run lint`: `node tools/lint/lint.mjs [files] [options of eslint]`, in the folder of a workspace.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const bin = (name, file) => path.join(path.dirname(require.resolve(`${name}/package.json`)), file);
const given = process.argv.slice(2);
const env = { ...process.env, NX_DAEMON: 'false' };

// The rules on boundaries read the graph of packages that Nx made last, and are skipped in silence when there is none.
const graph = spawnSync(process.execPath, [bin('nx', 'dist/bin/nx.js'), 'show', 'projects', '--json'], { encoding: 'utf8', env });
if (graph.status !== 0) {
  console.error(`The graph of packages cannot be made:\n${graph.stdout}${graph.stderr}`);
  process.exit(1);
}
const linted = spawnSync(process.execPath, [bin('eslint', 'bin/eslint.js'), ...(given.some((argument) => !argument.startsWith('-')) ? [] : ['.']), ...given, '--max-warnings=0'], { stdio: 'inherit', env });
process.exit(linted.status ?? 1);
