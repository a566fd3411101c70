/** What a council may set. @public */
export interface SubscriptionsOptions {
  /**
   * Origins within the council's own network that may be told all the same, also over plain HTTP: `['http://hub.riverbourne.internal:8080']`. Anything else must be on the public internet:
   * an officer's form must not be a way to look around behind the firewall.
   */
  readonly privateReceivers?: readonly string[];
  /** How long a receiver may take for its answer, in seconds: 15 unless told, 1 to 30. */
  readonly answerWithinSeconds?: number;
  /** How long what has happened can be sent again, in days: 30 unless told, 1 to 90. */
  readonly keepForDays?: number;
}
