import { NOTICE_TYPE, concerns, readNotice, readPublisher, readRelease, type Notice, type Publisher, type Release } from '@guildhall/catalogue-contract';
import { NotFound } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';

/** What stands in envelopes that the catalogue has verified when it took them. */
export function noticesIn(envelopes: readonly Envelope[]): readonly Notice[] {
  return envelopes.flatMap((envelope) => {
    if (envelope.payloadType !== NOTICE_TYPE) return [];
    const read = readNotice(envelope);
    return read.ok ? [read.value] : [];
  }).sort((a, b) => b.at.localeCompare(a.at));
}

/** Those about one version; what is worst stands first. */
export function noticesAbout(notices: readonly Notice[], name: string, version: string): readonly Notice[] {
  const weight = { withdrawal: 0, advisory: 1, deprecation: 2 } as const;
  return notices.filter((notice) => concerns(notice, name, version)).sort((a, b) => weight[a.kind] - weight[b.kind]);
}

/** @throws NotFound */
export function newestState(states: readonly Envelope[]): Publisher {
  const read = readPublisher(JSON.parse(Buffer.from(states.at(-1)?.payload ?? '', 'base64').toString('utf8') || 'null') as unknown);
  if (!read.ok) throw new NotFound('There is no such publisher.');
  return read.value;
}

/** @throws NotFound */
export function releaseIn(envelope: Envelope): Release {
  const read = readRelease(envelope);
  if (!read.ok) throw new NotFound('There is no such release.');
  return read.value.predicate;
}
