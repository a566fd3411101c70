import { lookAtCode } from './look-at-code';

/** Before what is said here, so that what a package prints while it is loaded is not taken for it. */
const MARK = '\n[looked at] ';

// Run as a program: node running-code.js FOLDER…
const said = Object.fromEntries(process.argv.slice(2).map((folder) => [folder, lookAtCode(folder)]));
process.stdout.write(`${MARK}${JSON.stringify(said)}\n`, () => process.exit(0));
