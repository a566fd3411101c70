import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database } from '../data/database';
import { Public } from './access';
import { Metrics } from './metrics';

/** What load balancers and Prometheus ask. */
@Controller()
export class HealthController {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Metrics) private readonly metrics: Metrics) {}

  /** The process runs. */
  @Get('health/live')
  @Public()
  live(): object {
    return { status: 'up' };
  }

  /** The process can serve: its database answers. */
  @Get('health/ready')
  @Public()
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const isUp = await this.database.isReady();
    void reply.status(isUp ? 200 : 503);
    return { status: isUp ? 'up' : 'down', checks: { database: isUp ? 'up' : 'down' } };
  }

  @Get('metrics')
  @Public()
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }
}
