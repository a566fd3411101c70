import type { Seeder } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { SynchroniseStaff } from './synchronise-staff';

/** A development database begins with the officers whom the development identity provider knows. */
@Injectable()
export class SeedStaff implements Seeder {
  constructor(@Inject(SynchroniseStaff) private readonly synchronise: SynchroniseStaff) {}
  seed(ctx: RequestContext): Promise<void> { return this.synchronise.run(ctx); }
}
