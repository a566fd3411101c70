import { Database, audit } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { LinkAnswer, LinkMessage, PersonKeys } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { HearsErased } from '../correcting/hears-erased';
import { FindsPerson } from './finds-person';
import { KeepsLinks } from './keeps-links';
import { Links } from './links';
import { SignInVisits } from './sign-in-visits';
import { waysHere } from './ways-here';
import { WhoLinks } from './who-links';

/** Why nothing was linked, as a status of HTTP and in words that name nobody. */
export interface LinkNo { readonly status: 403 | 404 | 400 | 401 | 409 | 429 | 503; readonly detail: string }

const NOT_AGREED: LinkNo = { status: 403, detail: 'There is no agreement in force by which this body may ask.' };

/** What is done here when another body asks for a link of somebody. */
@Injectable()
export class LinksHere {
  constructor(private readonly db: Database, private readonly who: WhoLinks, private readonly finds: FindsPerson, private readonly keeps: KeepsLinks, private readonly links: Links, private readonly visits: SignInVisits, private readonly erased: HearsErased) {}

  /** A name for the one person whom the keys fit. In the log, or on record where nobody is linked, before it is told. */
  async match(ctx: RequestContext, peerId: string, keys: PersonKeys): Promise<LinkAnswer | LinkNo> {
    if (!(await this.who.mayAsk(ctx, peerId))) return NOT_AGREED;
    const found = await this.finds.find(ctx, peerId, keys);
    if (found === 'not-possible') return { status: 404, detail: 'Nobody can be looked for here.' };
    if (found === 'too-often') return { status: 429, detail: 'This was tried too often. Nobody is looked for today.' };
    if (found.match === 'one') {
      const made = await this.keeps.make(ctx, { peerId, localId: found.localId, provenBy: 'exact-match' });
      if (made.ok) return { match: 'one', subject: made.value.pairwise };
    }
    // Whoever is linked with somebody else already fits two.
    const match = found.match === 'one' ? 'several' : found.match;
    await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.match-refused', subject: { type: 'sharing.link', id: peerId }, detail: { found: match } })));
    return { match };
  }

  /** Somebody is on their way to sign in here. */
  async expect(ctx: RequestContext, peerId: string, state: string): Promise<LinkAnswer | LinkNo> {
    if (!(await this.who.mayAsk(ctx, peerId))) return NOT_AGREED;
    if (!waysHere(ctx).includes('sign-in')) return { status: 404, detail: 'Nobody signs in here.' };
    return { ticket: await this.visits.expect(ctx, peerId, state) };
  }

  /** Who has signed in here and pressed; the name that the two bodies already have for them, or a new one. */
  async redeem(ctx: RequestContext, peerId: string, code: string, state: string): Promise<LinkAnswer | LinkNo> {
    if (!(await this.who.mayAsk(ctx, peerId))) return NOT_AGREED;
    const localId = await this.visits.redeem(ctx, peerId, code, state);
    if (localId === undefined) return { status: 409, detail: 'This cannot be used: it is not known, it was used, or it was too long ago.' };
    const made = await this.keeps.make(ctx, { peerId, localId, provenBy: 'signed-in' });
    return made.ok ? { subject: made.value.pairwise } : { status: 409, detail: made.refusal.message };
  }

  /** The other body has ended it; a link that is not there has ended too. */
  async end(ctx: RequestContext, peerId: string, { subject, because }: Extract<LinkMessage, { readonly kind: 'end' }>): Promise<LinkAnswer> {
    const link = await this.links.byName(ctx, peerId, subject);
    if (link && because === 'erased') await this.erased.hear(ctx, peerId, link);
    await this.keeps.end(ctx, peerId, link, { isTold: true });
    return { ended: true };
  }
}
