import type { IdentityClaims } from '@guildhall/identity-contract';
import { Database, Sessions, redirect } from '@guildhall/kernel';
import type { GuildhallRequest, RedirectResult } from '@guildhall/kernel';
import { InvalidInput } from '@guildhall/kernel-contract';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { PERSON_COLUMNS } from '../people/person-record';
import type { PersonRow } from '../people/person-record';
import { AdmitResident } from '../signing-in/admit-resident';
import type { Admission } from '../signing-in/admit-resident';

/** Where the session keeps what a far end wants to hear at sign-out. */
const SIGN_OUT = 'identity.signOut';
/** What it keeps. */
export interface SignOutHint { readonly who: 'resident' | 'officer'; readonly provider: string; readonly hint?: string }

/** Lets a resident in: their account, a session of theirs under a new id, and on to where they wanted to go. */
@Injectable()
export class Entrance {
  constructor(@Inject(AdmitResident) private readonly admitResident: AdmitResident, @Inject(Sessions) private readonly sessions: Sessions, @Inject(Database) private readonly database: Database) {}

  async enter(req: GuildhallRequest, { claims, provider, next }: { readonly claims: IdentityClaims; readonly provider: string; readonly next: string }): Promise<RedirectResult> {
    const { ctx } = req.guildhall;
    const admission = await this.admitResident.admit(ctx, { claims, provider, next, sessionId: sessionIdOf(req), isOwnSession: ctx.actor.kind === 'nobody' });
    return admission.kind === 'has-account' ? redirect(`/sign-in/which/${admission.pendingId}`) : this.welcome(req, admission, provider, next);
  }

  /** The person wants an account apart from the one that has the same contact. */
  async enterApart(req: GuildhallRequest, pendingId: string): Promise<RedirectResult> {
    const admission = await this.admitResident.admitApart(req.guildhall.ctx, pendingId, sessionIdOf(req));
    return admission ? this.welcome(req, admission, '', admission.next) : redirect('/sign-in');
  }

  private async welcome(req: GuildhallRequest, { personId, confidence, isFirst, signOutHint }: Admission & { kind: 'admitted' }, provider: string, next: string): Promise<RedirectResult> {
    const { actor } = req.guildhall.ctx;
    // What somebody else's session held is not this person's.
    if (actor.kind === 'officer' || (actor.kind === 'resident' && actor.personId !== personId)) await this.sessions.signOut(req);
    const ctx = await this.sessions.signInResident(req, { personId, confidence });
    await keepSignOutHint(this.sessions, req, signOutHint === undefined ? undefined : { who: 'resident', provider, hint: signOutHint });
    return redirect(isFirst && (await this.lacksDetails(ctx, personId)) ? `/sign-in/details?next=${encodeURIComponent(next)}` : next);
  }

  private async lacksDetails(ctx: RequestContext, personId: PersonId): Promise<boolean> {
    const [person] = await this.database.query<PersonRow>(ctx, `select ${PERSON_COLUMNS} from identity.person where council_id = $1 and person_id = $2`, [ctx.council.id, personId]);
    return !person?.name || (ctx.council.languages.length > 1 && !person.preferred_language);
  }
}

/** The session in which this request came. @throws InvalidInput when there is none */
export function sessionIdOf(req: GuildhallRequest): string {
  if (!req.session) throw new InvalidInput('This browser has no session. Allow cookies, and begin again.');
  return req.session.id;
}

/** Keeps for sign-out by which far end somebody came; forgets the one before. */
export async function keepSignOutHint(sessions: Sessions, req: GuildhallRequest, hint: SignOutHint | undefined): Promise<void> {
  const { [SIGN_OUT]: before, ...data } = req.session?.data ?? {};
  if (hint || before !== undefined) await sessions.write(req, hint ? { ...data, [SIGN_OUT]: hint } : data);
}

/** By which far end the person of this session came. */
export function signOutHintOf(req: GuildhallRequest): SignOutHint | undefined {
  // Only keepSignOutHint writes there.
  return req.session?.data[SIGN_OUT] as SignOutHint | undefined;
}
