'use strict';
// Required before an app: when that ends, LOADED_FILES says which files it had loaded.
const { writeFileSync } = require('node:fs');

process.on('exit', () => writeFileSync(process.env.LOADED_FILES, JSON.stringify(Object.keys(require.cache))));
