import type { ContactChanges, CreateForAssisted, FindOrCreatePerson, IdentityApi, IssueClaimCode, RegisterMachine } from '@guildhall/identity-contract';
import type { OfficerId, PersonId, RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Assisting } from './assisting/assisting';
import { MachineClients } from './machines/machine-clients';
import { ReadMachines } from './machines/read-machines';
import { ChangeContact } from './people/change-contact';
import { ReadPeople } from './people/read-people';
import { RegisterPerson } from './people/register-person';
import { ReadStaff } from './staff/read-staff';

/** What other modules see of identity: each method is one use case. */
@Injectable()
export class IdentityService implements IdentityApi {
  constructor(
    @Inject(ReadPeople) private readonly people: ReadPeople,
    @Inject(RegisterPerson) private readonly registering: RegisterPerson,
    @Inject(ChangeContact) private readonly changing: ChangeContact,
    @Inject(Assisting) private readonly assisting: Assisting,
    @Inject(ReadStaff) private readonly staff: ReadStaff,
    @Inject(MachineClients) private readonly credentials: MachineClients,
    @Inject(ReadMachines) private readonly readingMachines: ReadMachines,
  ) {}

  person(ctx: RequestContext, personId: PersonId) { return this.people.person(ctx, personId); }
  contactOf(ctx: RequestContext, personId: PersonId) { return this.people.contactOf(ctx, personId); }
  findOrCreate(ctx: RequestContext, input: FindOrCreatePerson) { return this.registering.findOrCreate(ctx, input); }
  updateContact(ctx: RequestContext, personId: PersonId, changes: ContactChanges) { return this.changing.change(ctx, personId, changes); }
  createForAssisted(ctx: RequestContext, input: CreateForAssisted) { return this.assisting.people.create(ctx, input); }
  issueClaimCode(ctx: RequestContext, input: IssueClaimCode) { return this.assisting.codes.issue(ctx, input); }
  claim(ctx: RequestContext, code: string) { return this.assisting.codes.claim(ctx, code); }
  officers(ctx: RequestContext, which?: { readonly team?: string; readonly includeInactive?: boolean }) { return this.staff.officers(ctx, which); }
  officer(ctx: RequestContext, officerId: OfficerId) { return this.staff.officer(ctx, officerId); }
  teams(ctx: RequestContext) { return this.staff.teams(ctx); }
  registerMachine(ctx: RequestContext, input: RegisterMachine) { return this.credentials.register(ctx, input); }
  machines(ctx: RequestContext, after?: string) { return this.readingMachines.list(ctx, after); }
  endMachine(ctx: RequestContext, clientId: string) { return this.credentials.end(ctx, clientId); }
}
