// `node tools/testing/bundle-to-kill.mjs apps/riverbourne <folder>`: the app with its code in one file, as it is deployed, for specs that start it a hundred times.
// What counts its steps needs the database's driver to be the one that is installed, so that stays apart.
import path from 'node:path';
import { bundleApp } from '../packaging/bundle-app.mjs';
import { root } from '../workspace/build.mjs';

const [app, into] = process.argv.slice(2);
await bundleApp({ main: path.join(root, app, 'dist/main.js'), root, into: path.resolve(into), apart: new Set(['pg', 'sharp']) });
