import { Inject, Injectable } from '@nestjs/common';
import { Database, requestHash } from '@guildhall/kernel';
import { CASES, dayOf, reportStatusOf, type CaseAnswer, type CasesApi, type OpenCase } from '@guildhall/cases-contract';
import { photoHashesOf, type KeptPhotos } from '@guildhall/documents-contract/from-elsewhere';
import { CLOCK, Conflict, IDS, isGuildhallError, type Clock, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import type { Submission } from '@guildhall/services-contract';
import { actingFor, type Caller } from '../http/callers';
import { OfferedServices } from '../offering/offered-services';
import type { ReportableService } from '../offering/reportable-service';
import { REQUEST_COLUMNS, type RequestRow } from '../request-row';
import { submissionFor } from './answers';
import { KeepPhotos, lostWords } from './keep-photos';
import { FindPlace } from './place';
import type { Report } from './report';

/** A report that has its case. */
export interface TakenReport { readonly caseId: string; readonly reference: string }

/**
 * Takes a report in: checked whole, then written down that it is coming, then its photos, then its case. Wherever it breaks, the same report sent again carries on
 * and comes to the same case; nothing is acknowledged before the case is there.
 */
@Injectable()
export class TakeReport {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(CASES.token) private readonly cases: CasesApi, @Inject(OfferedServices) private readonly services: OfferedServices,
    @Inject(FindPlace) private readonly places: FindPlace, @Inject(KeepPhotos) private readonly photos: KeepPhotos, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids,
  ) {}

  /**
   * @param givenKey the client's own name for this request; its number in FixMyStreet is one too
   * @throws NotFound for a service that is not offered, InvalidInput, Conflict when the key came with another request
   */
  async take(ctx: RequestContext, caller: Caller, report: Report, givenKey?: string): Promise<TakenReport> {
    const key = keyOf(report, givenKey);
    const hash = hashOf(report);
    // What was taken is taken, also when the service asks for more by now, or the gazetteer does not answer.
    const before = key === undefined ? undefined : await this.known(ctx, caller, key, hash);
    if (before?.reference != null) return { caseId: before.case_id, reference: before.reference };
    const service = this.services.get(ctx, report.serviceCode);
    const submission = submissionFor(service, report, await this.places.of(ctx, report), dayOf(this.clock.now()));
    const acting = actingFor(ctx, caller);
    const row = await this.expect(ctx, caller, service, report, { key, hash });
    if (row.reference !== null) return { caseId: row.case_id, reference: row.reference };
    const kept = await this.photos.keep(acting, row.case_id, report.media);
    const reference = await this.open(acting, service, report, submission, row.case_id, kept);
    if (kept.lost.length) await this.cases.note(acting, { caseId: row.case_id, idempotencyKey: `open311:${row.case_id}:photos`, text: lostWords(kept.lost) });
    await this.database.query(ctx, `update open311.request set reference = $3, requested_at = $4, updated_at = greatest(updated_at, $4) where council_id = $1 and case_id = $2 and reference is null`, [ctx.council.id, row.case_id, reference, this.clock.now()]);
    return { caseId: row.case_id, reference };
  }

  /** The row of this report: a new one, or that of the same report when it came before. */
  private async expect(ctx: RequestContext, caller: Caller, { code, type, terms }: ReportableService, report: Report, given: { readonly key: string | undefined; readonly hash: string }): Promise<RequestRow> {
    const caseId = this.ids.uuid();
    const now = this.clock.now();
    const key = given.key ?? `once:${caseId}`;
    const values = [ctx.council.id, caseId, caller.clientId, key, given.hash, code, type.id, terms.isPrivate === true, report.fixmystreetId ?? null, reportStatusOf(type, type.initial), now];
    await this.database.query(ctx, `insert into open311.request (council_id, case_id, client_id, request_key, request_hash, service_code, case_type, is_private, fixmystreet_id, status, status_at, is_closed, begun_at, updated_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, false, $11, $11) on conflict (council_id, client_id, request_key) do nothing`, values);
    const row = await this.known(ctx, caller, key, given.hash);
    if (!row) throw new Error(`The report ${caseId} was written down and is not there.`);
    return row;
  }

  /** @throws Conflict when a key of the request's own came before with another request */
  private async known(ctx: RequestContext, { clientId }: Caller, key: string, hash: string): Promise<RequestRow | undefined> {
    const [row] = await this.database.query<RequestRow>(ctx, `select ${REQUEST_COLUMNS} from open311.request where council_id = $1 and client_id = $2 and request_key = $3`, [ctx.council.id, clientId, key]);
    if (row && key.startsWith('key:') && row.request_hash !== hash) throw new Conflict('The idempotency key came before with another request. Use a new key for a new request.');
    return row;
  }

  private async open(acting: RequestContext, service: ReportableService, report: Report, submission: Submission, caseId: string, { documentIds }: KeptPhotos): Promise<string> {
    try {
      const opened = await this.cases.open(acting, caseOf(service, report, submission, caseId, documentIds));
      if (opened.ok) return opened.value.reference;
      throw new Error(`The case of a report was refused: ${opened.refusal.reason}.`);
    } catch (error) {
      // The same report came twice, and was not quite the same the second time: the first one counts.
      const found = isGuildhallError(error) && error.code === 'conflict' ? await this.cases.find(acting, { caseId }) : undefined;
      if (!found) throw error;
      return found.reference;
    }
  }
}

/** FixMyStreet's own number names a report whatever else has changed of it since; a key of the request's own names just this request. */
function keyOf({ fixmystreetId }: Report, givenKey: string | undefined): string | undefined {
  if (fixmystreetId !== undefined) return `fixmystreet:${fixmystreetId}`;
  return givenKey === undefined ? undefined : `key:${givenKey}`;
}

function hashOf(report: Report): string {
  return requestHash({ ...report, attributes: [...report.attributes], media: photoHashesOf(report.media) });
}

function caseOf(service: ReportableService, report: Report, submission: Submission, caseId: string, documentIds: readonly string[]): OpenCase {
  const { type, terms, installed } = service;
  const said = (question: CaseAnswer['question'], answer: string, code: string): CaseAnswer => ({ section: installed.service.title, question, answer, code, ...(terms.isPrivate && { personal: true }) });
  const contact = { ...report.contact, ...submission.contact };
  return {
    caseId, idempotencyKey: `open311:${caseId}`, caseType: type.id, summary: submission.summary, channel: 'api',
    answers: [
      ...(report.description === undefined ? [] : [said({ en: 'Description', cy: 'Disgrifiad' }, report.description, DESCRIPTION)]),
      ...submission.answers,
      ...(report.fixmystreetId === undefined ? [] : [said({ en: 'Number in FixMyStreet', cy: 'Rhif yn FixMyStreet' }, report.fixmystreetId, 'fixmystreet_id')]),
    ],
    ...(Object.keys(contact).length && { openedFor: { contact: { ...contact, ...(contact.postalLines && { postalLines: [...contact.postalLines] }), isToldElsewhere: true } } }),
    isToldElsewhere: true,
    ...(submission.location && { location: submission.location as OpenCase['location'] }), ...(documentIds.length && { documents: [...documentIds] }),
  };
}

/** Code of the answer that holds what somebody wrote in another system. */
export const DESCRIPTION = 'description';
