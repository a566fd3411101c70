import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY, type IdentityApi, type Person } from '@guildhall/identity-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { AddressAnswer, Answers, Question } from '@guildhall/services-contract';
import { SearchPlaces } from '../places/search-places';

/** Attributes that a resident's account can fill. */
const IN_ACCOUNT = new Set(['person.name', 'person.email', 'person.phone', 'address.current']);

/** What the council knows already is shown to be confirmed, not asked as if nobody knew. */
@Injectable()
export class KnownAnswers {
  constructor(@Inject(IDENTITY.token) private readonly identity: IdentityApi, @Inject(SearchPlaces) private readonly places: SearchPlaces) {}

  /** Answers that the resident's account holds. Nothing for anybody else, and nothing is looked up unless a question asks for it. */
  async to(ctx: RequestContext, questions: readonly Question[]): Promise<Answers> {
    const asked = questions.filter(({ attribute }) => attribute !== undefined && IN_ACCOUNT.has(attribute));
    if (ctx.actor.kind !== 'resident' || asked.length === 0) return {};
    const person = await this.identity.person(ctx, ctx.actor.personId);
    if (!person) return {};
    const known = await Promise.all(asked.map(async (question) => [question.id, await this.toOne(ctx, question, person)] as const));
    return Object.fromEntries(known.flatMap(([id, answer]) => (answer === undefined ? [] : [[id, answer]])));
  }

  private async toOne(ctx: RequestContext, question: Question, person: Person): Promise<string | AddressAnswer | undefined> {
    switch (question.attribute) {
      case 'person.name': return question.type === 'name' ? person.name : undefined;
      case 'person.email': return question.type === 'email' ? person.email : undefined;
      case 'person.phone': return question.type === 'phone' ? person.phone : undefined;
      default: {
        if (question.type !== 'address' || !person.uprn) return undefined;
        const address = await this.places.byUprn(ctx, person.uprn);
        return address && { way: 'found', uprn: address.uprn, lines: address.lines, postcode: address.postcode };
      }
    }
  }
}
