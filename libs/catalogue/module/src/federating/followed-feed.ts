/** Another catalogue's feed that this one follows. @public */
export interface FollowedFeed {
  /** Where that catalogue is: `https://catalogue.glanafon.example`. One inside its own network may be named. */
  readonly origin: string;
  /** The key of its feed, and with it the feed's name (C2SP signed-note): from its people, not from its address. `catalogue.glanafon.example/feed+c74f20a3+AR…` */
  readonly key: string;
}

/** Why nothing is taken from a feed any more: its log has two histories, is shorter than it was, or is not what was signed. */
export const ALARMS = ['forked', 'shrunk'] as const;
export type AlarmReason = (typeof ALARMS)[number];
/** Kept as proof: what the feed had signed before, and what it signs now. */
export interface Alarm { readonly reason: AlarmReason; readonly at: string; readonly notes: readonly string[] }

/** How far a feed has been read, as it is kept. */
export interface FollowedRow {
  readonly size: string;
  readonly peaks: readonly Buffer[];
  readonly checkpoint: string;
  readonly asked_at: Date | null;
  readonly heard_at: Date | null;
  /** When its log was last read to its end. */
  readonly complete_at: Date | null;
  readonly fault: string | null;
  readonly alarm: Alarm | null;
}
