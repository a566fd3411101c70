import { providersOf, type FormBody } from '@guildhall/kernel';
import { InvalidInput, type RequestContext } from '@guildhall/kernel-contract';
import { MESSAGE_CHANNELS, MESSAGE_PROVIDER, type MessageChannel, type MessagePreferences } from '@guildhall/notifications-contract';

/** By which channels this council sends anything. */
export function offeredIn(ctx: RequestContext): readonly MessageChannel[] {
  const offered = new Set(providersOf(ctx, MESSAGE_PROVIDER).flatMap((provider) => provider.channels));
  return MESSAGE_CHANNELS.filter((channel) => offered.has(channel));
}

/** What was chosen in the account or on the desk: both forms offer the same, and one of each is always chosen. @throws InvalidInput */
export function chosenIn(ctx: RequestContext, body: FormBody): MessagePreferences {
  const channel = offeredIn(ctx).find((offered) => offered === body['channel']);
  if (!channel && body['channel'] !== 'any') throw new InvalidInput('Choose one of the ways that are offered.', [{ field: 'channel', message: 'must be one of those offered' }]);
  if (body['news'] !== 'send' && body['news'] !== 'stop') throw new InvalidInput('Say whether to send news.', [{ field: 'news', message: 'must be send or stop' }]);
  return { ...(channel && { channel }), stopsNews: body['news'] === 'stop' };
}
