/** What clamd says of itself. `signedAt` is when the signatures in use were made; absent when it has none. */
export interface ClamdVersion { readonly engine: string; readonly signatures?: string; readonly signedAt?: Date }

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Reads `ClamAV 1.4.6/27512/Fri Nov 27 08:31:20 2026`; with only home-made signatures it is `ClamAV 1.4.6`. Undefined when it is not ClamAV that answers. */
export function readVersion(answer: string): ClamdVersion | undefined {
  const [, engine, signatures, date] = /^ClamAV ([\w.+~-]+)(?:\/(\d+)\/(.+))?$/.exec(answer.trim()) ?? [];
  if (engine === undefined) return undefined;
  const [, month, day, hour, minute, second, year] = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/.exec(date?.trim() ?? '') ?? [];
  const at = MONTHS.indexOf(month ?? '');
  // clamd writes the time of its server without saying the zone: half a day more or less does not matter here.
  const signedAt = at < 0 ? undefined : new Date(Date.UTC(Number(year), at, Number(day), Number(hour), Number(minute), Number(second)));
  return { engine, ...(signatures && signedAt ? { signatures, signedAt } : {}) };
}
