import type { ProviderInstallation } from '@guildhall/kernel-contract';
import type { MessageProvider } from '@guildhall/notifications-contract';
import type { QuietHours } from './sending/quiet-hours';

/** What a council may set. @public */
export interface NotificationsOptions {
  /** Who sends. For each channel the first that has it. */
  readonly providers?: readonly ProviderInstallation<MessageProvider>[];
  /** Hours of the night in which texts wait, codes to sign in aside: `{ from: '21:00', to: '08:00' }`. E-mails and letters wake nobody. Without it texts go at any hour. */
  readonly quietHours?: QuietHours;
  /** How long the words and the address of a message are kept: 365 unless told, which is also the most, because the privacy notice says so. Secret messages lose theirs as soon as they have left. */
  readonly keepWordsForDays?: number;
  /** How long it is known that there was a message: 730 unless told, which is also the most. */
  readonly keepLogForDays?: number;
}
