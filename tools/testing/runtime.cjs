'use strict';
const { createRequire, isBuiltin } = require('node:module');
const path = require('node:path');
const { default: JestRuntime } = require('jest-runtime');

const installed = `${path.sep}node_modules${path.sep}`;
const native = createRequire(__filename);

/**
 * jest's way of loading modules, but what is installed is loaded by Node and once for all specs of a process: every spec has its own copy of what is ours, and to load
 * Nest, Fastify and their like anew for each was a third of all that the specs did.
 */
module.exports = class Runtime extends JestRuntime {
  requireModule(from, name, options, isRequireActual) {
    if (!options?.isInternalModule && (name === undefined || !isBuiltin(name))) {
      const file = name === undefined ? from : this._resolution.resolveCjs(from, name);
      if (file.includes(installed)) return native(file);
    }
    return super.requireModule(from, name, options, isRequireActual);
  }
};
