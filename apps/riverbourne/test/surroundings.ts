import type { CouncilDefinition } from '@guildhall/kernel-contract';
import type { TestApp } from '@guildhall/kernel/testing';
import type { Cards } from './journeys';
import type { Person } from './person';
import type { RunningRiverbourne } from './running-riverbourne';
import type { Visit } from './visit';

/** Somebody who uses services, and where they hear from the council: an e-mail address or a mobile number. */
export interface Resident { readonly name: string; readonly contact: string }

/** Another council's app, whose payments Riverbourne uses: its books are there. */
export interface Neighbour { readonly app: TestApp; /** What Riverbourne is to know of it, and at which port it knows Riverbourne. */ readonly known: { readonly port: number; readonly settings: Readonly<Record<string, string>> } }

/** What the journeys of Riverbourne's people meet in one configuration and not in another: who signs them in, who takes their money, and where their messages end up. All else is the same in each. */
export interface Surroundings {
  readonly councils: readonly CouncilDefinition[];
  /** Starts what runs elsewhere, before Riverbourne. */
  readonly neighbour?: () => Promise<Neighbour>;
  /** Paths of the council's own pages that there are in this configuration only; when told, all its others are looked at in another one. */
  readonly onlyHere?: RegExp;
  /** Each journey is the next one's; after the last comes the first again. */
  readonly residents: readonly Resident[];
  /** Who telephones, and claims what was done for them. */
  readonly caller: Resident;
  /** From the page on which one chooses how, until one is signed in and has told what is asked of who is new. */
  signsIn(here: RunningRiverbourne, visit: Visit, resident: Resident): Promise<void>;
  /** The same by forms alone: for journeys that are about what comes after. */
  signsInByForms(here: RunningRiverbourne, person: Person, resident: Resident): Promise<void>;
  readonly officers: Readonly<Record<'caseOfficer' | 'manager' | 'adviser', string>>;
  officerSignsIn(visit: Visit, name: string): Promise<void>;
  readonly payments: {
    readonly provider: string;
    readonly cards: Cards;
    /** What stands in fields of the page to pay on before anybody types. */
    knows(resident: Resident): Readonly<Record<string, string>>;
    /** Reads that the card was declined, and comes to where another one can be entered. */
    readsDeclined(visit: Visit, amount: string): Promise<void>;
    /** What the council says to somebody who left that page by its own button. */
    readonly toWhoLeft: string;
  };
  /** The words of what came for somebody, the newest first. */
  messagesTo(here: RunningRiverbourne, contact: string): Promise<readonly string[]>;
  /** Brings a visitor to the page on which somebody's messages can be read. */
  goesToMessages(here: RunningRiverbourne, visit: Visit, contact: string): Promise<void>;
}

/** Tells what nobody else has told of somebody who is new. */
export async function tellsWhatIsAsked(visit: Visit, name: string): Promise<void> {
  if (visit.path !== '/sign-in/details') return;
  if (await visit.page.getByLabel('Full name').count()) await visit.page.getByLabel('Full name').fill(name);
  await visit.page.getByLabel('English').check();
  await visit.press('Continue');
}

/** Whoever's card is declined is sent back to the council, which says so and leads on to the same page. */
export async function readsDeclinedAtTheCouncils(visit: Visit, amount: string): Promise<void> {
  expect(await visit.heading()).toBe('Your payment was declined');
  await visit.picture('pay-declined');
  await visit.press(`Try to pay ${amount} again`);
}
