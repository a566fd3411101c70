import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExampleFiles } from '@guildhall/catalogue-contract/testing';
import { packed } from './tarball';

/** A registry of npm's for tests: it has what was put into it, and does what it is told to. */
export interface Registry {
  readonly origin: string;
  readonly asked: string[];
  /** Under the name and version that its package.json says. Returns SHA-512 in hexadecimal. */
  put(files: ExampleFiles): Promise<string>;
  putBytes(name: string, version: string, bytes: Uint8Array): string;
  /** Answers in its place; whoever returns false leaves it to the registry. */
  instead: ((...asked: Parameters<RequestListener>) => boolean | Promise<boolean>) | undefined;
  close(): Promise<void>;
}

export async function startRegistry(): Promise<Registry> {
  const kept = new Map<string, Map<string, Uint8Array>>();
  const asked: string[] = [];
  const server = createServer((request, response) => void answer(request, response));
  const answer: (...with_: Parameters<RequestListener>) => Promise<void> = async (request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    asked.push(path);
    if (await registry.instead?.(request, response)) return;
    const [, tarball, version] = /^\/-\/(.+)\/([^/]+)\.tgz$/.exec(path) ?? [];
    const bytes = tarball && version ? kept.get(tarball)?.get(version) : undefined;
    if (bytes) return void response.end(bytes);
    const versions = kept.get(path.slice(1));
    response.writeHead(versions ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(versions ? { name: path.slice(1), versions: Object.fromEntries([...versions.keys()].map((one) => [one, { dist: { tarball: `${registry.origin}/-/${path.slice(1)}/${one}.tgz` } }])) } : { error: 'not_found' }));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const registry: Registry = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, instead: undefined,
    put: async (files) => {
      const { name, version } = JSON.parse(files['package.json'] ?? '{}') as { readonly name: string; readonly version: string };
      return registry.putBytes(name, version, packed(Object.entries(files).map(([path, content]) => ({ path: `package/${path}`, content }))));
    },
    putBytes: (name, version, bytes) => {
      kept.set(name, (kept.get(name) ?? new Map<string, Uint8Array>()).set(version, bytes));
      return createHash('sha512').update(bytes).digest('hex');
    },
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }),
  };
  return registry;
}
