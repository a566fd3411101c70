import path from 'node:path';
import { Controller, Get, Module } from '@nestjs/common';
import { Public, defineModule, redirect, type RedirectResult } from '@guildhall/kernel';

/** A catalogue has no worklist. Whoever asks for the desk goes where officers sign in, and from there, once they have, to where theirs begins. */
@Controller('desk')
class CatalogueDeskController {
  @Get() @Public()
  desk(): RedirectResult { return redirect('/desk/sign-in'); }
}

@Module({ controllers: [CatalogueDeskController] })
class CatalogueDeskModule {}

/** Where the desk of a catalogue begins. */
export const catalogueDesk = defineModule({ id: 'catalogue-desk', version: '0.1.0', packageFolder: path.join(__dirname, '..'), nest: CatalogueDeskModule });
