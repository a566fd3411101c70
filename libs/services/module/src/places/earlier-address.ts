import { Inject, Injectable } from '@nestjs/common';
import { CASES, type CaseView, type CasesApi } from '@guildhall/cases-contract';
import { unlessUnavailable, type RequestContext, type Text } from '@guildhall/kernel-contract';
import type { InstalledService, Question } from '@guildhall/services-contract';
import { InstalledServices } from '../offering/installed-services';
import { SearchPlaces, choiceOfAddress } from './search-places';

/** An address that a resident gave before: for which service, and when. */
export interface OfferedAddress { readonly choice: { readonly value: string; readonly text: string }; readonly service: Text; readonly givenAt: Date }

/** How many of the resident's newest cases are looked through, and how many of those are opened. */
const LISTED = 20;
const OPENED = 3;

/** Finds the address that a signed-in resident gave for a service before, to be offered and never filled in unasked: they may have moved. */
@Injectable()
export class EarlierAddress {
  constructor(@Inject(CASES.token) private readonly cases: CasesApi, @Inject(InstalledServices) private readonly services: InstalledServices, @Inject(SearchPlaces) private readonly places: SearchPlaces) {}

  /** Undefined for anybody else, and for a question about another address than where they live. */
  async for(ctx: RequestContext, question: Question): Promise<OfferedAddress | undefined> {
    if (ctx.actor.kind !== 'resident' || !asksForHome(question)) return undefined;
    return unlessUnavailable(this.newest(ctx));
  }

  private async newest(ctx: RequestContext): Promise<OfferedAddress | undefined> {
    const asking = [...this.services.all(ctx).values()].filter(({ questions }) => [...questions.values()].some(asksForHome));
    const { items } = await this.cases.list(ctx, { status: 'any', sort: 'newest', limit: LISTED });
    const own = items.flatMap(({ id, caseType }) => { const installed = asking.find(({ service }) => service.opens.types.some((type) => type.id === caseType)); return installed ? [{ id, installed }] : []; });
    for (const { id, installed } of own.slice(0, OPENED)) {
      const found = await this.cases.find(ctx, { caseId: id });
      const address = found?.location?.uprn && saysWhereTheyLive(found, installed) ? await this.places.byUprn(ctx, found.location.uprn) : undefined;
      if (found && address) return { choice: choiceOfAddress(address), service: installed.service.title, givenAt: found.openedAt };
    }
    return undefined;
  }
}

function asksForHome({ type, attribute }: Question): boolean {
  return type === 'address' && attribute === 'address.current';
}

/** A pothole may lie before somebody else's house: what counts is which question the place answered. What another body told they did not give, and may have stopped since: its source alone offers it again. */
function saysWhereTheyLive({ answers }: CaseView, { service, questions }: InstalledService): boolean {
  const placed = [service.opens.location ?? []].flat().find((id) => answers.some(({ code, origin }) => code === id && origin?.how !== 'told'));
  const question = placed === undefined ? undefined : questions.get(placed);
  return question !== undefined && asksForHome(question);
}
