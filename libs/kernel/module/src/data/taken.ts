/**
 * Whether a transaction failed because the table has such a row already (SQLSTATE 23505, unique_violation).
 * @public
 * @example catch (error) { throw isTaken(error, 'notifications.message') ? new Conflict('There is such a message already.') : error; }
 */
export function isTaken(error: unknown, by: string): boolean {
  const { code, schema, table } = error as { code?: string; schema?: string; table?: string };
  return code === '23505' && `${schema}.${table}` === by;
}
