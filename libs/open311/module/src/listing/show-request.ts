import { Inject, Injectable } from '@nestjs/common';
import { extensionsOf, hasContract } from '@guildhall/kernel';
import { CASE_TYPE, findCaseType, reportStatusOf, stateOf, wordsIn, type CaseView } from '@guildhall/cases-contract';
import { DOCUMENTS, type DocumentId, type DocumentsApi } from '@guildhall/documents-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { standardStatusOf, writeDateTime, type ExtendedStatus, type ServiceRequest } from '@guildhall/open311-contract';
import { actingFor, type Caller } from '../http/callers';
import { OfferedServices } from '../offering/offered-services';
import { DESCRIPTION } from '../receiving/take-report';
import type { RequestRow } from '../request-row';

/** A day: whoever lists photos fetches them soon. */
const SHOWN_FOR_SECONDS = 86_400;

/** A report as one who reads may see it: without a key only facts, no words, photos or homes. */
@Injectable()
export class ShowRequest {
  constructor(@Inject(OfferedServices) private readonly services: OfferedServices, @Inject(DOCUMENTS.token) private readonly documents: DocumentsApi) {}

  async of(ctx: RequestContext, caller: Caller | undefined, row: RequestRow, view: CaseView, withExtensions: boolean): Promise<ServiceRequest> {
    const { language, council } = ctx;
    const status = statusOf(ctx, view);
    const place = !view.location || (view.location.personal && !caller) ? {} : view.location;
    const photos = caller ? await this.photosOf(ctx, caller, view.id, view.documents) : [];
    const description = caller && view.answers.find(({ code }) => code === DESCRIPTION)?.answer;
    const dueOn = isForTheWhole(ctx, view) ? view.staff?.dueOn : undefined;
    return {
      service_request_id: view.reference, status: standardStatusOf(status), status_notes: view.publicText[language], service_name: (this.services.all(ctx).get(row.service_code)?.type.title ?? view.typeTitle)[language], service_code: row.service_code,
      description: description ? wordsIn(description, language) : '', agency_responsible: council.name[language], service_notice: '',
      requested_datetime: writeDateTime(row.requested_at ?? view.openedAt), updated_datetime: writeDateTime(row.updated_at), expected_datetime: dueOn ? writeDateTime(new Date(`${dueOn}T12:00:00Z`)).replace(/T[\d:]{8}/, 'T23:59:59') : '',
      address: (place.lines ?? []).join(', ') || (caller && place.near) || '', address_id: place.uprn ?? '', zipcode: place.postcode ?? '', ...(place.point && { lat: place.point.latitude, long: place.point.longitude }), media_url: photos[0] ?? '',
      ...(withExtensions && { extended_attributes: { detailed_status: status, fixmystreet_id: row.fixmystreet_id ?? '', photos } }),
    };
  }

  /** Addresses that show photos for a day, to whoever has them. */
  async photosOf(ctx: RequestContext, caller: Caller, caseId: string, documents: readonly string[]): Promise<readonly string[]> {
    if (documents.length === 0 || !hasContract(ctx, DOCUMENTS)) return [];
    const acting = actingFor(ctx, caller);
    const links = await Promise.all(documents.map((id) => this.documents.link(acting, id as DocumentId, { vouchedFor: { type: 'case', id: caseId }, forSeconds: SHOWN_FOR_SECONDS }).catch(() => undefined)));
    return links.flatMap((path) => (path === undefined ? [] : [`${ctx.council.origin}${path}`]));
  }
}

/** Whether the day by which something is due is the one by which the whole is to be done, and not only the step that the case waits for: to look at it says nothing of the repair. */
function isForTheWhole(ctx: RequestContext, view: CaseView): boolean {
  const type = findCaseType(extensionsOf(ctx, CASE_TYPE), view.caseType, view.caseTypeVersion);
  return type !== undefined && Object.hasOwn(type.states, view.state) && stateOf(type, view.state).deadlineInWorkingDays === undefined;
}

/** The extended status of a case as it stands. */
export function statusOf(ctx: RequestContext, view: Pick<CaseView, 'caseType' | 'caseTypeVersion' | 'state' | 'stateKind'>): ExtendedStatus {
  const type = findCaseType(extensionsOf(ctx, CASE_TYPE), view.caseType, view.caseTypeVersion);
  return type ? reportStatusOf(type, view.state) : view.stateKind === 'closed' ? 'closed' : 'open';
}
