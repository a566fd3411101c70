import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA, type PersonalData, type PersonalRecord } from '@guildhall/information-rights-contract';
import { addMonths, dayOf } from '@guildhall/cases-contract';
import { demand, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { REQUEST_YEARS } from '../keeping/forget-old';
import { ReadsRequests } from './reads-requests';

/** What this module itself holds of somebody: what they have asked for. It proves that they were answered. */
@Injectable()
export class RequestsOfPerson implements PersonalData {
  readonly id = 'information-rights.requests';
  readonly order = 900;
  readonly title = { en: 'Your requests about your data', cy: 'Eich ceisiadau ynghylch eich data' };
  constructor(private readonly reading: ReadsRequests) {}

  async *read(ctx: RequestContext, personId: PersonId): AsyncGenerator<PersonalRecord> {
    demand(ctx, READ_PERSONAL_DATA);
    for (const { requestId, reference, kind, receivedAt, dueOn, askedBy, basis, closedAt } of [...(await this.reading.ofPerson(ctx, personId))].reverse()) {
      const { steps } = await this.reading.own(ctx, personId, requestId);
      yield {
        id: requestId, since: receivedAt,
        title: kind === 'access' ? { en: `Request for a copy, ${reference}`, cy: `Cais am gopi, ${reference}` } : { en: `Request for erasure, ${reference}`, cy: `Cais i ddileu, ${reference}` },
        source: askedBy === 'resident' ? { en: 'You', cy: 'Chi' } : { en: 'You, through an adviser', cy: 'Chi, drwy gynghorydd' },
        facts: [{ label: { en: 'To be answered by', cy: 'I’w ateb erbyn' }, value: dueOn }, ...steps.flatMap(({ words }) => (words === undefined ? [] : [{ label: { en: 'What we wrote to you', cy: 'Yr hyn a ysgrifennom atoch' }, value: words }]))],
        data: { requestId, reference, kind, receivedAt, dueOn, askedBy, basis, steps },
        onErasure: { does: 'keep', mustKeep: true, ...(closedAt && { until: addMonths(dayOf(closedAt), 12 * REQUEST_YEARS) }), because: { en: 'it proves that you were answered (UK GDPR, articles 5(2) and 17(3)(b))', cy: 'mae’n profi eich bod wedi cael ateb (GDPR y DU, erthyglau 5(2) ac 17(3)(b))' } },
      };
    }
  }

  async erase(ctx: RequestContext): Promise<boolean> {
    await Promise.resolve(demand(ctx, ERASE_PERSONAL_DATA));
    return false;
  }
}
