import { Database, Sessions, redirect } from '@guildhall/kernel';
import type { GuildhallRequest, RedirectResult } from '@guildhall/kernel';
import { InvalidInput } from '@guildhall/kernel-contract';
import type { PersonId, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { PERSON_COLUMNS } from '../people/person-record';
import type { PersonRow } from '../people/person-record';
import { AdmitResident } from '../signing-in/admit-resident';
import type { Admitted, SignedIn } from '../signing-in/admit-resident';

/** Where the session keeps what a far end wants to hear at sign-out. */
const SIGN_OUT = 'identity.signOut';
/** What it keeps. */
export interface SignOutHint { readonly who: 'resident' | 'officer'; readonly provider: string; readonly hint?: string }

/** Lets a resident in: their account, a session of theirs under a new id, and on to where they wanted to go. */
@Injectable()
export class Entrance {
  constructor(@Inject(AdmitResident) private readonly admitResident: AdmitResident, @Inject(Sessions) private readonly sessions: Sessions, @Inject(Database) private readonly database: Database) {}

  async enter(req: GuildhallRequest, vouched: Pick<SignedIn, 'claims' | 'provider' | 'next' | 'use'>): Promise<RedirectResult> {
    const { provider, next } = vouched;
    const { actor } = req.guildhall.ctx;
    const sessionId = sessionIdOf(req);
    const admission = await this.admit(req, provider, (tx) => this.admitResident.admit(tx, { ...vouched, sessionId, isOwnSession: actor.kind === 'nobody' }));
    return admission.kind === 'has-account' ? redirect(`/sign-in/which/${admission.pendingId}`) : this.welcome(req, admission, next);
  }

  /** The person wants an account apart from the one that has the same contact. */
  async enterApart(req: GuildhallRequest, pendingId: string): Promise<RedirectResult> {
    const sessionId = sessionIdOf(req);
    const admission = await this.admit(req, '', async (tx) => (await this.admitResident.admitApart(tx, pendingId, sessionId)) ?? { kind: 'gone' as const });
    return admission.kind === 'gone' ? redirect('/sign-in') : this.welcome(req, admission, admission.next);
  }

  /** Admits somebody and signs them in: their session is kept with whatever admitting them stores. */
  private async admit<Found extends Admitted | { readonly kind: 'has-account' | 'gone' }>(req: GuildhallRequest, provider: string, find: (tx: TransactionContext) => Promise<Found>): Promise<Found> {
    const { actor } = req.guildhall.ctx;
    const isOthers = ({ personId }: Admitted): boolean => actor.kind === 'officer' || (actor.kind === 'resident' && actor.personId !== personId);
    const hintOf = ({ signOutHint }: Admitted): SignOutHint | undefined => (signOutHint === undefined ? undefined : { who: 'resident', provider, hint: signOutHint });
    const found = await this.sessions.signInWith(req, async (tx, signIn) => {
      const admission = await find(tx);
      if (admission.kind === 'admitted' && !isOthers(admission)) signIn({ kind: 'resident', personId: admission.personId, confidence: admission.confidence }, withSignOutHint(req, hintOf(admission)));
      return admission;
    });
    if (found.kind === 'admitted' && isOthers(found)) {
      // What somebody else's session held is not this person's.
      await this.sessions.signOut(req);
      await this.sessions.signInResident(req, found, withSignOutHint(req, hintOf(found)));
    }
    return found;
  }

  private async welcome({ guildhall }: GuildhallRequest, { personId, isFirst }: Admitted, next: string): Promise<RedirectResult> {
    return redirect(isFirst && (await this.lacksDetails(guildhall.ctx, personId)) ? `/sign-in/details?next=${encodeURIComponent(next)}` : next);
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

/** What the session keeps, and for sign-out by which far end somebody came; the one before is forgotten. */
export function withSignOutHint(req: GuildhallRequest, hint: SignOutHint | undefined): Readonly<Record<string, unknown>> {
  const { [SIGN_OUT]: _before, ...data } = req.session?.data ?? {};
  return hint ? { ...data, [SIGN_OUT]: hint } : data;
}

/** By which far end the person of this session came. */
export function signOutHintOf(req: GuildhallRequest): SignOutHint | undefined {
  // Only withSignOutHint writes there.
  return req.session?.data[SIGN_OUT] as SignOutHint | undefined;
}
