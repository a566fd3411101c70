import { createRequire } from 'node:module';
import path from 'node:path';
import type * as TypeScript from 'typescript';
import { CannotDo } from '../../command';

/** TypeScript with its own parser: 5 or 6; 7 has none that can be called. */
export type Compiler = typeof TypeScript;

/** The TypeScript by which the app in this folder is compiled. @throws CannotDo */
export function compilerOf(folder: string): Compiler {
  for (const from of [path.join(folder, 'package.json'), __filename]) {
    try {
      const found = createRequire(from)('typescript') as Partial<Compiler>;
      if (typeof found.createSourceFile === 'function') return found as Compiler;
    } catch {
      // The next place may have it.
    }
  }
  throw new CannotDo('The configuration is read by TypeScript, and none is installed here. Run: npm install --save-dev typescript@6');
}
