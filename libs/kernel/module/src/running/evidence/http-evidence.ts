import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Evidence } from '@guildhall/kernel-contract';
import { RouteTable } from '../../http/route-table';
import type { KeepsLines } from './keeps-lines';
import { found } from './found';

/** Something that would stand out in a log: an invented person's address, in a page's own address, in a form and in a header. */
const CANARY = 'evidence-canary@guildhall.example';
const DEMANDED: Readonly<Record<string, RegExp>> = {
  'content-security-policy': /default-src 'self'.*frame-ancestors 'none'.*object-src 'none'/, 'strict-transport-security': /max-age=31536000/, 'x-content-type-options': /^nosniff$/, 'x-frame-options': /^deny$/i, 'referrer-policy': /^same-origin$/, 'cache-control': /no-store/,
};

/** What the server answers, asked as a browser would, without the network between. */
export async function httpEvidence(app: NestFastifyApplication, origin: string, log: KeepsLines): Promise<readonly Evidence[]> {
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.ready();
  const { host } = new URL(origin);
  const ask = (url: string, more: object = {}) => fastify.inject({ method: 'GET' as const, url, headers: { host }, ...more });
  const { routes } = app.get(RouteTable);
  const pages = routes.filter(({ access, method, path }) => access.kind === 'public' && method === 'GET' && !/[:*]/.test(path)).map(({ path }) => path).filter((path) => !path.startsWith('/health') && path !== '/metrics');
  const page = await ask(pages.find((path) => path === '/') ?? pages[0] ?? '/');
  const odd = Object.entries(DEMANDED).filter(([name, pattern]) => !pattern.test(String(page.headers[name] ?? ''))).map(([name]) => `The answer to a page lacks ${name} as it should be.`);
  const strange = await ask('/', { headers: { host: 'another.example' } });
  await ask(`/?email=${encodeURIComponent(CANARY)}`, { method: 'POST', headers: { host, 'user-agent': CANARY, 'content-type': 'application/x-www-form-urlencoded' }, payload: `email=${encodeURIComponent(CANARY)}` });
  const leaked = log.lines.filter((line) => line.includes(CANARY) || line.includes(encodeURIComponent(CANARY)));
  const limit = Number(page.headers['x-ratelimit-limit'] ?? 0);
  const closed = routes.filter(({ access }) => ['residents', 'officers', 'permission'].includes(access.kind));
  const answered: string[] = [];
  for (const { method, path } of closed) if ((await ask(path.replace(/:\w+/g, 'x').replace('*', 'x'), { method })).statusCode < 300) answered.push(`${method} ${path}`);
  const open = (kind: string): number => routes.filter(({ access }) => access.kind === kind).length;
  return [
    found('kernel.headers', ['1', '11'], 'measured', odd, 'A page is answered with a content security policy without foreign scripts, HSTS, and headers against framing, sniffing and caching.', Object.fromEntries(Object.keys(DEMANDED).map((name) => [name, String(page.headers[name] ?? '')]))),
    found('kernel.unknown-host', ['3', '11'], 'measured', strange.statusCode === 421 ? [] : ['A request under a name that is no council’s is answered.'], 'A request under a name that is no council’s is refused (421).'),
    found('kernel.closed-routes', ['9', '11', '12'], 'measured', answered.map((route) => `${route} answers somebody who is not signed in.`), `None of the ${closed.length} routes for residents, officers and machines answered somebody who is not signed in.`, { routes: closed.length }),
    found('kernel.routes-say-who', ['9', '11'], 'configured', [], `Each of the ${routes.length} routes says who may call it; the program does not start with one that does not.`, { public: open('public'), residents: open('residents'), officers: open('officers'), permission: open('permission'), 'other-systems-by-signature': open('webhook') }),
    found('kernel.rate-limit', ['5', '11'], 'measured', limit > 0 ? [] : ['No limit of requests from one address was told.'], `From one address ${limit} requests a minute are answered, of routes where something could be guessed fewer.`, { perMinute: limit }),
    found('kernel.logs-without-people', ['2', '13'], 'measured', leaked.length ? ['An e-mail address that was sent stands in the log.'] : [], 'An e-mail address that was sent in an address, a form and a header stands in no line of the log.', { lines: log.lines.length }),
  ];
}
