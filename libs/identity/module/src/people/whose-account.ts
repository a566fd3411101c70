import { Database } from '@guildhall/kernel';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { PERSON_COLUMNS } from './person-record';
import type { PersonRow } from './person-record';

const LAST_DIGITS = 3;

/** Says whose account is open in a browser, to whoever sits before it: they may be somebody else. */
@Injectable()
export class WhoseAccount {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Their name, or as much of their email address or telephone number as they know it by; nothing where there is none of these. */
  async of(ctx: RequestContext, personId: PersonId): Promise<string | undefined> {
    const [person] = await this.database.query<PersonRow>(ctx, `select ${PERSON_COLUMNS} from identity.person where council_id = $1 and person_id = $2`, [ctx.council.id, personId]);
    if (person?.name) return person.name;
    if (person?.email) return person.email.replace(/(?<=^.).*(?=@)/su, '…');
    return person?.phone ? `…${person.phone.slice(-LAST_DIGITS)}` : undefined;
  }
}
