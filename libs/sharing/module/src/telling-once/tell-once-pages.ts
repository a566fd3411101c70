import { PageRenderer, page, type FormBody, type PageResult } from '@guildhall/kernel';
import type { AssistedBasis } from '@guildhall/identity-contract';
import { CLOCK, IDS, InvalidInput, isUuid, type Clock, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { fieldOf, fieldsOf } from '../desk/form-fields';
import { readAddress, typedAddress } from './read-address';
import { TellsOnce } from './tells-once';
import { comingBack, typedBefore } from './typed-before';

/** Whose move it is, where its pages are, and what stands around them on the desk. */
export interface WhoseMove {
  readonly personId: string;
  /** `/account/information/tell-once` */
  readonly here: string;
  readonly around?: object;
  /** Of an adviser: on what authority, and after which checks; `missing` where it was not said. */
  readonly basis?: AssistedBasis | 'missing';
}

/** The pages of telling once that somebody has moved: the address, whom it is to reach, and who has it. */
@Injectable()
export class TellOncePages {
  constructor(private readonly tells: TellsOnce, @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(IDS) private readonly ids: Ids, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @param kept what they had typed before they left to allow something */
  async address(ctx: RequestContext, { personId, around }: WhoseMove, kept?: unknown): Promise<PageResult> { return page('sharing/telling-once/address', { ...around, typed: typedBefore(ctx, this.clock, personId, kept) ?? {}, latest: await this.tells.latest(ctx, personId) }); }

  async recipients(ctx: RequestContext, { personId, here, around }: WhoseMove, body: FormBody): Promise<PageResult> {
    const typed = typedAddress(body);
    const read = readAddress(typed);
    if ('wrong' in read) return page('sharing/telling-once/address', { ...around, typed, errors: Object.entries(read.wrong).map(([field, sentence]) => ({ field, message: this.#say(ctx, sentence) })) }, { status: 422 });
    return page('sharing/telling-once/recipients', { ...around, typed, address: read.address, changeId: this.ids.uuid(), recipients: await this.tells.recipients(ctx, personId), back: comingBack(ctx, this.clock, { here, personId, typed }) }, { gotAt: here });
  }

  /** @returns where it is seen who has it; or the page again, with what is missing */
  async tell(ctx: RequestContext, { personId, here, around, basis }: WhoseMove, body: FormBody): Promise<PageResult | string> {
    const [typed, changeId, to] = [typedAddress(body), fieldOf(body, 'change'), fieldsOf(body, 'to')];
    const read = readAddress(typed);
    if ('wrong' in read || !isUuid(changeId)) throw new InvalidInput('This form is not the one that was shown. Begin again.', [{ field: 'change', message: 'is not known' }]);
    const errors = [...(to.length === 0 ? [{ field: 'to', message: this.#say(ctx, 'to') }] : []), ...(basis === 'missing' ? [{ field: 'authority', message: this.renderer.messages.t(ctx, 'sharing.desk.information.error-authority') }] : [])];
    if (errors.length > 0) return page('sharing/telling-once/recipients', { ...around, typed, address: read.address, changeId, recipients: await this.tells.recipients(ctx, personId), back: comingBack(ctx, this.clock, { here, personId, typed }), chosen: to, errors }, { status: 422, gotAt: here });
    await this.tells.tell(ctx, personId, { changeId, address: read.address, to, ...(basis !== 'missing' && { basis }) });
    return `${here}/${changeId}`;
  }

  async told(ctx: RequestContext, { personId, around }: WhoseMove, changeId: string): Promise<PageResult> { return page('sharing/telling-once/told', { ...around, ...(await this.tells.told(ctx, personId, changeId)) }); }

  #say(ctx: RequestContext, sentence: string): string { return this.renderer.messages.t(ctx, `sharing.information.tell-once.errors.${sentence}`); }
}
