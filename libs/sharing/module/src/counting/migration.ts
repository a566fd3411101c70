import { migration } from '@guildhall/kernel';

export const figuresMigration = migration('011-figures', `
    -- Changes that were told unasked count, too.
    alter table sharing.figure drop constraint figure_figure_check, add constraint figure_figure_check check (figure in ('told', 'refused', 'refused-because', 'told-once', 'said-yes', 'said-no'));
  `);
