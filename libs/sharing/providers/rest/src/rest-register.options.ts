import type { Secret } from '@guildhall/kernel-contract';
import type { RegisterMapping, Vocabulary } from '@guildhall/sharing-contract';

/** How people are found by their date of birth. Names are compared here, by the same rules for every source. @public */
export interface RestFind {
  /** Where the API tells of everybody with one date of birth, whatever their name: `https://revenues.riverbourne.example/api/accounts?born={dateOfBirth}`. The day is written as the mapping's `dates` says. */
  readonly address: string;
  /** Where in that answer the list of people stands, as a JSON Pointer: `/accounts`. The whole answer unless told. Each has its id, name and date of birth where the mapping says. */
  readonly people?: string;
  /** Where that answer says how many there are in all: `/total`. With fewer in the list nobody is found, since it would not be known that a name is there once. Leave it out only where the API always tells of all. */
  readonly total?: string;
}

/** What a body sets. @public */
export interface RestRegisterOptions {
  /** Where the API tells of one person: `https://revenues.riverbourne.example/api/accounts/{id}`. `{id}` is what links name, percent-encoded. http only for a simulator on this machine. */
  readonly address: string;
  /** What lets us in. It should let us read and nothing else. */
  readonly credential: Secret;
  /** The header in which the credential is sent as it is: `X-API-Key`. Unless told, `Authorization: Bearer …`. */
  readonly credentialHeader?: string;
  /** Where in the answer the person stands, as a JSON Pointer (RFC 6901): `/account`. The whole answer unless told. Where a list stands there, it is the one in it with the id that was asked for. */
  readonly person?: string;
  /** What the values say of a person. Every column is a JSON Pointer that begins at the person: `/liable/name`, `/address/lines/0`. */
  readonly mapping: RegisterMapping;
  /** Without it nobody is found by name, date of birth and address. */
  readonly find?: RestFind;
  /** The words that agreements are made of; the starter set unless told. */
  readonly vocabulary?: Pick<Vocabulary, 'attributes'>;
  /** For one call; 2 unless told. */
  readonly timeoutInSeconds?: number;
  /** Whether the API is in the body's own network. Otherwise its address is called only where it leads to the public internet. */
  readonly isInOwnNetwork?: boolean;
  /** The id of a test record, which the check reads. Without one it cannot see that a path is wrong: that looks like nobody. */
  readonly testPerson?: string;
  /** Tells several such APIs apart: lower-case words with hyphens. */
  readonly name?: string;
}
