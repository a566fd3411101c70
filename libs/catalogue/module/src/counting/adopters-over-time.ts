/** An organisation and the month, `2026-03`, from which it ran something. */
export interface Since { readonly organisation: string; readonly since: string }

const MONTHS_SHOWN = 12;

/** How many organisations ran something from the catalogue in each of the last twelve months, the one that it is included. */
export function adoptersOverTime(adoptions: readonly Since[], now: Date): readonly { readonly month: string; readonly count: number }[] {
  const first = new Map<string, string>();
  for (const { organisation, since } of adoptions) {
    const known = first.get(organisation);
    if (known === undefined || since < known) first.set(organisation, since);
  }
  return Array.from({ length: MONTHS_SHOWN }, (_none, at) => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (MONTHS_SHOWN - 1 - at), 1)).toISOString().slice(0, 7);
    return { month, count: [...first.values()].filter((since) => since <= month).length };
  });
}
