import { refused, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import type { WayToLink } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { demandInformationOf } from '../information/whose-information';
import type { Link } from './links';
import { MatchesElsewhere, type MatchRefusal } from './matches-elsewhere';
import { ProvedKeys } from './proved-keys';
import { SignsInElsewhere } from './signs-in-elsewhere';
import { WhoLinks } from './who-links';

/** Makes the records of one person at two bodies known to each other, when they have pressed for it: never by a guess. */
@Injectable()
export class MakesLink {
  constructor(private readonly who: WhoLinks, private readonly keys: ProvedKeys, private readonly matches: MatchesElsewhere, private readonly signsIn: SignsInElsewhere) {}

  /** How whoever is signed in can be linked with that body, the surest way first; none where nothing may be asked of it. */
  async ways(ctx: RequestContext, peerId: string): Promise<readonly WayToLink[]> {
    const offered = (await this.who.find(ctx, peerId))?.waysToLink ?? [];
    if (!offered.includes('match') || ctx.actor.kind !== 'resident') return offered;
    return (await this.keys.of(ctx, ctx.actor.personId)) ? offered : offered.filter((way) => way !== 'match');
  }

  /** After a press: asks the other body whether one person there alone is whom they have proved to be here. Whoever is linked already stays so. @throws NotAllowed for somebody else */
  async match(ctx: RequestContext, peerId: string, personId: string): Promise<Outcome<Link, MatchRefusal>> {
    demandInformationOf(ctx, personId);
    const body = await this.who.find(ctx, peerId);
    return body ? this.matches.match(ctx, body, personId) : refused('not-possible', 'There is no agreement by which this body may be asked.');
  }

  /**
   * After a press: says to the other body that they come. The browser goes to the address that is returned: a page of ours from which one more press leads there.
   * @param returnTo a path of ours, to which the browser comes back when they are linked
   * @throws InvalidInput when it is none; NotFound when the other body has no sign-in; Unavailable when it does not answer; NotAllowed for somebody else
   */
  async beginSignIn(ctx: RequestContext, peerId: string, personId: string, returnTo: string): Promise<string> {
    demandInformationOf(ctx, personId);
    return this.signsIn.begin(ctx, peerId, personId, returnTo);
  }
}
