import type { Secret } from '@guildhall/kernel-contract';
import type { RegisterMapping, Vocabulary } from '@guildhall/sharing-contract';

/** A table or view, and what its columns say. Names are as the database has them, small letters and capitals too. @public */
export interface SqlTable extends RegisterMapping {
  /** `ctax.account`; without a schema it is `public`. */
  readonly table: string;
}

/** What a body sets. @public */
export interface SqlRegisterOptions {
  /** Where the database is, and a login that may read and nothing else: `postgres://guildhall_reads:…@db.riverbourne.internal/revenues?sslmode=verify-full`. */
  readonly connection: Secret;
  /** Each is asked by one statement. An attribute is in one of them. */
  readonly tables: readonly SqlTable[];
  /** The words that agreements are made of; the starter set unless told. */
  readonly vocabulary?: Pick<Vocabulary, 'attributes'>;
  /** How long a statement may take, and how long a connection is waited for; 2 unless told. */
  readonly timeoutInSeconds?: number;
  /** How many connections are used at most; 4 unless told. */
  readonly mostConnections?: number;
  /** Tells several such databases apart: lower-case words with hyphens. */
  readonly name?: string;
}
