#!/usr/bin/env node
import { startClamd } from '../clamd-simulator';

/** `guildhall-clamd-simulator [port]`: runs until it is stopped. */
async function main(): Promise<void> {
  const port = Number(process.argv[2] ?? 4310);
  if (!Number.isInteger(port) || port < 0 || port > 65_534) throw new RangeError('Give a port, like 4310.');
  const clamd = await startClamd({ port, pagePort: port === 0 ? 0 : port + 1 });
  console.log(`A clamd that finds only the harmless test virus is at ${clamd.address}. Set CLAMD_ADDRESS to that. Drive it at ${clamd.pageOrigin}.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { void clamd.stop(); });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
