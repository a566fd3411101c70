import { Secret, type HarnessSource } from '@guildhall/kernel-contract';
import { plainOutbound, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { messageProviderKit, type MessageProviderHarness } from '@guildhall/notifications-contract/testing';
import { GovUkNotifyProvider } from '../govuk-notify.provider';
import { CARRIER_SETTING, NotifySimulator, htmlWords, plainWords, type Misbehaviour, type NotificationStatus } from '../simulator';

const TOKEN = 'a token that only Notify knows';
const BEHAVIOURS: Readonly<Record<'refuse-for-now' | 'refuse-for-good' | 'silent' | 'accept-then-vanish', Misbehaviour>> = {
  'refuse-for-now': { kind: 'answer', status: 429, error: 'RateLimitError', message: 'Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds' },
  'refuse-for-good': { kind: 'answer', status: 400, error: 'ValidationError', message: 'email_address ann@riverbourne.example is not a valid email address' },
  silent: { kind: 'silent' }, 'accept-then-vanish': { kind: 'vanish-after-taking' },
};
const STATUS: Readonly<Record<'delivered' | 'temporary' | 'permanent' | 'technical', NotificationStatus>> = { delivered: 'delivered', temporary: 'temporary-failure', permanent: 'permanent-failure', technical: 'technical-failure' };

interface Harness extends MessageProviderHarness { readonly notify: NotifySimulator }

export const source: HarnessSource<Harness> = {
  abilities: ['email', 'sms', 'letter', 'far-end', 'deduplicates', 'status', 'callbacks'],
  async open() {
    const notify = new NotifySimulator({ delivery: 'by-hand' });
    await notify.start();
    const provider = new GovUkNotifyProvider(
      { apiKey: new Secret(notify.apiKey()), templates: CARRIER_SETTING, callbackToken: new Secret(TOKEN), origin: notify.origin, timeoutInSeconds: 2 },
      { ...testProviderDependencies(), clock: { now: () => new Date() }, outbound: plainOutbound },
    );
    return {
      notify, provider,
      received: () => Promise.resolve(notify.notifications.map(({ reference, type, to, lines, subject, body, personalisation }) => ({
        identity: reference ?? '', recipients: [type === 'letter' ? lines.join('\n') : to], title: subject,
        // Of a text what reached Notify: on its way to telephones it loses typographic signs.
        text: type === 'sms' ? String(personalisation['body']) : plainWords(body), html: type === 'email' ? htmlWords(body) : undefined,
      }))),
      async farEnd(behaviour) {
        notify.misbehave(behaviour === 'accept' || behaviour === 'unreachable' ? undefined : BEHAVIOURS[behaviour]);
        await (behaviour === 'unreachable' ? notify.close() : notify.start());
      },
      settle: (id, as) => Promise.resolve(notify.settle(id, STATUS[as])),
      callback: (id) => Promise.resolve(notify.receipt(id, TOKEN)),
    };
  },
  close: ({ notify }) => notify.stop(),
};

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: messageProviderKit.id, source }];
