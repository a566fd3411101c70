import { Inject, Injectable } from '@nestjs/common';
import { LOG, providerIdsOf, providersOf, restUntil } from '@guildhall/kernel';
import type { Clock, Ids, Log, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, IDS, Unavailable, isGuildhallError } from '@guildhall/kernel-contract';
import { ADDRESS_PROVIDER } from '@guildhall/addresses-contract';
import type { AddressAbility, AddressProvider } from '@guildhall/addresses-contract';

/** So that the rest is half a minute however long it lasts: people wait for an answer, and it may be back. */
const MOST_FAILURES_COUNTED = 3;

/** Puts a question to the council's sources in turn, until one that is able to answer it does. */
@Injectable()
export class AbleProviders {
  /** Of sources that did not answer lately: how often in a row, and until when nobody is made to wait for them. */
  readonly #silent = new WeakMap<AddressProvider, { readonly failures: number; readonly until?: Date }>();
  constructor(@Inject(LOG) private readonly log: Log, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

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
      const { failures = 0, until } = this.#silent.get(provider) ?? {};
      const restsFor = until ? (until.getTime() - this.clock.now().getTime()) / 1000 : 0;
      if (restsFor > 0) {
        failure = new Unavailable('This source of addresses did not answer several times in a row.', Math.ceil(restsFor));
        continue;
      }
      try {
        const asked = question(provider);
        if (!asked) continue;
        const answer = await asked;
        this.#silent.delete(provider);
        return answer;
      } catch (error) {
        if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
        this.log.warn('addresses.provider-unavailable', { council: ctx.council.slug, provider: ids[at], ability, correlationId: ctx.correlationId });
        this.#silent.set(provider, { failures: failures + 1, until: restUntil(this.clock.now(), Math.min(failures + 1, MOST_FAILURES_COUNTED), (this.ids.bytes(1)[0] ?? 0) / 255) });
        failure = error;
      }
    }
    throw failure ?? new Unavailable(`No source of addresses that ${ctx.council.slug} has chosen can do this (${ability}). Add one to addresses({ providers: [...] }).`);
  }
}
