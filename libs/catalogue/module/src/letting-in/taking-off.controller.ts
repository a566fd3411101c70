import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { NotFound, type FieldError, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { shownName } from '../assessing/reads-assurance';
import { placeIn } from '../browsing/list-part';
import { typedIn } from '../contributing/read-form';
import { MANAGE_CATALOGUE } from '../members/permissions';
import { ListsRemovable, REMOVABLE, type Removable, type RemovableThing } from './lists-removable';
import { PutsOutPublisher } from './puts-out-publisher';
import { searchedIn, searchLinks } from './searched-list';
import { TakesOffWord } from './takes-off-word';

const MOST_REASON = 2000;
const IDS: Readonly<Record<Removable, RegExp>> = { publishers: /^[a-z0-9-]{1,100}$/, notices: /^sha256:[\w-]{43}$/, assessments: /^sha256:[\w-]{43}$/ };

/** Where somebody of the catalogue puts a publisher out, or takes off a notice or an assessment: found first, and then with a reason that everybody reads. */
@Controller('desk/catalogue/remove/:what')
export class TakingOffController {
  constructor(private readonly things: ListsRemovable, private readonly publishers: PutsOutPublisher, private readonly words: TakesOffWord, private readonly renderer: PageRenderer) {}

  @Get() @Requires(MANAGE_CATALOGUE)
  async list(@Ctx() ctx: RequestContext, @Param('what') given: string, @Query('q') q?: unknown, @Query('after') asked?: unknown): Promise<PageResult> {
    const [what, words] = [whatOf(given), searchedIn(q)];
    const after = placeIn(asked, IDS[what]);
    const found = await this.things.list(ctx, what, words, after);
    return page('catalogue/desk/removable', { what, asked: words, items: found.items.map(shown), ...searchLinks(found, `/desk/catalogue/remove/${what}`, { words, after }) });
  }

  @Get(':id') @Requires(MANAGE_CATALOGUE)
  async ask(@Ctx() ctx: RequestContext, @Param('what') given: string, @Param('id') id: string): Promise<PageResult> {
    const what = whatOf(given);
    return page('catalogue/desk/take-off', { what, one: shown(await this.things.one(ctx, what, id)), typed: {} });
  }

  @Post(':id') @Requires(MANAGE_CATALOGUE)
  async takeOff(@Ctx() ctx: RequestContext, @Param('what') given: string, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const what = whatOf(given);
    const one = shown(await this.things.one(ctx, what, id));
    const [because] = typedIn(body, 'because');
    const again = (errors: readonly FieldError[]): PageResult => page('catalogue/desk/take-off', { what, one, typed: { because }, errors }, { status: 422 });
    const wrong = (key: string): PageResult => again([{ field: 'because', message: this.renderer.messages.t(ctx, `catalogue.desk.removal.${key}`) }]);
    if (because === undefined) return wrong('missing.reason');
    const outcome = await this.#takeOff(ctx, what, id, because.slice(0, MOST_REASON));
    return outcome.ok ? redirect(`/desk/catalogue?result=${what === 'publishers' ? 'put-out' : 'removed'}`) : wrong('gone');
  }

  #takeOff(ctx: RequestContext, what: Removable, id: string, because: string): Promise<Outcome<undefined>> {
    switch (what) {
      case 'publishers': return this.publishers.putOut(ctx, { id, because });
      case 'notices': return this.words.notice(ctx, { digest: id, because });
      case 'assessments': return this.words.assessment(ctx, { digest: id, because });
    }
  }
}

function whatOf(given: string): Removable {
  const what = REMOVABLE.find((one) => one === given);
  if (!what) throw new NotFound('There is no such list.');
  return what;
}
function shown(one: RemovableThing): RemovableThing { return { ...one, of: one.of.split(', ').map(shownName).join(', ') }; }
