import { randomBytes } from 'node:crypto';
import type { AuthorizeRequest } from './authorize-request';
import type { SimulatedPerson } from './people';

/** From when somebody was last seen, not from when they signed in (One Login documentation, "Managing your users' sessions"). */
const LIVES_IN_SECONDS = 3_600;
const COOKIE = 'simulated-one-login';
const COOKIE_VALUE = new RegExp(`(?:^|; *)${COOKIE}=([^;]+)`);

/** Somebody who is signed in at One Login in one browser: for every service that asks. */
export interface BrowserSession {
  readonly person: SimulatedPerson;
  readonly authenticatedAt: number;
  readonly credential: AuthorizeRequest['credential'];
  /** How the check of their identity ended, once there was one. */
  readonly identity?: SimulatedPerson['identity'];
}

/** What a person still has to do before a service gets its code. `identity`: only what they have not done yet, as who they are. `everything`: sign in. */
export type LeftToDo = 'nothing' | 'identity' | 'everything';

/** Which browsers One Login knows, by a cookie that outlives the browser's windows. */
export class BrowserSessions {
  readonly #sessions = new Map<string, BrowserSession & { lastSeenAt: number }>();

  constructor(private readonly nowInSeconds: () => number) {}

  /** Who is signed in in the browser that sent this, and is seen again now. */
  of(cookies: string | undefined): BrowserSession | undefined {
    const session = this.#sessions.get(keyIn(cookies));
    if (!session || this.nowInSeconds() - session.lastSeenAt >= LIVES_IN_SECONDS) return undefined;
    session.lastSeenAt = this.nowInSeconds();
    return session;
  }

  /** Somebody has signed in. @returns the cookie to set */
  open(session: BrowserSession): string {
    const key = randomBytes(24).toString('base64url');
    this.#sessions.set(key, { ...session, lastSeenAt: this.nowInSeconds() });
    return `${COOKIE}=${key}; Path=/; Max-Age=${LIVES_IN_SECONDS}; HttpOnly; SameSite=Lax`;
  }

  /** Somebody is signed out in every browser. */
  endAllOf(isIt: (person: SimulatedPerson) => boolean): void {
    for (const [key, { person }] of this.#sessions) if (isIt(person)) this.#sessions.delete(key);
  }
}

/** What is left to do for a request of somebody who has this session, if any. */
export function leftToDo({ credential, level, maxAgeInSeconds }: AuthorizeRequest, session: BrowserSession | undefined, nowInSeconds: number): LeftToDo {
  if (!session || (maxAgeInSeconds !== undefined && nowInSeconds - session.authenticatedAt > maxAgeInSeconds)) return 'everything';
  return (credential === 'Cl.Cm' && session.credential === 'Cl') || (level !== 'P0' && session.identity === undefined) ? 'identity' : 'nothing';
}

function keyIn(cookies: string | undefined): string { return COOKIE_VALUE.exec(cookies ?? '')?.[1] ?? ''; }
