import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { AssignCase, CasesApi, ListCases, MoveCase, NoteOnCase, OpenCase, TellResident, WhichCase, WriteToCouncil } from '@guildhall/cases-contract';
import { AssignsCases } from './assigning/assigns-cases';
import { FindsCases } from './finding/finds-cases';
import { ListsCases } from './finding/lists-cases';
import { MovesCases } from './moving/moves-cases';
import { NotesOnCases } from './noting/notes-on-cases';
import { OpensCases } from './opening/opens-cases';
import { TellsResidents } from './telling/tells-residents';

/** The contract, each method by the use case that does it. */
@Injectable()
export class CasesService implements CasesApi {
  constructor(
    @Inject(OpensCases) private readonly opening: OpensCases,
    @Inject(FindsCases) private readonly finding: FindsCases,
    @Inject(ListsCases) private readonly listing: ListsCases,
    @Inject(MovesCases) private readonly moving: MovesCases,
    @Inject(NotesOnCases) private readonly noting: NotesOnCases,
    @Inject(TellsResidents) private readonly telling: TellsResidents,
    @Inject(AssignsCases) private readonly assigning: AssignsCases,
  ) {}

  open(ctx: RequestContext, request: OpenCase) { return this.opening.open(ctx, request); }
  find(ctx: RequestContext, which: WhichCase) { return this.finding.find(ctx, which); }
  timeline(ctx: RequestContext, which: WhichCase, page?: { readonly after?: string; readonly limit?: number }) { return this.finding.timeline(ctx, which, page); }
  list(ctx: RequestContext, request: ListCases) { return this.listing.list(ctx, request); }
  count(ctx: RequestContext, request: ListCases, most?: number) { return this.listing.count(ctx, request, most); }
  move(ctx: RequestContext, request: MoveCase) { return this.moving.move(ctx, request); }
  note(ctx: RequestContext, request: NoteOnCase) { return this.noting.note(ctx, request); }
  tell(ctx: RequestContext, request: TellResident) { return this.telling.tell(ctx, request); }
  write(ctx: RequestContext, request: WriteToCouncil) { return this.telling.write(ctx, request); }
  assign(ctx: RequestContext, request: AssignCase) { return this.assigning.assign(ctx, request); }
}
