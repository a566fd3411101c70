import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Council } from '@guildhall/kernel-contract';
import { installedCouncilOf } from './installed-council';

/** What a package says of the REST interface that it serves. */
export interface OpenApiDocument {
  /** The capability whose paths it describes: `/api/<capability>/v1/…`. */
  readonly capability: string;
  readonly text: string;
  readonly etag: string;
}

const read = new Map<string, OpenApiDocument | undefined>();

/** The document of a capability that the council has in this app, from the package that serves it (its `openapi.json`, beside its package.json). */
export function openApiOf(ctx: { readonly council: Council }, capability: string): OpenApiDocument | undefined {
  return [...installedCouncilOf(ctx).installations.values()].map(({ packageFolder }) => (packageFolder === undefined ? undefined : documentIn(packageFolder))).find((document) => document?.capability === capability);
}

function documentIn(packageFolder: string): OpenApiDocument | undefined {
  if (!read.has(packageFolder)) read.set(packageFolder, readDocument(join(packageFolder, 'openapi.json')));
  return read.get(packageFolder);
}

function readDocument(file: string): OpenApiDocument | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const [first = ''] = Object.keys((JSON.parse(text) as { paths?: object }).paths ?? {});
  const [, capability] = /^\/api\/([a-z][a-z-]*)\/v1(\/|$)/.exec(first) ?? [];
  return capability === undefined ? undefined : { capability, text, etag: `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"` };
}
