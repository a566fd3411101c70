/** Why a database is not to be had: by Node's codes of connections and by PostgreSQL's SQLSTATE. */
const NO_DATABASE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ERR_INVALID_URL', '28000', '28P01', '3D000']);

/** What went wrong at the start, and what to do. */
export function sentenceOf(error: unknown): string {
  const { code, port, syscall } = error as { code?: string; port?: number; syscall?: string };
  if (code === 'EADDRINUSE') return `The port ${port} is taken by another program, perhaps by an earlier start of this one. Stop that, or choose other ports: --port 4500`;
  if (code === 'EACCES' && port) return `This user may not serve on the port ${port}. Choose one above 1023: --port 4000`;
  const message = error instanceof Error ? error.message : String(error);
  // A Unix socket that is not there is a file that is not there.
  const hasNoDatabase = code !== undefined && (NO_DATABASE.has(code) || (code === 'ENOENT' && syscall === 'connect'));
  return hasNoDatabase ? `The database cannot be reached: ${message || code}. See that PostgreSQL runs and that DATABASE_URL names it: postgres://login:password@host/database` : message;
}
