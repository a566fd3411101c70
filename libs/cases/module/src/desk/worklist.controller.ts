import { Body, Controller, Get, Inject, Post, Query, Req } from '@nestjs/common';
import { isUuid } from '@guildhall/kernel-contract';
import type { FieldError, RequestContext } from '@guildhall/kernel-contract';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type GuildhallRequest, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { SEE_CASES, parseReference, type ListCases } from '@guildhall/cases-contract';
import { AssignsMany, type ChosenCase } from '../assigning/assigns-many';
import { ListsCases } from '../finding/lists-cases';
import { caseTypesOf } from '../keeping/case-types';
import { Colleagues } from './colleagues';
import { fieldOf, fieldsOf } from './form-fields';
import { KeptSearches } from './kept-searches';
import { ShowsWorklist, shownOf } from './shows-worklist';
import { choiceFrom, skippedFrom } from './worklist-views';

type QueryString = Readonly<Record<string, string | readonly string[] | undefined>>;
const MOST_FOUND = 1000;

/** The officer's worklist and search. */
@Controller('desk')
export class WorklistController {
  constructor(@Inject(ShowsWorklist) private readonly worklist: ShowsWorklist, @Inject(ListsCases) private readonly lists: ListsCases, @Inject(AssignsMany) private readonly many: AssignsMany, @Inject(Colleagues) private readonly colleagues: Colleagues, @Inject(KeptSearches) private readonly searches: KeptSearches, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  @Get()
  @Requires(SEE_CASES)
  async show(@Ctx() ctx: RequestContext, @Query() query: QueryString): Promise<PageResult> {
    const number = (name: string): number => Math.min(Math.max(Number.parseInt(String(query[name] ?? ''), 10) || 0, 0), 1000);
    const name = typeof query.to === 'string' ? (await this.colleagues.named(ctx, query.to))?.name : undefined;
    const done = { given: number('given'), changed: number('changed'), notAllowed: number('refused'), name };
    return page('cases/desk/worklist', { ...(await this.worklist.show(ctx, choiceFrom(query, caseTypesOf(ctx)))), done, problem: query.problem === 'none' || query.problem === 'no-one' ? query.problem : undefined });
  }

  /** Whose sign-in had ended when they gave cases away come back to the list. */
  @Get('assignments')
  @Requires(SEE_CASES)
  comeBack(): RedirectResult {
    return redirect('/desk');
  }

  /** Gives the chosen cases to somebody, and says in the list what came of it. */
  @Post('assignments')
  @Requires(SEE_CASES)
  async assign(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<RedirectResult> {
    // Of where the form stood only the choice is of use, and whatever it says is one.
    const back = new URLSearchParams(fieldOf(body, 'here').replace(/^[^?]*\??/, ''));
    const chosen = fieldsOf(body, 'case').flatMap(chosenFrom).slice(0, 100);
    const to = fieldOf(body, 'to');
    const assignee = to === 'nobody' ? undefined : await this.colleagues.named(ctx, to);
    const problem: FieldError['field'] | undefined = chosen.length === 0 ? 'none' : to !== 'nobody' && !assignee ? 'no-one' : undefined;
    if (problem) back.set('problem', problem);
    else {
      const { given, changed, notAllowed } = await this.many.assign(ctx, chosen, assignee, fieldOf(body, 'key') || chosen.map(({ caseId }) => caseId).join());
      for (const [name, value] of Object.entries({ given, changed, refused: notAllowed, to })) if (value) back.set(name, String(value));
    }
    return redirect(`/desk?${back.toString()}`);
  }

  /** What was found stands under an address, so that an officer can go back to it all day: browsers keep no answer to a form. */
  @Get('search')
  @Requires(SEE_CASES)
  async found(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Query() query: QueryString): Promise<PageResult> {
    const [of, after, skipped] = ['of', 'after', 'skipped'].map((name) => (typeof query[name] === 'string' && query[name] ? query[name] : undefined));
    const text = this.searches.textOf(req, of);
    if (!text || !of) return page('cases/desk/search', { text: '' });
    const request = searchFor(text);
    const [found, { count, isAtLeast }] = await Promise.all([this.lists.list(ctx, { ...request, limit: 25, ...(after && { after }) }), this.lists.count(ctx, request, MOST_FOUND)]);
    const shown = shownOf(after ? skippedFrom(skipped) : 0, found.items.length, count);
    const nextHref = found.next && `/desk/search?${new URLSearchParams({ of, after: found.next, skipped: String(shown.to) }).toString()}`;
    return page('cases/desk/search', { text, lines: this.worklist.linesOf(ctx, found.items), shown, isAtLeast, nextHref, firstHref: after && `/desk/search?of=${of}` });
  }

  /** Finds cases: a whole reference leads straight to its case. What is looked for is often a name or a telephone number, so it is sent as a form and stands in no address. */
  @Post('search')
  @Requires(SEE_CASES)
  async search(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const text = fieldOf(body, 'q').trim().slice(0, 200);
    if (!text) return page('cases/desk/search', { text, errors: [{ field: 'q', message: this.renderer.messages.t(ctx, 'cases.desk.search.error-empty') }] }, { status: 400 });
    const reference = parseReference(text, ctx.council.referencePrefix);
    if (reference) {
      const { items } = await this.lists.list(ctx, { ...searchFor(text), limit: 2 });
      if (items.length === 1 && items[0]?.reference === reference) return redirect(`/desk/cases/${reference}`);
    }
    return redirect(`/desk/search?of=${await this.searches.keep(req, text)}`);
  }
}

function searchFor(text: string): ListCases {
  return { text, status: 'any', sort: 'moved' };
}

/** `<case id>:<version>` */
function chosenFrom(value: string): readonly ChosenCase[] {
  const [caseId = '', version = ''] = value.split(':');
  return isUuid(caseId) && /^[1-9]\d{0,8}$/.test(version) ? [{ caseId, version: Number(version) }] : [];
}
