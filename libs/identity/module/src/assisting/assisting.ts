import { Inject, Injectable } from '@nestjs/common';
import { AssistPerson } from './assist-person';
import { ClaimCodes } from './claim-codes';

/** What advisers do for people who are not online. */
@Injectable()
export class Assisting {
  constructor(@Inject(AssistPerson) readonly people: AssistPerson, @Inject(ClaimCodes) readonly codes: ClaimCodes) {}
}
