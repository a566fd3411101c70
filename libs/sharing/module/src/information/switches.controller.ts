import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Ctx, ForResidents, form, page, redirect, type DownloadResult, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { Conflict, InvalidInput, type RequestContext } from '@guildhall/kernel-contract';
import { CHOICE_STATES, type ChoiceState } from '@guildhall/sharing-contract';
import { MayBeShared } from './may-be-shared';
import { PressesSwitch } from './presses-switch';
import { Receipts, receiptFile } from './receipts';
import { backIn, withBack } from './way-back';
import { residentOf } from './whose-information';

const HERE = '/account/information';

/** What may be shared of a resident: one switch for each agreement, and a receipt for each press. */
@Controller('account/information')
export class SwitchesController {
  constructor(private readonly shared: MayBeShared, private readonly presses: PressesSwitch, private readonly receipts: Receipts) {}

  @Get('agreements/:agreement') @ForResidents()
  async show(@Ctx() ctx: RequestContext, @Param('agreement') agreementId: string, @Query('back') back?: string): Promise<PageResult> {
    return page('sharing/information/agreement', { ...(await this.shared.find(ctx, residentOf(ctx), agreementId)), back: backIn(back) });
  }

  @Post('agreements/:agreement') @ForResidents()
  async press(@Ctx() ctx: RequestContext, @Param('agreement') agreementId: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const pressed = await this.presses.press(ctx, residentOf(ctx), { agreementId, ...pressIn(body) });
    if (pressed.ok) return redirect(withBack(`${HERE}/receipts/${pressed.value.receiptId}`, backIn(body['back'])));
    if (pressed.refusal.reason === 'no-choice') throw new Conflict(pressed.refusal.message);
    return page('sharing/information/agreement', { ...(await this.shared.find(ctx, residentOf(ctx), agreementId)), isChanged: true, back: backIn(body['back']) }, { status: 409 });
  }

  @Get('receipts/:receipt') @ForResidents()
  async receipt(@Ctx() ctx: RequestContext, @Param('receipt') receiptId: string, @Query('back') back?: string): Promise<PageResult> {
    const receipt = await this.receipts.find(ctx, residentOf(ctx), receiptId);
    return page('sharing/information/receipt', { receipt, ...(await this.shared.find(ctx, residentOf(ctx), receipt.agreementId)), back: backIn(back) });
  }

  @Get('receipts/:receipt/download') @ForResidents()
  async download(@Ctx() ctx: RequestContext, @Param('receipt') receiptId: string): Promise<DownloadResult> {
    return receiptFile(await this.receipts.find(ctx, residentOf(ctx), receiptId));
  }
}

/** What a form with a switch has sent. @throws InvalidInput */
export function pressIn({ state, shown }: FormBody): { readonly state: ChoiceState; readonly shown: string } {
  const said = CHOICE_STATES.find((each) => each === state);
  if (!said) throw new InvalidInput('Say whether to allow it or to stop it.', [{ field: 'state', message: `must be one of ${CHOICE_STATES.join(', ')}` }]);
  return { state: said, shown: typeof shown === 'string' ? shown : '' };
}
