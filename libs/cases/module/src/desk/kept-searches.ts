import { Inject, Injectable } from '@nestjs/common';
import { IDS } from '@guildhall/kernel-contract';
import type { Ids } from '@guildhall/kernel-contract';
import { Sessions, type GuildhallRequest } from '@guildhall/kernel';

/** Where the session keeps them. */
const SEARCHES = 'cases.searches';
/** How many searches back an officer can go: in several windows, too. */
const MOST_KEPT = 20;

interface KeptSearch { readonly id: string; readonly by: string; readonly text: string }

/** What an officer looked for last, kept with their session: names and telephone numbers stand in no address, and go when the session ends. */
@Injectable()
export class KeptSearches {
  constructor(@Inject(Sessions) private readonly sessions: Sessions, @Inject(IDS) private readonly ids: Ids) {}

  /** Keeps what is looked for, and says the name under which it is found again. */
  async keep(req: GuildhallRequest, text: string): Promise<string> {
    const kept = keptBy(req);
    const same = kept.find((search) => search.text === text);
    const search = same ?? { id: this.ids.token(9), by: officerOf(req), text };
    await this.sessions.write(req, { ...req.session?.data, [SEARCHES]: [search, ...kept.filter((other) => other !== same)].slice(0, MOST_KEPT) });
    return search.id;
  }

  /** What was looked for under this name; nothing when it was too long ago. */
  textOf(req: GuildhallRequest, id: string | undefined): string | undefined {
    return keptBy(req).find((search) => search.id === id)?.text;
  }
}

/** Another officer who signs in at the same browser does not see them. */
function keptBy(req: GuildhallRequest): readonly KeptSearch[] {
  // Only keep() writes there.
  return ((req.session?.data[SEARCHES] ?? []) as readonly KeptSearch[]).filter(({ by }) => by === officerOf(req));
}

function officerOf(req: GuildhallRequest): string {
  const { actor } = req.guildhall.ctx;
  return actor.kind === 'officer' ? actor.officerId : '';
}
