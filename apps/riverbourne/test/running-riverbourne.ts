import { openBrowser, startTestApp, type Looking, type TestApp } from '@guildhall/kernel/testing';
import type { Browser } from 'playwright-core';
import { untilOneSays, type Town } from './journeys';
import type { Neighbour, Resident, Surroundings } from './surroundings';
import { Visit } from './visit';

/** Riverbourne as it runs in one configuration, and a browser: where the journeys of its people are walked. */
export class RunningRiverbourne implements Town {
  #residents = 0;
  private constructor(readonly app: TestApp, readonly browser: Browser, readonly around: Surroundings, private readonly neighbour: Neighbour | undefined) {}

  static async start(around: Surroundings): Promise<RunningRiverbourne> {
    const neighbour = await around.neighbour?.();
    return new RunningRiverbourne(await startTestApp({ councils: around.councils, withCompanions: true, seed: true, ...neighbour?.known }), await openBrowser(), around, neighbour);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.app.close();
    await this.neighbour?.app.close();
  }

  get home(): string { return this.app.origin(); }
  /** The app in whose database payments are. */
  get books(): TestApp { return this.neighbour?.app ?? this.app; }

  async work(): Promise<void> {
    await this.app.drainJobs();
    if (!this.neighbour) return;
    await this.neighbour.app.drainJobs();
    await this.app.drainJobs();
  }

  nextResident(): Resident {
    const { residents } = this.around;
    const next = residents[this.#residents++ % residents.length];
    if (!next) throw new Error('Nobody lives here.');
    return next;
  }

  /** A window of somebody who has not been here before. */
  visit(looking: Looking = {}): Promise<Visit> {
    const { onlyHere } = this.around;
    return Visit.open(this.browser, { ...looking, ...(onlyHere && { isSeenElsewhere: ({ origin, pathname }) => origin === this.home && !onlyHere.test(pathname) }) });
  }

  /** A window of an officer's who has signed in on the way to a page of the desk. */
  async desk(name: string, { path = '/desk', ...looking }: Looking & { readonly path?: string } = {}): Promise<Visit> {
    const visit = await this.visit(looking);
    await visit.go(`${this.home}${path}`);
    expect(visit.path).toBe('/desk/sign-in');
    await this.around.officerSignsIn(visit, name);
    expect(visit.path.startsWith(path)).toBe(true);
    return visit;
  }

  /** Waits for a message to somebody that says this; returns its words. */
  async message(contact: string, saying: RegExp): Promise<string> {
    return untilOneSays(this, () => this.around.messagesTo(this, contact), saying);
  }

  /** The page of what stands in for this system. */
  pageOf(system: string): string {
    const found = this.app.companions.running.find(({ companion }) => companion.title.includes(system));
    if (!found) throw new Error(`Nothing stands in for ${system} here.`);
    return found.page;
  }
}
