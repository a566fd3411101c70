import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What Prometheus reads: routes by pattern, never by URL, and nothing of a person. */
export class Metrics {
  readonly registry = new Registry();
  readonly #seconds = new Histogram({ name: 'http_request_duration_seconds', help: 'Time to answer, by route', labelNames: ['method', 'route', 'status'], buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5], registers: [this.registry] });
  readonly #jobs = new Counter({ name: 'guildhall_jobs_enqueued_total', help: 'Commits that put work into the waiting jobs', registers: [this.registry] });

  constructor(failedWork: () => Promise<readonly { readonly kind: string; readonly count: number }[]>) {
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
  observe(method: string, route: string, status: number, seconds: number): void {
    this.#seconds.observe({ method, route, status: String(status) }, seconds);
  }
  jobsEnqueued(): void {
    this.#jobs.inc();
  }
}
