#!/usr/bin/env node
import { startGovUkPaySimulator } from '../simulator';

/** `guildhall-govuk-pay-simulator [port]`: runs until it is stopped. */
async function main(): Promise<void> {
  const port = Number(process.argv[2] ?? 4110);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError('Give a port, like 4110.');
  const running = await startGovUkPaySimulator({ port });
  console.log(`A GOV.UK Pay that moves no money is at ${running.origin}. Set GOVUK_PAY_ORIGIN to that, and any API key that begins with api_test_. Drive it at ${running.origin}/simulator.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { void running.stop(); });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
