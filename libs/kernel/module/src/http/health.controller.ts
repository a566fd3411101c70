import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NotFound } from '@guildhall/kernel-contract';
import { Database } from '../data/database';
import { Public } from './access';
import { Metrics } from './metrics';
import { Readiness } from './readiness';
import type { GuildhallRequest } from './request';

/** What load balancers and Prometheus ask. */
@Controller()
export class HealthController {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Metrics) private readonly metrics: Metrics, @Inject(Readiness) private readonly readiness: Readiness) {}

  /** The process runs. */
  @Get('health/live')
  @Public()
  live(): object {
    return { status: 'up' };
  }

  /** The process can serve: its database answers, and what starts beside it has started. */
  @Get('health/ready')
  @Public()
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const checks = { database: (await this.database.isReady()) ? 'up' : 'down', companions: this.readiness.isStarting ? 'starting' : 'up' };
    const isUp = checks.database === 'up' && checks.companions === 'up';
    void reply.status(isUp ? 200 : 503);
    return { status: isUp ? 'up' : 'down', checks };
  }

  /** How much is asked of each route, and how well it goes: nobody's business outside. */
  @Get('metrics')
  @Public()
  async read(@Req() request: GuildhallRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    if (!this.metrics.mayBeReadBy(request)) throw new NotFound();
    void reply.type(this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }
}
