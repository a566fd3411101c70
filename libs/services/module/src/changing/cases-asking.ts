import { CASES, type CaseListItem, type CasesApi } from '@guildhall/cases-contract';
import type { PersonId, RequestContext, Text } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { InstalledServices } from '../offering/installed-services';

/** An open case of a service that asks something, and which of its questions do. */
export interface CaseAsking { readonly item: CaseListItem; readonly service: Text; readonly questions: ReadonlySet<string> }

const A_PAGE = 100;
/** Nobody has more open cases than this; whoever writes a note on each stops somewhere. */
const MOST_PAGES = 10;

/** Which open cases of somebody came from a service that asks for a thing, such as where they live. */
@Injectable()
export class CasesAsking {
  constructor(@Inject(InstalledServices) private readonly installed: InstalledServices, @Inject(CASES.token) private readonly cases: CasesApi) {}

  /** @throws NotAllowed to staff who may not see cases */
  async of(ctx: RequestContext, personId: PersonId, attribute: string): Promise<readonly CaseAsking[]> {
    const asking = new Map([...this.installed.all(ctx).values()].flatMap(({ service, questions }) => {
      const those = new Set([...questions.values()].filter((question) => question.attribute === attribute).map(({ id }) => id));
      return those.size > 0 ? service.opens.types.map(({ id }) => [id, { service: service.title, questions: those }] as const) : [];
    }));
    const found: CaseAsking[] = [];
    let after: string | undefined;
    for (let page = 0; asking.size > 0 && page < MOST_PAGES && (page === 0 || after !== undefined); page++) {
      const { items, next } = await this.cases.list(ctx, { personId, status: 'unfinished', limit: A_PAGE, ...(after !== undefined && { after }) });
      found.push(...items.flatMap((item) => { const of = asking.get(item.caseType); return of ? [{ item, ...of }] : []; }));
      after = next;
    }
    return found;
  }
}
