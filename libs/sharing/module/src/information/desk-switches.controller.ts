import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, form, page, redirect, type DownloadResult, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { Conflict, type RequestContext } from '@guildhall/kernel-contract';
import { ACT_ON_SHARING } from '@guildhall/sharing-contract';
import { assistedForm, basisIn } from './assisted-form';
import { MayBeShared } from './may-be-shared';
import { PersonOnDesk } from './person-on-desk';
import { PressesSwitch } from './presses-switch';
import { Receipts, receiptFile } from './receipts';
import { pressIn } from './switches.controller';
import { backIn, withBack } from './way-back';
import { onDesk } from './whose-information';

/** The switches of a resident who calls: an adviser reads the words and presses for them. */
@Controller('desk/information/people/:person')
export class DeskSwitchesController {
  constructor(private readonly shared: MayBeShared, private readonly presses: PressesSwitch, private readonly receipts: Receipts, private readonly people: PersonOnDesk, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  @Get('agreements/:agreement') @Requires(ACT_ON_SHARING)
  async show(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Param('agreement') agreementId: string, @Query('back') back?: string): Promise<PageResult> {
    const name = await this.people.look(ctx, personId);
    return page('sharing/information/agreement', { ...onDesk(personId, name), assisted: assistedForm(), ...(await this.shared.find(ctx, personId, agreementId)), back: backIn(back) });
  }

  @Post('agreements/:agreement') @Requires(ACT_ON_SHARING)
  async press(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Param('agreement') agreementId: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const name = await this.people.look(ctx, personId);
    const [press, basis] = [pressIn(body), basisIn(body)];
    const again = async (more: object, status: number): Promise<PageResult> => page('sharing/information/agreement', { ...onDesk(personId, name), assisted: assistedForm(body), ...(await this.shared.find(ctx, personId, agreementId)), back: backIn(body['back']), ...more }, { status });
    if (!basis) return again({ errors: [{ field: 'authority', message: this.renderer.messages.t(ctx, 'sharing.desk.information.error-authority') }] }, 400);
    const pressed = await this.presses.press(ctx, personId, { agreementId, ...press, basis });
    if (pressed.ok) return redirect(withBack(`${onDesk(personId, name).base}/receipts/${pressed.value.receiptId}`, backIn(body['back'])));
    if (pressed.refusal.reason === 'no-choice') throw new Conflict(pressed.refusal.message);
    return again({ isChanged: true }, 409);
  }

  @Get('receipts/:receipt') @Requires(ACT_ON_SHARING)
  async receipt(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Param('receipt') receiptId: string, @Query('back') back?: string): Promise<PageResult> {
    const name = await this.people.look(ctx, personId);
    const receipt = await this.receipts.find(ctx, personId, receiptId);
    return page('sharing/information/receipt', { ...onDesk(personId, name), receipt, ...(await this.shared.find(ctx, personId, receipt.agreementId)), back: backIn(back) });
  }

  /** To print, or to send to the resident. */
  @Get('receipts/:receipt/download') @Requires(ACT_ON_SHARING)
  async download(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Param('receipt') receiptId: string): Promise<DownloadResult> {
    await this.people.look(ctx, personId);
    return receiptFile(await this.receipts.find(ctx, personId, receiptId));
  }
}
