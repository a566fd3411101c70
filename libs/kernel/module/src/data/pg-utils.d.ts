/** What node-postgres has no types for. */
declare module 'pg/lib/utils' {
  /** A value as PostgreSQL reads it. */
  export function prepareValue(value: unknown): string | Buffer | null;
}
