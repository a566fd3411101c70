import type * as pg from 'pg';

/** Functions that may run with their owner's rights: none yet. Each has its reason beside it. */
const SECURITY_DEFINERS: readonly string[] = [];
/** Schemas whose tables belong to no council: the queue holds councils' ids inside its jobs and is closed to the application. */
const WITHOUT_COUNCIL = ['queue'];
const POLICY = /council_id = \(?NULLIF\(current_setting\('app\.council_id'::text, true\), ''::text\)\)?::uuid/;

/**
 * Everything in a migrated database that breaks the rules of isolation: a table with no forced row-level security, a key that does not begin with the council,
 * a view or function that runs as its owner, a right too many. Empty is right.
 * @public
 */
export async function catalogFaults(owner: pg.Pool): Promise<readonly string[]> {
  const faults: string[] = [];
  const all = async <Row extends object>(text: string): Promise<Row[]> => (await owner.query<Row>(text, [WITHOUT_COUNCIL])).rows;
  const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname !~ '^pg_' and n.nspname <> all($1)`;

  for (const table of await all<{ name: string; has_council: boolean; rls: boolean; forced: boolean }>(`
    select format('%s.%s', n.nspname, c.relname) as name, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'council_id' and not a.attisdropped) as has_council, c.relrowsecurity as rls, c.relforcerowsecurity as forced
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${ours} and c.relname <> 'schema_migration'`)) {
    if (!table.has_council) faults.push(`${table.name} has no council_id`);
    if (!table.rls || !table.forced) faults.push(`${table.name} lacks forced row-level security`);
  }
  for (const policy of await all<{ name: string; table: string; using: string | null; check: string | null; roles: string[] }>(`
    select p.polname as name, format('%s.%s', n.nspname, c.relname) as table, pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check,
      (select coalesce(array_agg(r.rolname::text), '{public}') from pg_roles r where r.oid = any(p.polroles)) as roles
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where ${ours}`)) {
    if (policy.roles.every((role) => ['guildhall_work', 'guildhall_seal', 'guildhall_report'].includes(role))) continue;
    if (!POLICY.test(policy.using ?? '') || !POLICY.test(policy.check ?? '')) faults.push(`the policy ${policy.name} of ${policy.table} does not hold reading and writing to the council`);
  }
  for (const { name } of await all<{ name: string }>(`
    select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and ${ours} and c.relname <> 'schema_migration' and not exists (select from pg_policy p where p.polrelid = c.oid)`)) faults.push(`${name} has no policy`);
  for (const { name } of await all<{ name: string }>(`
    select format('%s on %s.%s', i.relname, n.nspname, c.relname) as name from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and c.relname <> 'schema_migration' and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = x.indkey[0] and a.attname = 'council_id')`)) faults.push(`the index ${name} does not begin with council_id`);
  for (const { name } of await all<{ name: string }>(`
    select format('%s on %s.%s', k.conname, n.nspname, c.relname) as name from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace join pg_class f on f.oid = k.confrelid
    where k.contype = 'f' and ${ours} and (f.relnamespace <> c.relnamespace or not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = k.conkey[1] and a.attname = 'council_id'))`)) faults.push(`the foreign key ${name} does not begin with council_id or leaves its schema`);
  for (const { name } of await all<{ name: string }>(`select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours} and (c.relkind = 'm' or (c.relkind = 'v' and not coalesce('security_invoker=true' = any(c.reloptions) or 'security_invoker=on' = any(c.reloptions), false)))`)) faults.push(`the view ${name} runs as its owner`);
  for (const { name } of await all<{ name: string }>(`select format('%s.%s', n.nspname, p.proname) as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours} and p.prosecdef`)) if (!SECURITY_DEFINERS.includes(name)) faults.push(`the function ${name} runs as its owner`);
  for (const { name } of await all<{ name: string }>(`select format('%s.%s.%s', n.nspname, c.relname, a.attname) as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = a.atttypid where ${ours} and c.relkind in ('r', 'p') and t.typtype = 'e' and a.attnum > 0`)) faults.push(`${name} is an enum: row-level security keeps its comparison off the index`);
  for (const { name, right } of await all<{ name: string; right: string }>(`
    select format('%s.%s', n.nspname, c.relname) as name, x.privilege_type as right from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) x
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and x.grantee = 'guildhall_app'::regrole and (x.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE') or n.nspname = any($1))`)) faults.push(`the application has ${right} on ${name}`);
  for (const { fault } of (await owner.query<{ fault: string }>(`
    select 'the application''s role may ' || what as fault from pg_roles r, lateral (values ('log in', r.rolcanlogin), ('do anything', r.rolsuper), ('pass row-level security', r.rolbypassrls), ('create roles', r.rolcreaterole), ('create databases', r.rolcreatedb)) v(what, may) where r.rolname = 'guildhall_app' and may
    union all select 'the application''s role is a member of ' || g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles r on r.oid = m.member where r.rolname = 'guildhall_app'
    union all select 'the application''s role owns ' || c.oid::regclass from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'guildhall_app'
    union all select 'the application''s role may create in the schema ' || nspname from pg_namespace where nspname !~ '^pg_' and has_schema_privilege('guildhall_app', oid, 'CREATE')`)).rows) faults.push(fault);
  return faults;
}
