import { Database, audit } from '@guildhall/kernel';
import { done, refused, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import type { Body } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { KeepsLinks } from './keeps-links';
import { Links, type Link } from './links';
import { MatchTries } from './match-tries';
import { ProvedKeys } from './proved-keys';
import { SendsLinkMessage } from './sends-link-message';

/** So often a day somebody may be looked for at one body and not be found. */
const MOST_OF_ONE_PERSON = 5;
const NOT_SURE = 'We could not be sure it is you.';

/**
 * `nobody`: no record there fits. `several`: more than one might. `unreachable`: the other body does not answer at the moment. `not-possible`: it does not link so, nothing that they have proved here is a key,
 * or it was tried too often today.
 */
export type MatchRefusal = Refusal<'nobody' | 'several' | 'unreachable' | 'not-possible'>;

/** Asks another body whether one person there alone is whom somebody has proved to be here. */
@Injectable()
export class MatchesElsewhere {
  constructor(private readonly db: Database, private readonly links: Links, private readonly keys: ProvedKeys, private readonly sends: SendsLinkMessage, private readonly keeps: KeepsLinks, private readonly tries: MatchTries) {}

  async match(ctx: RequestContext, body: Body, personId: string): Promise<Outcome<Link, MatchRefusal>> {
    const there = await this.links.ofPerson(ctx, body.id, personId);
    if (there) return done(there);
    const keys = body.waysToLink?.includes('match') ? await this.keys.of(ctx, personId) : undefined;
    if (!keys) return refused('not-possible', 'They cannot be looked for at this body.');
    const trying = await this.tries.begin(ctx, [{ who: `person ${personId} at ${body.id}`, most: MOST_OF_ONE_PERSON }]);
    if (!trying) return refused('not-possible', 'This was tried too often today.');
    await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.match-asked', subject: { type: 'sharing.link', id: body.id }, personId })));
    const answered = await this.sends.send(ctx, body, { kind: 'match', keys });
    if (!answered.ok) return answered.refusal.reason === 'unreachable' ? refused('unreachable', answered.refusal.message) : refused('not-possible', answered.refusal.message);
    if (!('match' in answered.value)) return refused('not-possible', 'It answered something else.');
    if (answered.value.match !== 'one') return refused(answered.value.match === 'none' ? 'nobody' : 'several', NOT_SURE);
    const made = await this.keeps.make(ctx, { peerId: body.id, localId: personId, provenBy: 'exact-match', pairwise: answered.value.subject });
    if (!made.ok) return refused('several', NOT_SURE);
    await trying.found();
    return made;
  }
}
