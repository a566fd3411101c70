import { isAtLeast } from '@guildhall/identity-contract';
import { Database, Sessions, audit, redirect } from '@guildhall/kernel';
import type { GuildhallRequest, RedirectResult } from '@guildhall/kernel';
import { InvalidInput } from '@guildhall/kernel-contract';
import type { PersonId, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { PERSON_COLUMNS } from '../people/person-record';
import type { PersonRow } from '../people/person-record';
import { AddWayIn } from '../signing-in/add-way-in';
import { AdmitResident } from '../signing-in/admit-resident';
import type { Admitted, SignedIn } from '../signing-in/admit-resident';

/** Where the session keeps what a far end wants to hear at sign-out. */
const SIGN_OUT = 'identity.signOut';
/** What it keeps. */
export interface SignOutHint { readonly who: 'resident' | 'officer'; readonly provider: string; readonly hint?: string }

/** Lets a resident in: their account, a session of theirs under a new id, and on to where they wanted to go. */
@Injectable()
export class Entrance {
  constructor(@Inject(AdmitResident) private readonly admitResident: AdmitResident, @Inject(AddWayIn) private readonly addWayIn: AddWayIn, @Inject(Sessions) private readonly sessions: Sessions, @Inject(Database) private readonly database: Database) {}

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

  /** Adds a way in to the account that somebody is in, where they stay; whom it proves more surely than they were known is known so from now on. @returns whether it is theirs */
  async add(req: GuildhallRequest, { personId, claims, provider }: Pick<SignedIn, 'claims' | 'provider'> & { readonly personId: PersonId }): Promise<boolean> {
    const { actor } = req.guildhall.ctx;
    const isSurer = actor.kind === 'resident' && !isAtLeast(actor.confidence, claims.confidence);
    return this.sessions.signInWith(req, async (tx, signIn) => {
      const { ok } = await this.addWayIn.addIn(tx, { personId, claims, provider });
      if (!ok || !isSurer) return ok;
      audit(tx, { action: 'identity.signed-in', subject: { type: 'person', id: personId }, personId, detail: { provider, confidence: claims.confidence } });
      signIn({ kind: 'resident', personId, confidence: claims.confidence }, withSignOutHint(req, hintOf(provider, claims.signOutHint)));
      return ok;
    });
  }

  /** Admits somebody and signs them in: their session is kept with whatever admitting them stores. */
  private async admit<Found extends Admitted | { readonly kind: 'has-account' | 'gone' }>(req: GuildhallRequest, provider: string, find: (tx: TransactionContext) => Promise<Found>): Promise<Found> {
    const { actor } = req.guildhall.ctx;
    const isOthers = ({ personId }: Admitted): boolean => actor.kind === 'officer' || (actor.kind === 'resident' && actor.personId !== personId);
    const found = await this.sessions.signInWith(req, async (tx, signIn) => {
      const admission = await find(tx);
      if (admission.kind === 'admitted' && !isOthers(admission)) signIn({ kind: 'resident', personId: admission.personId, confidence: admission.confidence }, withSignOutHint(req, hintOf(provider, admission.signOutHint)));
      return admission;
    });
    if (found.kind === 'admitted' && isOthers(found)) {
      // What somebody else's session held is not this person's.
      await this.sessions.signOut(req);
      await this.sessions.signInResident(req, found, withSignOutHint(req, hintOf(provider, found.signOutHint)));
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

function hintOf(provider: string, hint: string | undefined): SignOutHint | undefined {
  return hint === undefined ? undefined : { who: 'resident', provider, hint };
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
