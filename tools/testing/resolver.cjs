'use strict';

/** jest's own resolver; a package that offers itself to `import` only (libraries load it by `await import(…)`) is found by that condition. */
module.exports = function resolve(request, options) {
  try {
    return options.defaultResolver(request, options);
  } catch (error) {
    if (request.startsWith('.') || request.startsWith('/')) throw error;
    try {
      return options.defaultResolver(request, { ...options, conditions: [...options.conditions.filter((name) => name !== 'require'), 'import'] });
    } catch {
      throw error;
    }
  }
};
