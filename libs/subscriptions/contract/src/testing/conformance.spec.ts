import { testConformance } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { webhookSecret } from '../index';
import { ReceivingEnd, webhookReceiverKit, type WebhookReceiverHarness } from './index';

const secret = webhookSecret(Buffer.alloc(32, 1));
const running = new Map<WebhookReceiverHarness, ReceivingEnd>();

testConformance(webhookReceiverKit, { describe, it }, {
  open: async () => {
    const clock = new FixedClock();
    const end = await ReceivingEnd.start({ secret, now: () => clock.now() });
    const harness: WebhookReceiverHarness = {
      secret, now: () => clock.now(),
      post: async (headers, body) => (await fetch(end.url, { method: 'POST', headers, body: body as RequestInit['body'] })).status,
      effects: async () => [...end.taken.keys()],
    };
    running.set(harness, end);
    return harness;
  },
  close: async (harness) => running.get(harness)?.stop(),
});

describe('the page of a receiving end', () => {
  it('shows what came, and changes how it answers', async () => {
    const end = await ReceivingEnd.start({ secret });
    try {
      await fetch(end.url, { method: 'POST', headers: { 'webhook-id': '<script>' }, body: '<b>' });
      const page = await (await fetch(end.origin)).text();
      expect(page).toContain('&#60;script&#62;');
      expect(page).not.toContain('<script>');
      expect(page).toContain('headers-missing');
      await fetch(`${end.origin}/answers`, { method: 'POST', body: new URLSearchParams({ status: '503', 'retry-after': '60', times: '2', for: 'next' }) });
      expect(await (await fetch(end.origin)).text()).toContain('The next 2 are answered: 503, retry after 60; 503, retry after 60.');
      await fetch(`${end.origin}/answers`, { method: 'POST', body: new URLSearchParams({ breaks: 'never', for: 'always' }) });
      expect(await (await fetch(end.origin)).text()).toContain('All others: never answers.');
    } finally {
      await end.stop();
    }
  });
});
