#!/usr/bin/env node
import { startStripeSimulator } from '../simulator';

/** `guildhall-stripe-simulator [port]`: runs until it is stopped. */
async function main(): Promise<void> {
  const port = Number(process.argv[2] ?? 4120);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError('Give a port, like 4120.');
  const running = await startStripeSimulator({ port });
  console.log(`A Stripe that moves no money is at ${running.origin}. Set STRIPE_ORIGIN to that, and any API key that begins with sk_test_. Drive it at ${running.origin}/simulator.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { void running.stop(); });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
