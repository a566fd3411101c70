import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What Prometheus reads: routes by pattern, never by URL, and nothing of a person. */
export class Metrics {
  readonly registry = new Registry();
  readonly #seconds = new Histogram({ name: 'http_request_duration_seconds', help: 'Time to answer, by route', labelNames: ['method', 'route', 'status'], buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5], registers: [this.registry] });
  readonly #jobs = new Counter({ name: 'guildhall_jobs_enqueued_total', help: 'Commits that put work into the waiting jobs', registers: [this.registry] });

  /** @param token whoever brings it may read from anywhere (METRICS_TOKEN) */
  constructor(failedWork: () => Promise<readonly { readonly kind: string; readonly count: number }[]>, private readonly token?: string) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'guildhall_jobs_failed', help: 'Pieces of work that failed as often as they are tried, by kind', labelNames: ['kind'], registers: [this.registry],
      async collect() {
        this.reset();
        // The other figures matter most when the database does not answer.
        for (const { kind, count } of await failedWork().catch(() => [])) this.set({ kind }, count);
      },
    });
  }

  /** Whether they are asked for from this machine, past every proxy, or by whoever brings the token. */
  mayBeReadBy({ headers, socket }: Pick<FastifyRequest, 'headers' | 'socket'>): boolean {
    const isPassedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined);
    if (!isPassedOn && /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '')) return true;
    return !!this.token && isSame(headers.authorization ?? '', `Bearer ${this.token}`);
  }
  observe(method: string, route: string, status: number, seconds: number): void {
    this.#seconds.observe({ method, route, status: String(status) }, seconds);
  }
  jobsEnqueued(): void {
    this.#jobs.inc();
  }
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.byteLength === other.byteLength && timingSafeEqual(one, other);
}
