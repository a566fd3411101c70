import { RecordedLog, plainOutbound, testContext, testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { WebhookDelivery } from '@guildhall/payments-contract';
import { bodyOf, header, nothing, send, serveOnThisMachine } from '@guildhall/payments-contract/far-end';
import { simulatedStripe } from './simulated-stripe';

it('a simulated Stripe beside the council\'s server and the council\'s provider know each other: payments go there, and its webhooks come back and are genuine', async () => {
  let hear: (delivery: WebhookDelivery) => void = () => undefined;
  const heard = new Promise<WebhookDelivery>((resolve) => { hear = resolve; });
  const server = await serveOnThisMachine(0, async (request, response) => {
    const rawBody = Buffer.from(await bodyOf(request));
    send(response, nothing(200));
    hear({ rawBody, headers: { 'stripe-signature': header(request, 'stripe-signature') ?? '' } });
  });
  const council = { ...testCouncil(), origin: server.origin };
  const ofCouncil = (name: string): Uint8Array => Buffer.from(name.padEnd(32, '.'));
  const installation = simulatedStripe();
  const running = await installation.companion?.start({ port: 0, dataFolder: '', councils: [council], outbound: plainOutbound, log: new RecordedLog(), secret: (_council, providerId, name) => (providerId === installation.id ? ofCouncil(name) : Buffer.alloc(32)) });
  try {
    const clock = { now: () => new Date() };
    const dependencies = testProviderDependencies({ council, clock, secret: ofCouncil, companionOrigin: running?.origin });
    const provider = installation.create(dependencies);
    const ctx = testContext();
    expect(installation.isSandbox).toBe(true);
    expect(installation.formOrigins?.(dependencies)).toContain(running?.origin);
    expect(await installation.check?.(provider)).toEqual({ ok: true, message: `Stripe answers and accepts the test key: no money moves. Its webhooks lead to ${server.origin}/payments/webhooks/stripe.` });
    const made = await provider.create(ctx, { key: 'a-1', amountInPence: 5500, description: 'Garden waste', reference: 'TE-1', returnUrl: `${server.origin}/return`, language: 'en' });
    if (!made.ok) throw new Error(made.refusal.reason);
    const { providerPaymentId, nextUrl = '' } = made.value;
    await plainOutbound.fetch(nextUrl, { method: 'POST', body: new URLSearchParams({ cardNumber: '4242424242424242', expiryMonth: '12', expiryYear: '49', holder: 'Alex Example', securityCode: '123' }) });
    expect(await provider.readWebhook?.(ctx, await heard)).toMatchObject({ ok: true, value: { providerPaymentId } });
    expect((await provider.fetch(ctx, providerPaymentId)).state).toBe('succeeded');
    expect((await plainOutbound.fetch(running?.page ?? '')).status).toBe(200);
  } finally {
    await running?.stop();
    await server.close();
  }
});
