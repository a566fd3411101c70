import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What the working folder is: every file that Git has or would take, by its content, and by what it is run with. Two folders with the same print build, lint and pass the same unit tests.
 *
 * @param {string} folder
 * @returns {string | undefined} nothing where Git does not say which files there are
 */
export function printOf(folder) {
  const { status, stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) return undefined;
  const whole = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}\0`);
  for (const file of [...new Set(stdout.split('\0'))].filter(Boolean).sort()) {
    const at = path.join(folder, file);
    // A file that Git still has and nobody else: that it is gone is part of what the folder is.
    whole.update(`${file}\0${existsSync(at) ? createHash('sha256').update(readFileSync(at)).digest('hex') : 'gone'}\0`);
  }
  return whole.digest('hex');
}

/** What passed, by what the folder was then. A stage that failed is never remembered. */
export class Remembered {
  /** @param {string} file where it is kept @param {string | undefined} print of the folder as it is now: without one nothing is known, and nothing kept */
  constructor(file, print) { Object.assign(this, { file, print }); }

  /** @returns {{ passed: number, failed: 0, skipped: number } | undefined} */
  find(stage) {
    const { print, stages = {} } = this.#read();
    return this.print !== undefined && print === this.print ? stages[stage] : undefined;
  }

  keep(stage, { passed, failed, skipped }) {
    if (this.print === undefined || failed > 0 || passed === 0) return;
    const { print, stages = {} } = this.#read();
    mkdirSync(path.dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify({ print: this.print, stages: { ...(print === this.print && stages), [stage]: { passed, failed, skipped } } }));
  }

  #read() {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8'));
    } catch {
      return {};
    }
  }
}
