'use strict';
const { existsSync, readFileSync, readdirSync } = require('node:fs');
const path = require('node:path');

/**
 * The installed packages that are written as ES modules: jest runs CommonJS, so these must be transformed.
 * Looked up rather than listed, so that adding a dependency needs no change here.
 *
 * @param {string} modulesFolder a `node_modules` folder
 * @returns {string[]} package names
 */
function esmPackages(modulesFolder) {
  const names = new Set();
  for (const name of packageNames(modulesFolder)) {
    const folder = path.join(modulesFolder, name);
    if (isEsm(path.join(folder, 'package.json'))) names.add(name);
    const inner = path.join(folder, 'node_modules');
    if (existsSync(inner)) for (const nested of esmPackages(inner)) names.add(nested);
  }
  return [...names].sort();
}

function packageNames(modulesFolder) {
  return readdirSync(modulesFolder).filter((name) => !name.startsWith('.')).flatMap((name) =>
    name.startsWith('@') ? readdirSync(path.join(modulesFolder, name)).map((inner) => `${name}/${inner}`) : [name]);
}

function isEsm(manifestFile) {
  try { return JSON.parse(readFileSync(manifestFile, 'utf8')).type === 'module'; } catch { return false; }
}

module.exports = { esmPackages };
