import type { Language } from '@guildhall/kernel-contract';

/** One piece of work as it is kept: an event for a subscriber, or a job's data. */
export interface Work { readonly event?: { readonly id: string; readonly type: string; readonly at: string; readonly data: object }; readonly data?: object; readonly correlationId: string; readonly language: Language; /** ISO 8601: when a worker that does not know it left it first. */ readonly leftSince?: string }
/** One piece in its council's line. */
export interface WaitingJob { readonly council_id: string; readonly job_id: string; readonly kind: string; readonly data: Work }
/** What one job of the queue holds: one piece of work, or several of a kind that are done together. */
export type QueuedJob = { readonly council: string; readonly kind: string } & ({ readonly data: Work; readonly together?: undefined } | Together);
interface Together { readonly together: readonly Work[] }

/** Puts together, of what waits, as many of a council and kind as may be done together, in their order; everything else stays by itself. */
export function parcelsOf(waiting: readonly WaitingJob[], mostTogether: (job: WaitingJob) => number): readonly (readonly WaitingJob[])[] {
  const parcels: WaitingJob[][] = [];
  const open = new Map<string, { readonly parcel: WaitingJob[]; readonly most: number }>();
  for (const job of waiting) {
    const whose = `${job.council_id} ${job.kind}`;
    const begun = open.get(whose);
    if (begun && begun.parcel.length < begun.most) begun.parcel.push(job);
    else {
      const parcel = [job];
      parcels.push(parcel);
      open.set(whose, { parcel, most: begun?.most ?? mostTogether(job) });
    }
  }
  return parcels;
}

/** What one job of the queue holds of a parcel. */
export function queuedJobOf(parcel: readonly WaitingJob[]): QueuedJob {
  const [first, ...others] = parcel;
  if (!first) throw new Error('A parcel holds at least one piece of work.');
  const { council_id: council, kind, data } = first;
  return others.length === 0 ? { council, kind, data } : { council, kind, together: parcel.map((each) => each.data) };
}

/** The same work, each piece by itself. */
export function takenApart({ council, kind, together }: QueuedJob & Together): readonly QueuedJob[] {
  return together.map((data) => ({ council, kind, data }));
}
