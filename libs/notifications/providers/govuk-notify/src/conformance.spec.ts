import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret, testReportedConformance, type HarnessSource } from '@guildhall/kernel-contract';
import { plainOutbound, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { messageProviderKit, type MessageProviderHarness } from '@guildhall/notifications-contract/testing';
import { GovUkNotifyProvider } from './govuk-notify.provider';
import { CARRIER_SETTING, NotifySimulator, htmlWords, plainWords, type Misbehaviour, type NotificationStatus } from './simulator';

const TOKEN = 'a token that only Notify knows';
const BEHAVIOURS: Readonly<Record<'refuse-for-now' | 'refuse-for-good' | 'silent' | 'accept-then-vanish', Misbehaviour>> = {
  'refuse-for-now': { kind: 'answer', status: 429, error: 'RateLimitError', message: 'Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds' },
  'refuse-for-good': { kind: 'answer', status: 400, error: 'ValidationError', message: 'email_address ann@riverbourne.example is not a valid email address' },
  silent: { kind: 'silent' }, 'accept-then-vanish': { kind: 'vanish-after-taking' },
};
const STATUS: Readonly<Record<'delivered' | 'temporary' | 'permanent' | 'technical', NotificationStatus>> = { delivered: 'delivered', temporary: 'temporary-failure', permanent: 'permanent-failure', technical: 'technical-failure' };

interface Harness extends MessageProviderHarness { readonly notify: NotifySimulator }

const source: HarnessSource<Harness> = {
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

const reported = testReportedConformance(messageProviderKit, { describe, it }, source);

it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', async () => {
  const file = join(__dirname, '../conformance.json');
  const report = reported('@guildhall/notifications-provider-govuk-notify');
  if (process.env.GUILDHALL_WRITE_REPORTS) await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(report);
});
