'use strict';
const { default: Sequencer } = require('@jest/test-sequencer');

/** What takes minutes. jest, where it has never run before, begins with the largest files; these are short, and would keep one core busy at the end while the other has nothing left to do. */
const LONGEST = ['/crash.int.spec.ts', '/crash-arranged.int.spec.ts', '/packaged-app.int.spec.ts', '/histories.int.spec.ts', '/third-council.e2e.spec.ts', '/outsider.e2e.spec.ts', '/simulated.e2e.spec.ts'];

/** The order of specs: those that are known to be long, then as jest would have it. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rankOf(one) - rankOf(other));
  }
};

function rankOf({ path }) {
  const rank = LONGEST.findIndex((name) => path.endsWith(name));
  return rank < 0 ? LONGEST.length : rank;
}
