const DAY = 86_400_000;
/** Whoever looks after the other system should hear of its end so long before. */
const SOON = 30 * DAY;

/** How another system's credential stands: `over` came by itself, `ended` was somebody's doing. @public */
export type MachineState = 'works' | 'ends-soon' | 'over' | 'ended';

/** Another system's credential, without what proves it. @public */
export interface Machine {
  readonly clientId: string;
  readonly title: string;
  readonly permissions: readonly string[];
  readonly state: MachineState;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endedAt?: Date;
  /** Until when the secret before the present one may still be used. */
  readonly earlierWorksUntil?: Date;
}

/** At most so many come at once. @public */
export const MACHINES_A_PAGE = 25;

/** A page of them, by their client ids. @public */
export interface MachinePage {
  readonly machines: readonly Machine[];
  /** Ask for what comes after this; absent on the last page. */
  readonly next?: string;
}

/** How a credential stands at a moment: `ends-soon` for its last 30 days. @public */
export function machineState({ expiresAt, endedAt }: Pick<Machine, 'expiresAt' | 'endedAt'>, now: Date): MachineState {
  const left = expiresAt.getTime() - now.getTime();
  return endedAt ? 'ended' : left <= 0 ? 'over' : left <= SOON ? 'ends-soon' : 'works';
}
