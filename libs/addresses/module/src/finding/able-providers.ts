import { Inject, Injectable } from '@nestjs/common';
import { LOG, SilentFarEnds, providerIdsOf, providersOf } from '@guildhall/kernel';
import type { Log, RequestContext } from '@guildhall/kernel-contract';
import { Unavailable, isGuildhallError } from '@guildhall/kernel-contract';
import { ADDRESS_PROVIDER } from '@guildhall/addresses-contract';
import type { AddressAbility, AddressProvider } from '@guildhall/addresses-contract';

/** Puts a question to the council's sources in turn, until one that is able to answer it does. */
@Injectable()
export class AbleProviders {
  constructor(@Inject(LOG) private readonly log: Log, @Inject(SilentFarEnds) private readonly silent: SilentFarEnds) {}

  /** Whether any source has the ability. */
  anyHas(ctx: RequestContext, ability: AddressAbility): boolean {
    return providersOf(ctx, ADDRESS_PROVIDER).some((provider) => provider.abilities.includes(ability));
  }

  /**
   * The answer of the first source with the ability that can be reached. "Nothing found" is an answer. One that did not answer several times in a row is left alone for a while.
   * @throws Unavailable when there is none
   */
  async ask<Answer>(ctx: RequestContext, ability: AddressAbility, question: (provider: AddressProvider) => Promise<Answer> | undefined): Promise<Answer> {
    const ids = providerIdsOf(ctx, ADDRESS_PROVIDER);
    let failure: unknown;
    for (const [at, provider] of providersOf(ctx, ADDRESS_PROVIDER).entries()) {
      if (!provider.abilities.includes(ability)) continue;
      try {
        const { asked, answer } = await this.silent.ask(provider, async () => { const put = question(provider); return { asked: put !== undefined, answer: await put as Answer }; });
        if (asked) return answer;
      } catch (error) {
        if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
        this.log.warn('addresses.provider-unavailable', { council: ctx.council.slug, provider: ids[at], ability, correlationId: ctx.correlationId });
        failure = error;
      }
    }
    throw failure ?? new Unavailable(`No source of addresses that ${ctx.council.slug} has chosen can do this (${ability}). Add one to addresses({ providers: [...] }).`);
  }
}
