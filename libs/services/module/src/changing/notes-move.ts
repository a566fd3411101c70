import { CASES, SEE_CASES, type CasesApi } from '@guildhall/cases-contract';
import { may, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import type { AddressValue, ChangeTaker, ChangeToTake } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { CasesAsking } from './cases-asking';

/** Somebody has told once that they have moved: on each open case of a service that asks where they live an officer reads so, and is to look. */
@Injectable()
export class NotesMove implements ChangeTaker {
  readonly id = 'services.open-cases';
  readonly titleKey = 'services.change-taker.title';
  readonly attributes = ['address.current'] as const;
  constructor(@Inject(CasesAsking) private readonly asking: CasesAsking, @Inject(CASES.token) private readonly cases: CasesApi) {}

  /** The services, once each; unsaid to an adviser who may not see cases. */
  async titlesFor(ctx: RequestContext, personId: PersonId, attribute: string): Promise<readonly Text[] | undefined> {
    if (ctx.actor.kind !== 'resident' && !may(ctx, SEE_CASES)) return undefined;
    const titles = (await this.asking.of(ctx, personId, attribute)).map(({ service }) => service);
    return titles.filter(({ en }, at) => titles.findIndex((other) => other.en === en) === at);
  }

  async take(ctx: RequestContext, { changeId, personId, evidence, from }: ChangeToTake): Promise<void> {
    // What another body told is not written out where it would stand for years and no stop reaches it.
    const { lines, postcode } = evidence.value as AddressValue;
    const what = from === null ? `They have told us that they live at ${[...lines, postcode].join(', ')} now.` : `They have told ${from}, which told us, that they have moved.`;
    for (const { item: { id: caseId } } of await this.asking.of(ctx, personId, evidence.attribute)) {
      await this.cases.note(ctx, { caseId, needsAttention: true, idempotencyKey: `moved:${changeId}:${caseId}`, text: `${what} This case may need their new address.` });
    }
  }
}
