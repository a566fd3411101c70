import type { INestApplication } from '@nestjs/common';
import { isModule } from '../assembling/assemble';
import type { Councils } from '../assembling/installed-council';
import { contextOfJob, systemPermissions } from '../working/work-plan';

/** Puts the modules' invented data into the database, each council's in the order of its modules; what is there stays. Returns how many modules had some. */
export async function seedCouncils(app: INestApplication, councils: Councils): Promise<number> {
  let count = 0;
  for (const { council, installations } of councils.all) {
    const ctx = contextOfJob(council, 'seed', systemPermissions(installations.values()), { correlationId: 'seed', language: council.languages[0] });
    for (const installation of installations.values()) {
      if (!isModule(installation) || !installation.definition.seed) continue;
      await app.get(installation.definition.seed, { strict: false }).seed(ctx);
      count++;
    }
  }
  return count;
}
