import path from 'node:path';
import { ASSIST_PEOPLE, IDENTITY, MANAGE_MACHINES, OfficerSignedIn, PersonClaimedAssistedCase, PersonContactChanged, PersonRegistered, PersonSignedIn, READ_PEOPLE, READ_STAFF, REGISTER_PEOPLE } from '@guildhall/identity-contract';
import type { RedirectSignIn, SignInProvider } from '@guildhall/identity-contract';
import { PERSONAL_DATA } from '@guildhall/information-rights-contract';
import { MACHINE_CREDENTIALS, READ_AHEAD, SilentFarEnds, defineModule, does, every, implement, mayUse } from '@guildhall/kernel';
import { register } from '@guildhall/kernel-contract';
import type { ProviderInstallation } from '@guildhall/kernel-contract';
import { MESSAGE_TEMPLATE, NOTIFICATIONS } from '@guildhall/notifications-contract';
import { ACCOUNT_SECTION, DESK_AREA, PRIVACY_NOTE } from '@guildhall/portal-contract';
import { CHANGE_TAKER, PROVED_PERSON } from '@guildhall/sharing-contract';
import { Module } from '@nestjs/common';
import { DetailsInAccount, DevicesInAccount } from './account/account-sections';
import { privacyNote } from './account/privacy-note';
import { WaysAndDevices } from './account/ways-and-devices';
import { AssistPerson } from './assisting/assist-person';
import { Assisting } from './assisting/assisting';
import { ClaimCodes } from './assisting/claim-codes';
import { ClaimController } from './http/claim.controller';
import { CodeController } from './http/code.controller';
import { CredentialsController } from './http/credentials.controller';
import { DetailsController } from './http/details.controller';
import { DevicesController } from './http/devices.controller';
import { Entrance } from './http/entrance';
import { FarEndsController } from './http/far-ends.controller';
import { Forms } from './http/forms';
import { IdentityApiController } from './http/identity-api.controller';
import { OfficerSignInController } from './http/officer-sign-in.controller';
import { SignInController } from './http/sign-in.controller';
import { SignOutController } from './http/sign-out.controller';
import { IdentityService } from './identity.service';
import { KnowMachines } from './machines/know-machines';
import { MachineClients } from './machines/machine-clients';
import { ReadMachines } from './machines/read-machines';
import { signInCode } from './messages/sign-in-code';
import { createIdentity } from './migrations/001-identity';
import { rememberLogoutNotices } from './migrations/002-signed-out-elsewhere';
import { recheckOfficers } from './migrations/003-officers-rechecked';
import { keepProved } from './migrations/004-proved';
import { keepProvedOfWhom } from './migrations/005-proved-of-whom';
import { ChangeContact } from './people/change-contact';
import { HomeAddress } from './people/home-address';
import { ProvedAtSignIn } from './people/proved-person';
import { ReadPeople } from './people/read-people';
import { RegisterPerson } from './people/register-person';
import { WhoseAccount } from './people/whose-account';
import { DetailsOfPerson } from './rights/personal-data';
import { AddWayIn } from './signing-in/add-way-in';
import { AdmitOfficer } from './signing-in/admit-officer';
import { AdmitResident } from './signing-in/admit-resident';
import { BeginCode } from './signing-in/begin-code';
import { EndElsewhere } from './signing-in/end-elsewhere';
import { ForgetSignIns, ForgetSignInsJob } from './signing-in/forget-sign-ins';
import { PendingWays } from './signing-in/pending-ways';
import { Redirects } from './signing-in/redirects';
import { Throttle } from './signing-in/throttle';
import { TryCode } from './signing-in/try-code';
import { ReadStaff } from './staff/read-staff';
import { RecheckOfficers, RecheckOfficersJob } from './staff/recheck-officers';
import { RecordOfficer } from './staff/record-officer';
import { SeedStaff } from './staff/seed-staff';
import { SynchroniseStaff, SynchroniseStaffJob } from './staff/synchronise-staff';
import { deskTexts } from './wording/desk-texts';
import { texts } from './wording/texts';

/** How a council's residents and officers sign in. @public */
export interface IdentityOptions {
  /** The first is offered first. */
  readonly residents: readonly ProviderInstallation<SignInProvider>[];
  readonly officers: readonly ProviderInstallation<RedirectSignIn>[];
}

@Module({
  controllers: [SignInController, CodeController, DetailsController, DevicesController, SignOutController, ClaimController, OfficerSignInController, FarEndsController, CredentialsController, IdentityApiController],
  providers: [
    IdentityService, ReadPeople, RegisterPerson, ChangeContact, AssistPerson, ClaimCodes, Assisting, ReadStaff, RecordOfficer, RecheckOfficers, SynchroniseStaff, SeedStaff, MachineClients, ReadMachines, KnowMachines,
    Throttle, SilentFarEnds, BeginCode, TryCode, Redirects, AdmitResident, AdmitOfficer, PendingWays, AddWayIn, EndElsewhere, HomeAddress, ProvedAtSignIn, ForgetSignIns, WaysAndDevices, WhoseAccount, DetailsInAccount, DevicesInAccount, DetailsOfPerson, Entrance, Forms,
  ],
})
class IdentityModule {}

/**
 * Who residents and officers are: sign-in, accounts, assisted records and their claim codes, staff and teams, credentials of other systems.
 * @public
 * @example identity({ residents: [oneTimeCode(), demoResidents()], officers: [demoOfficers()] })
 */
export const identity = defineModule<IdentityOptions>({
  id: 'identity',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: IdentityModule,
  provides: [implement(IDENTITY, IdentityService)],
  requires: [mayUse(NOTIFICATIONS, '^0.1.0')],
  schema: 'identity',
  migrations: [createIdentity, rememberLogoutNotices, recheckOfficers, keepProved, keepProvedOfWhom],
  permissions: [READ_PEOPLE, ASSIST_PEOPLE, REGISTER_PEOPLE, READ_STAFF, MANAGE_MACHINES],
  events: [PersonRegistered, PersonSignedIn, OfficerSignedIn, PersonContactChanged, PersonClaimedAssistedCase],
  jobs: [does(ForgetSignInsJob, ForgetSignIns), does(SynchroniseStaffJob, SynchroniseStaff), does(RecheckOfficersJob, RecheckOfficers)],
  recurring: [every('hour', ForgetSignInsJob), every('hour', SynchroniseStaffJob), every('5 minutes', RecheckOfficersJob)],
  registers: [
    register(MACHINE_CREDENTIALS, KnowMachines), register(READ_AHEAD, TryCode), register(MESSAGE_TEMPLATE, signInCode),
    register(ACCOUNT_SECTION, DetailsInAccount), register(ACCOUNT_SECTION, DevicesInAccount), register(PRIVACY_NOTE, privacyNote), register(CHANGE_TAKER, HomeAddress), register(PROVED_PERSON, ProvedAtSignIn), register(PERSONAL_DATA, DetailsOfPerson),
    register(DESK_AREA, { id: 'identity.credentials', order: 810, titleKey: 'identity.credentials.area', href: '/desk/credentials', permission: MANAGE_MACHINES }),
  ],
  texts,
  deskTexts,
  viewsFolder: path.join(__dirname, '../views'),
  providersIn: ({ residents, officers }) => [...residents, ...officers],
  seed: SeedStaff,
});
