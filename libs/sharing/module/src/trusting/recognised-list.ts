import type { Body } from '@guildhall/sharing-contract';

/** A regional body's list that a council follows. @public */
export interface RecognisedList {
  /** The list's own id: `north`. */
  readonly id: string;
  /** Who issues it, and its keys: these come from its people, never from where the list is. */
  readonly by: Pick<Body, 'id' | 'name' | 'keys'>;
  /** Where the list is fetched from. */
  readonly url: string;
  /** Where what its issuer publishes beside it is fetched from: guidelines, words, models of agreements. Nothing is taken unless told, and nothing of it is required. */
  readonly publications?: string;
  /** For how long after its end those who were known by it stay known, when no newer one comes: 30 unless told. */
  readonly graceInDays?: number;
}
