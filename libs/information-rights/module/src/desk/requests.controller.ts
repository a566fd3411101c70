import { bankHolidays, dayOf } from '@guildhall/cases-contract';
import { HANDLE_REQUESTS, mayExtendUntil, type PauseReason } from '@guildhall/information-rights-contract';
import { Ctx, PageRenderer, Requires, form, page, redirect, type DownloadResult, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { CLOCK, InvalidInput, isGuildhallError, type Clock, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { copyFile, formatIn } from '../account/data.controller';
import { GivesCopy } from '../copies/gives-copy';
import { DecidesErasure, type ItemDecision } from '../erasing/decides-erasure';
import { KeepsOutOfReach } from '../erasing/keeps-out-of-reach';
import { HoldsClock } from '../requests/holds-clock';
import { ReadsRequests } from '../requests/reads-requests';
import { placeIn, placeOf } from '../requests/place-in-list';
import { PersonOnDesk } from './person-on-desk';

const HERE = '/desk/rights';
/** What a request that was not changed is shown with; and what was done. */
const RESULTS = ['paused', 'resumed', 'extended', 'refused', 'given', 'decided', 'kept-out-of-reach', 'closed', 'changed-meanwhile', 'is-paused', 'not-paused', 'is-extended', 'too-late', 'not-to-read', 'not-to-decide'] as const;

/** Requests about what is held of people, as officers answer them. */
@Controller('desk/rights')
export class RequestsController {
  constructor(
    private readonly reading: ReadsRequests, private readonly holding: HoldsClock, private readonly copies: GivesCopy, private readonly deciding: DecidesErasure, private readonly reach: KeepsOutOfReach, private readonly people: PersonOnDesk,
    @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get() @Requires(HANDLE_REQUESTS)
  async list(@Ctx() ctx: RequestContext, @Query('after') after?: string): Promise<PageResult> {
    const [{ requests, next }, closed] = await Promise.all([this.reading.open(ctx, placeIn(after)), after ? [] : this.reading.closed(ctx)]);
    return page('information-rights/desk-requests', { requests, closed, today: dayOf(this.clock.now()), next: next && placeOf(next) });
  }

  @Get(':request') @Requires(HANDLE_REQUESTS)
  async show(@Ctx() ctx: RequestContext, @Param('request') requestId: string, @Query('result') result?: string): Promise<PageResult> {
    return this.#page(ctx, requestId, { result: RESULTS.find((one) => one === result) });
  }

  @Post(':request') @Requires(HANDLE_REQUESTS)
  async change(@Ctx() ctx: RequestContext, @Param('request') requestId: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const said = { requestId, version: Number(body['version']), words: wordsIn(body['words']) };
    try {
      const outcome = await this.#do(ctx, body, said);
      return redirect(`${HERE}/${requestId}?result=${outcome.ok ? outcome.value : outcome.refusal.reason}`);
    } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'invalid-input') throw error;
      const items = await this.reading.items(ctx, requestId);
      const titleOf = (number: string | undefined): string => items.find((item) => String(item.number) === number)?.title[ctx.language] ?? '';
      const t = (key: string, values?: Record<string, string>): string => this.renderer.messages.t(ctx, `information-rights.desk.${key}`, values);
      const errors = error.fields.map(({ field }) => {
        if (field === 'words') return { field: `${String(body['do'])}-words`, message: t('words-missing') };
        const what = titleOf(/-(\d+)$/.exec(field)?.[1]);
        return { field, message: field === 'reason' ? t('pause-missing') : t(field.startsWith('because-') ? 'because-missing' : 'decision-missing', { what }) };
      });
      return this.#page(ctx, requestId, { errors, form: body }, 400);
    }
  }

  @Get(':request/copy/:format') @Requires(HANDLE_REQUESTS)
  async download(@Ctx() ctx: RequestContext, @Param('request') requestId: string, @Param('format') format: string): Promise<DownloadResult> {
    const { request, bytes } = await this.copies.downloadForCaller(ctx, requestId, formatIn(format));
    return copyFile(request, bytes, formatIn(format));
  }

  async #do(ctx: RequestContext, body: FormBody, said: { readonly requestId: string; readonly version: number; readonly words: string }): Promise<Outcome<string, { readonly reason: string; readonly message: string }>> {
    switch (body['do']) {
      case 'pause': return named(await this.holding.pause(ctx, said, pauseIn(body)), 'paused');
      case 'resume': return named(await this.holding.resume(ctx, said), 'resumed');
      case 'extend': return named(await this.holding.extend(ctx, said), 'extended');
      case 'refuse': return named(await this.holding.refuse(ctx, said), 'refused');
      case 'give': return named(await this.copies.give(ctx, { ...said, leaveOut: [body['leaveOut'] ?? []].flat().map(Number) }), 'given');
      case 'decide': return named(await this.deciding.decide(ctx, { ...said, decisions: decisionsIn(body) }), 'decided');
      case 'keep': return named(await this.reach.keep(ctx, said), 'kept-out-of-reach');
      default: throw new InvalidInput('Say what to do.', [{ field: 'do', message: 'is not known' }]);
    }
  }

  async #page(ctx: RequestContext, requestId: string, more: object, status = 200): Promise<PageResult> {
    const request = await this.reading.forOfficer(ctx, requestId);
    const [items, name] = [await this.reading.items(ctx, requestId), await this.people.look(ctx, request.personId)];
    const today = dayOf(this.clock.now());
    const calendar = bankHolidays(ctx.council.nation);
    const mayExtend = !request.closedAt && !request.time.isExtended && today <= mayExtendUntil(request.time, calendar, today);
    return page('information-rights/desk-request', { form: {}, request, items, outOfReach: this.reach.of(ctx, request, items), name, mayExtend, isLate: !request.closedAt && !request.pausedFor && request.dueOn < today, ...more }, { status });
  }
}

function named(outcome: Outcome<unknown, { readonly reason: string; readonly message: string }>, name: string): Outcome<string, { readonly reason: string; readonly message: string }> {
  return outcome.ok ? { ok: true, value: name } : outcome;
}

/** @throws InvalidInput */
function pauseIn({ reason }: FormBody): PauseReason {
  if (reason === 'identity' || reason === 'clarification') return reason;
  throw new InvalidInput('Say what is needed from the person.', [{ field: 'reason', message: 'must be one of identity, clarification' }]);
}

function decisionsIn(body: FormBody): readonly ItemDecision[] {
  return Object.entries(body).flatMap(([field, value]): readonly ItemDecision[] => {
    const number = /^item-(\d{1,6})$/.exec(field)?.[1];
    return number && (value === 'erase' || value === 'keep') ? [{ number: Number(number), decision: value, because: wordsIn(body[`because-${number}`]) }] : [];
  });
}

function wordsIn(value: FormBody[string] | undefined): string { return typeof value === 'string' ? value : ''; }
