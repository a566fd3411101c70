import { MESSAGE_CHANNELS, type MessageChannel } from './message';

/** How somebody wishes to hear from the council. @public */
export interface MessagePreferences {
  /** Tried first wherever a message and the council have it and the address is known. */
  readonly channel?: MessageChannel;
  /** News ({@link MessageTemplate.isNews}) is not sent to them; what must be said still is. */
  readonly stopsNews: boolean;
}

/** Of whoever has never said. @public */
export const NO_PREFERENCES: MessagePreferences = Object.freeze({ stopsNews: false });

/** The channels that a sender allows, what the recipient prefers first. @public */
export function preferredFirst(channels: readonly MessageChannel[] = MESSAGE_CHANNELS, preferred?: MessageChannel): readonly MessageChannel[] {
  return preferred && channels.includes(preferred) ? [preferred, ...channels.filter((channel) => channel !== preferred)] : channels;
}
