#!/usr/bin/env node
import path from 'node:path';
import { startS3 } from '../s3-simulator';

/** `guildhall-s3-simulator [port] [folder]`: runs until it is stopped. With a folder, and the keys of the settings below, it is the same again at the next start. */
async function main(): Promise<void> {
  const port = Number(process.argv[2] ?? 4320);
  const folder = process.argv[3];
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError('Give a port, like 4320.');
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  const far = await startS3({ port, ...(accessKeyId && secretAccessKey ? { keys: [{ accessKeyId, secretAccessKey }] } : {}), ...(folder ? { folder: path.resolve(folder) } : {}) });
  console.log(`An S3 of invented buckets is at ${far.origin}. Look into it at ${far.pageOrigin}.\n  S3_ORIGIN=${far.origin} S3_BUCKET=${far.buckets[0]?.name} S3_ACCESS_KEY_ID=${far.keys[0].accessKeyId} S3_SECRET_ACCESS_KEY=${far.keys[0].secretAccessKey}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { void far.stop(); });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
