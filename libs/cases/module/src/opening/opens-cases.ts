import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, Conflict, IDS, done, refused } from '@guildhall/kernel-contract';
import type { Clock, Ids, Outcome, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Database, audit, isTaken, publish, requestHash } from '@guildhall/kernel';
import { CaseOpened, dayOf, findCaseType, isStaff, makeReference, openRecord, openedEntry, ownerOf, searchWordsOf, typeToOpen, viewFor } from '@guildhall/cases-contract';
import type { Audience, CaseRecord, CaseType, OpenCase, OpenRefusal, OpenedCase, PlainDate } from '@guildhall/cases-contract';
import { caseTypesOf } from '../keeping/case-types';
import { recordOf } from '../keeping/case-row';
import { caseInTheWay, insertCase } from '../keeping/keeps-cases';
import { hashOfKey, statusKeyOf, statusPathOf } from '../status/status-key';
import { FindsZones, zoneKey } from './finds-zones';
import { Calendars } from '../working-days/calendars';

type Found = Outcome<OpenedCase, OpenRefusal> | 'another-reference';

/** Opens cases. The hot path: one round trip from the first statement to the commit. */
@Injectable()
export class OpensCases {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids, @Inject(Calendars) private readonly calendars: Calendars,
    @Inject(FindsZones) private readonly zones: FindsZones) {}

  async open(ctx: RequestContext, request: OpenCase): Promise<Outcome<OpenedCase, OpenRefusal>> {
    const personId = ownerOf(ctx, request);
    const type = typeToOpen(findCaseType(caseTypesOf(ctx), request.caseType), request);
    if (!type.ok) return type;
    const openHash = requestHash(request);
    const zones = (await this.zones.known(ctx, request.location))?.map(zoneKey);
    for (;;) {
      const reference = request.reference ?? makeReference(this.ids, ctx.council.referencePrefix);
      const record = openRecord(type.value, request, { reference, channel: ctx.channel, language: ctx.language, personId, at: this.clock.now(), calendar: this.calendars.of(ctx) });
      const statusKey = statusKeyOf(ctx, record.id);
      if (await this.stores(ctx, type.value, record, request, { openHash, statusKey, zones })) return done(openedView(ctx, type.value, record, dayOf(record.openedAt), statusKey));
      const found = await this.database.run(ctx, (tx) => this.lookWhatIsThere(tx, type.value, record, request, openHash));
      if (found !== 'another-reference') return found;
    }
  }

  /** The case with its event and its audit entry: all is known before the first statement. @returns whether it was new */
  private async stores(ctx: RequestContext, type: CaseType, record: CaseRecord, request: OpenCase, { openHash, statusKey, zones }: { readonly openHash: string; readonly statusKey: string; readonly zones?: readonly string[] }): Promise<boolean> {
    const entry = openedEntry(ctx, type, record, this.ids.uuid());
    const keys = { words: wordsOf(record), statusKeyHash: hashOfKey(statusKey), openKey: request.idempotencyKey, openHash, zones };
    try {
      await this.database.run(ctx, (tx) => {
        insertCase(tx, type, record, entry, keys);
        publish(tx, CaseOpened, { caseId: record.id, caseType: type.id, caseTypeVersion: type.version, state: record.state, entryId: entry.id, ...(record.personId && { personId: record.personId }), ...(request.isToldElsewhere && { isToldElsewhere: true }) });
        audit(tx, { action: 'cases.opened', subject: { type: 'case', id: record.id }, personId: record.personId, detail: { caseType: type.id, ...(record.assisted && { assistedBy: record.assisted.officerId, authority: record.assisted.authority }) } });
        return Promise.resolve();
      });
      return true;
    } catch (error) {
      if (isTaken(error, 'cases.case')) return false;
      throw error;
    }
  }

  private async lookWhatIsThere(tx: TransactionContext, type: CaseType, record: CaseRecord, request: OpenCase, openHash: string): Promise<Found> {
    const other = await caseInTheWay(tx, { openKey: request.idempotencyKey, caseId: record.id, reference: record.reference });
    if (!other) return 'another-reference';
    if (other.open_key === request.idempotencyKey) {
      if (other.open_hash !== openHash) throw new Conflict(`The key ${request.idempotencyKey} was used before to open another case. Use a new key for a new case.`);
      const opened = recordOf(other);
      return done(openedView(tx, findCaseType(caseTypesOf(tx), opened.caseType, opened.caseTypeVersion) ?? type, opened, dayOf(this.clock.now())));
    }
    if (other.case_id === record.id) throw new Conflict(`There is a case ${record.id} already, opened under another key. Make a new id for a new case.`);
    return request.reference ? refused('reference-taken', `The reference ${request.reference} belongs to another case.`) : 'another-reference';
  }
}

function openedView(ctx: RequestContext, type: CaseType, record: CaseRecord, today: PlainDate, statusKey?: string): OpenedCase {
  const audience: Audience = isStaff(ctx) ? 'staff' : ctx.actor.kind === 'resident' ? 'owner' : 'follower';
  return { ...viewFor(audience, ctx.council, type, record, today), statusPath: statusPathOf(ctx, record, statusKey) };
}

function wordsOf({ reference, contact, location }: CaseRecord): readonly string[] {
  return searchWordsOf({ reference, name: contact?.name, email: contact?.email, phone: contact?.phone, addressLines: [...(location?.lines ?? []), ...(contact?.postalLines ?? [])], postcode: location?.postcode });
}
