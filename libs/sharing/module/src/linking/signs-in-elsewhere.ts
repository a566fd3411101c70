import { localPath } from '@guildhall/identity-contract';
import { InvalidInput, NotFound, Unavailable, done, refused, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { KeepsLinks } from './keeps-links';
import { opaque } from './opaque';
import { SendsLinkMessage } from './sends-link-message';
import { SignInAttempts, type Attempt } from './sign-in-attempts';
import { WhoLinks } from './who-links';

/** `not-theirs`: nobody who is signed in here began it, it was too long ago, or it was used. `not-linked`: the other body does not confirm it. `taken`: one of the two is linked with somebody else. */
export type ReturnRefusal = Refusal<'not-theirs' | 'not-linked' | 'unreachable' | 'taken'> & { readonly returnTo?: string };

/** Sends somebody to another body to sign in there too, and links the two when they are back. */
@Injectable()
export class SignsInElsewhere {
  constructor(private readonly who: WhoLinks, private readonly sends: SendsLinkMessage, private readonly keeps: KeepsLinks, private readonly attempts: SignInAttempts) {}

  /** @returns a page of ours that leads there, since a form's answer may not lead to another site @throws InvalidInput, NotFound, Unavailable */
  async begin(ctx: RequestContext, peerId: string, personId: string, returnTo: string): Promise<string> {
    if (returnTo === '' || localPath(returnTo, '') !== returnTo) throw new InvalidInput('The way back must be a path of this site.', [{ field: 'returnTo', message: 'must begin with one / and lead nowhere else' }]);
    const body = await this.who.find(ctx, peerId);
    if (!body?.waysToLink?.includes('sign-in')) throw new NotFound('Nobody can sign in at this body.');
    const state = opaque();
    const answered = await this.sends.send(ctx, body, { kind: 'begin', state });
    if (!answered.ok || !('ticket' in answered.value)) throw new Unavailable(`${peerId} does not let people in at the moment.`);
    await this.attempts.keep(ctx, personId, state, { peerId, ticket: answered.value.ticket, returnTo });
    return `/account/information/links/away/${state}`;
  }

  /** Where somebody goes who is on their way. The other body's address is the one that is known of it, and no other. @throws NotFound when they have not begun */
  async away(ctx: RequestContext, personId: string, state: string): Promise<Attempt & { readonly address: string }> {
    const attempt = await this.attempts.find(ctx, personId, state);
    const body = attempt && (await this.who.find(ctx, attempt.peerId));
    if (!attempt || !body) throw new NotFound('There is nobody on their way from here. Begin again.');
    return { ...attempt, address: `${body.endpoint}/links/visits/${attempt.ticket}?lang=${ctx.language}` };
  }

  /** They are back with a code, which says who they are there. */
  async finish(ctx: RequestContext, personId: string, { code, state }: { readonly code: string; readonly state: string }): Promise<Outcome<{ readonly returnTo: string }, ReturnRefusal>> {
    const attempt = await this.attempts.take(ctx, personId, state);
    const body = attempt && (await this.who.find(ctx, attempt.peerId));
    if (!attempt || !body) return refused('not-theirs', 'Nobody who is signed in here has begun this.');
    const { peerId, returnTo } = attempt;
    const no = (reason: ReturnRefusal['reason'], message: string): { readonly ok: false; readonly refusal: ReturnRefusal } => ({ ok: false, refusal: { reason, message, returnTo } });
    const answered = await this.sends.send(ctx, body, { kind: 'redeem', code, state });
    if (!answered.ok) return no(answered.refusal.reason === 'unreachable' ? 'unreachable' : 'not-linked', answered.refusal.message);
    if (!('subject' in answered.value) || 'match' in answered.value) return no('not-linked', 'It answered something else.');
    const made = await this.keeps.make(ctx, { peerId, localId: personId, provenBy: 'signed-in', pairwise: answered.value.subject });
    return made.ok ? done({ returnTo }) : no('taken', made.refusal.message);
  }
}
