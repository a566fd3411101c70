import type { ModuleCommand } from '@guildhall/kernel';
import { MovesFiles } from './moves-files';

/** What the desk's pages do with files, for whoever looks after the deployment. */
export const configurationCommand: ModuleCommand = {
  name: 'configuration', takes: 'export | compare | import', does: 'take configuration away as a file, see what a file would change, bring one in; each says what else it takes',
  flags: {
    by: { takes: 'NAME', does: 'import: who brings it in; stands in the history and in the audit trail' },
    publish: { does: 'import: publish it at once; else it is a draft' },
    base: { takes: 'N', does: 'import: publish only if no revision above the one that compare named has been published since' },
  },
  run: (app, ctx, told) => app.get(MovesFiles, { strict: false }).run(ctx, told),
};
