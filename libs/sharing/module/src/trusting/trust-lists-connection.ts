import { PageRenderer } from '@guildhall/kernel';
import type { Connection, ConnectionCheck, RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { wordsFor } from '../desk/words-for';
import { OwnNode } from '../node/own-node';
import { FetchesList } from './fetch-list';
import { TrustLists, type FollowedList } from './trust-lists';

/** Whether the lists that this council follows can be had, are good for a while yet, and have this council's own keys. */
@Injectable()
export class TrustListsConnection implements Connection {
  readonly id = 'sharing.trust-lists';
  readonly title = { en: 'Lists of bodies that share', cy: 'Rhestrau o gyrff sy’n rhannu' };
  constructor(private readonly lists: TrustLists, private readonly fetching: FetchesList, private readonly node: OwnNode, private readonly renderer: PageRenderer) {}

  async check(ctx: RequestContext): Promise<ConnectionCheck> {
    const lists = await this.lists.followed(ctx);
    if (lists.length === 0) return { ok: true, message: 'No list is followed: bodies are added one by one.' };
    const wrong = (await Promise.all(lists.map((one) => this.#wrongWith(ctx, one)))).flat();
    return wrong.length ? { ok: false, message: wrong.join(' ') } : { ok: true, message: `${lists.length === 1 ? 'The list can be had and is' : 'All lists can be had and are'} in force.` };
  }

  async #wrongWith(ctx: RequestContext, one: FollowedList): Promise<readonly string[]> {
    const { followed, list, standing } = one;
    const words = wordsFor(this.renderer, ctx);
    const found = await this.fetching.fetch(ctx, one);
    const own = this.node.body(ctx);
    const named = list?.members.find(({ id }) => id === own.id);
    const said = [
      ...(found.ok ? [] : [words(`lists.faults.${found.refusal.reason}`)]),
      ...(standing === 'current' ? [] : [words(`lists.standings.${standing}-text`)]),
      ...(named && own.keys.some(({ x }) => !named.keys.some((key) => key.x === x)) ? [words('lists.lacks-our-keys')] : []),
    ];
    return said.map((sentence) => `${followed.id}: ${sentence}`);
  }
}
