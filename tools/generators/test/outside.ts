import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { worldAt, writeTo, type Generated, type Generator } from '../src';

const root = path.join(__dirname, '../../..');

/** Somebody else's workspace, in a folder of its own: our packages as they are built (`npm run build`) lie in its node_modules as if they had been installed. */
export class Outside {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'guildhall-outside-'));

  constructor(name = '@westmarch/modules') {
    writeFileSync(path.join(this.folder, 'package.json'), JSON.stringify({ name, private: true, workspaces: ['packages/*'] }));
    const modules = path.join(this.folder, 'node_modules');
    for (const folder of ['', '@guildhall']) {
      mkdirSync(path.join(modules, folder), { recursive: true });
      for (const entry of readdirSync(path.join(root, 'node_modules', folder))) if (entry !== '@guildhall') symlinkSync(path.join(root, 'node_modules', folder, entry), path.join(modules, folder, entry));
    }
  }

  /** Generates into it; whatever has a package.json lies in node_modules too, as workspaces do. */
  make<Options>(generator: Generator<Options>, options: Options): Generated {
    const made = generator(options, worldAt(this.folder));
    if (!made.ok) throw new Error(made.problems.join('\n'));
    writeTo(this.folder, made);
    for (const [file, text] of Object.entries(made.files)) if (path.basename(file) === 'package.json') this.#link(path.dirname(file), (JSON.parse(text) as { name: string }).name);
    return made;
  }

  #link(folder: string, name: string): void {
    const at = path.join(this.folder, 'node_modules', name);
    mkdirSync(path.dirname(at), { recursive: true });
    symlinkSync(path.join(this.folder, folder), at);
  }

  /** Compiles these folders together. @returns what the compiler says; nothing when all is well */
  compile(...folders: readonly string[]): string {
    return this.#run('.', path.join(root, 'node_modules/typescript/bin/tsc'), '-b', ...folders).said;
  }

  /** Looks at these packages as the `npm run lint` of each does, all in one process. @returns what is wrong, by file; nothing when all is well */
  lint(...folders: readonly string[]): readonly string[] {
    const { said } = this.#run('.', path.join(root, 'node_modules/eslint/bin/eslint.js'), ...folders, '--max-warnings=0', '--format=json');
    if (!said.startsWith('[')) return [said];
    return (JSON.parse(said.slice(0, said.lastIndexOf(']') + 1)) as { filePath: string; messages: { ruleId: string; message: string }[] }[]).flatMap(({ filePath, messages }) => messages.map(({ ruleId, message }) => `${path.relative(this.folder, filePath)}: ${ruleId}: ${message}`));
  }

  /** Runs the specs of a package as its `npm test` does, after it was compiled. */
  test(folder: string): { readonly status: number | null; readonly said: string; readonly passed: number } {
    const { status, said } = this.#run(folder, 'test.mjs');
    return { status, said, passed: Number(/^(?:#|ℹ) pass (\d+)$/m.exec(said)?.[1] ?? 0) };
  }

  /** The files of a folder, without what was compiled. */
  forget(): void { rmSync(this.folder, { recursive: true, force: true }); }

  #run(folder: string, ...args: readonly string[]): { readonly status: number | null; readonly said: string } {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|GUILDHALL_TEST_RUN|NODE_OPTIONS|NODE_TEST|JEST_)/.test(name)));
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: path.join(this.folder, folder), encoding: 'utf8', env });
    return { status, said: `${stdout}${stderr}` };
  }
}
