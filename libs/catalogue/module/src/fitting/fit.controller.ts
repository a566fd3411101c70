import { PACKAGE_KINDS, type PackageKind } from '@guildhall/catalogue-contract';
import { Ctx, Limited, PageRenderer, Public, TakesFiles, form, page, type FormBody, type GuildhallRequest, type PageResult } from '@guildhall/kernel';
import { NotFound, type FieldError, type RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { typedIn } from '../contributing/read-form';
import { JudgesFit } from './judges-fit';
import { readReport } from './read-report';

/** Each try reads every package that is listed. */
const MOST_A_MINUTE = 30;
/** What writes the report, in a council's own folder. */
const COMMAND = 'npx @guildhall/cli doctor --json > report.json';

/** What a council installs by itself. */
const KINDS: readonly PackageKind[] = PACKAGE_KINDS.filter((kind) => kind !== 'contract' && kind !== 'tool');
const MOST_WORDS = 200;

/** “Does it fit my council?” What is sent is answered and forgotten: it stands in no table, no log and no address. */
@Controller('catalogue/fit')
export class FitController {
  constructor(private readonly fits: JudgesFit, private readonly renderer: PageRenderer) {}

  @Get() @Public()
  ask(@Query('package') about?: unknown): PageResult { return page('catalogue/fit', { command: COMMAND, kinds: KINDS, about: typeof about === 'string' ? about.slice(0, 214) : '', typed: '' }); }

  @Post() @Public() @TakesFiles() @Limited(MOST_A_MINUTE)
  async answer(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Body(form()) body: FormBody): Promise<PageResult> {
    const about = (typedIn(body, 'package')[0] ?? '').slice(0, 214);
    const [kind, words] = [KINDS.find((one) => one === typedIn(body, 'kind')[0]), typedIn(body, 'words')[0]?.slice(0, MOST_WORDS)];
    const again = (typed: string, error: FieldError): PageResult => page('catalogue/fit', { command: COMMAND, kinds: KINDS, about, kind, narrowing: words, typed, errors: [error] }, { status: 422 });
    const say = (key: string, values?: Record<string, string>): string => this.renderer.messages.t(ctx, `catalogue.fit.${key}`, values);
    const read = await readReport(request, body);
    if (!read.ok) return again(read.refusal.typed, { field: read.refusal.field, message: say(`wrong.${read.refusal.reason}`, { fields: read.refusal.message }) });
    try {
      return page('catalogue/fit', { about, typed: '', asker: read.value.report.council.slug, result: await this.fits.of(ctx, read.value.report, { name: about || undefined, kind, words }) });
    } catch (error) {
      if (error instanceof NotFound && about) return again(read.value.typed, { field: 'package', message: say('wrong.not-listed', { name: about }) });
      throw error;
    }
  }
}
