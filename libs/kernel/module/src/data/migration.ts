/** One step of a module's schema, in plain SQL, run once, in the order in which the module lists them. @public */
export interface Migration {
  /** `001-payments`: three digits, then what it does. */
  readonly id: string;
  readonly sql: string;
  /** `expand` adds and can be run before the new code; `contract` removes and must wait until no old code runs. */
  readonly kind: 'expand' | 'contract';
}

/** Declares a migration that expands the schema. @public */
export function migration(id: string, sql: string, kind: Migration['kind'] = 'expand'): Migration {
  if (!/^\d{3}-[a-z0-9-]+$/.test(id)) throw new Error(`The migration id "${id}" must be three digits and a name: 001-payments.`);
  return Object.freeze({ id, sql, kind });
}

const OWN_COUNCIL = `council_id = nullif(current_setting('app.council_id', true), '')::uuid`;

/**
 * The SQL that closes a table: row-level security on and forced, one policy for reading and writing by council, and only these rights for the application.
 * @public
 * @param table with its schema: `payments.payment`
 */
export function councilTable(table: string, options: { readonly grants?: readonly ('select' | 'insert' | 'update' | 'delete')[] } = {}): string {
  const grants = options.grants ?? ['select', 'insert', 'update', 'delete'];
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy own_council on ${table} using (${OWN_COUNCIL}) with check (${OWN_COUNCIL});
    ${grants.length ? `grant ${grants.join(', ')} on ${table} to guildhall_app;` : ''}`;
}
