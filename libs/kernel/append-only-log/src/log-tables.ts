/**
 * The two tables of a log that only grows, with their schema: how far it has come (`council_id, size bigint, peaks bytea[], checkpoint text`), and the hash of each whole subtree
 * (`council_id, height smallint, position bigint, hash bytea`). What stands in it is the module's own.
 * @public
 */
export interface LogTables {
  /** `sharing.log` */
  readonly log: string;
  /** `sharing.subtree` */
  readonly subtree: string;
}

/** How far a log has come: how many entries it has, and a signed note over them. @public */
export interface LogHead { readonly size: number; readonly checkpoint: string }
