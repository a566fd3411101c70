import path from 'node:path';
import { Controller, Get, Module } from '@nestjs/common';
import { Public, defineModule, redirect, type RedirectResult } from '@guildhall/kernel';

/** A node has no worklist. Whoever asks for the desk goes where officers sign in, and from there, once they have, to where theirs begins. */
@Controller('desk')
class NodeDeskController {
  @Get() @Public()
  desk(): RedirectResult { return redirect('/desk/sign-in'); }
}

@Module({ controllers: [NodeDeskController] })
class NodeDeskModule {}

/** Where the desk of a node begins. */
export const nodeDesk = defineModule({ id: 'node-desk', version: '0.1.0', packageFolder: path.join(__dirname, '..'), nest: NodeDeskModule });
