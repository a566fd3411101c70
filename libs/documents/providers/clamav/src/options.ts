/** What a council sets of ClamAV. @public */
export interface ClamAvOptions {
  /**
   * Where clamd listens: `unix:/run/clamav/clamd.ctl` on the same server, `tcp://127.0.0.1:3310` otherwise. clamd's protocol has neither a password nor encryption:
   * over TCP it belongs on the same server or in a network that is the council's own.
   */
  readonly address: string;
  /** For the scan of one file from beginning to end; 20 unless told. */
  readonly timeoutInSeconds?: number;
  /** Signatures that are older are a fault that `doctor` names; 3 unless told. freshclam fetches new ones several times a day. */
  readonly oldestSignaturesInDays?: number;
  /** The largest file that clamd must take, which `doctor` tries: bytes, 12,000,000 unless told, which is what a council's server takes. clamd's own limit is StreamMaxLength. */
  readonly largestInBytes?: number;
}

/** A Unix socket's path, or a host and a port. */
export type ClamdAddress = { readonly path: string } | { readonly host: string; readonly port: number };

const USUAL_PORT = 3310;

/** Reads an address. @throws Error when it is none */
export function parseClamdAddress(address: string): ClamdAddress {
  const [, path] = /^unix:(?:\/\/)?(\/[^\0]+)$/.exec(address) ?? [];
  if (path) return { path };
  const [, name, bracketed, port] = /^tcp:\/\/(?:([a-z0-9.-]+)|\[([0-9a-f:.]+)\])(?::(\d{1,5}))?\/?$/i.exec(address) ?? [];
  const host = name ?? bracketed;
  if (host === undefined || Number(port ?? USUAL_PORT) > 65_535) throw new Error(`"${address}" is not where clamd listens. Write clamAv({ address: 'unix:/run/clamav/clamd.ctl' }) or clamAv({ address: 'tcp://127.0.0.1:3310' }).`);
  // A browser's habit, followed here too: the names below localhost are this machine.
  return { host: host === 'localhost' || host.endsWith('.localhost') ? '127.0.0.1' : host, port: Number(port ?? USUAL_PORT) };
}
