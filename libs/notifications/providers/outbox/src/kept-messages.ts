import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptMessage, Outbox, OutgoingMessage } from '@guildhall/notifications-contract';

/** A page's worth. */
const MOST_LISTED = 100;
/** After this many the oldest are forgotten, down to {@link MOST_KEPT}. */
const SWEEP_AT = 1200;
const MOST_KEPT = 1000;

/**
 * Messages as files, one each, in a folder per council: servers and workers that share the folder share the outbox.
 * File names begin with the time, so that listing reads only what it shows.
 */
export class KeptMessages implements Outbox {
  #sequence = 0;
  constructor(private readonly folder: string, private readonly now: () => Date) {}

  /** Keeps a message unless its reference is kept already. */
  async keep(message: OutgoingMessage): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const claim = join(this.folder, `${fingerprint(message.reference)}.claim`);
    const keptAt = this.now();
    const name = `${String(keptAt.getTime()).padStart(15, '0')}-${String(this.#sequence++ % 1e6).padStart(6, '0')}-${fingerprint(message.reference)}.json`;
    const draft = join(this.folder, `${randomUUID()}.draft`);
    await writeFile(draft, JSON.stringify({ reference: message.reference, keptAt: keptAt.toISOString(), message }), { mode: 0o600 });
    try {
      // A hard link appears whole or not at all, and only one of several tries gets the name.
      await link(draft, claim);
      await link(draft, join(this.folder, name));
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
      // A try that died between its two links left a claim that is not listed.
      if (!(await this.names()).some((each) => each.endsWith(`-${fingerprint(message.reference)}.json`))) await link(draft, join(this.folder, name));
    } finally {
      await rm(draft, { force: true });
    }
    await this.sweep();
  }

  async list(filter: { readonly to?: string } = {}): Promise<readonly KeptMessage[]> {
    const found: KeptMessage[] = [];
    for (const name of await this.names()) {
      const kept = await this.read(name);
      if (kept && (filter.to === undefined || recipientOf(kept.message) === filter.to)) found.push(kept);
      if (found.length === MOST_LISTED) break;
    }
    return found;
  }

  async find(reference: string): Promise<KeptMessage | undefined> {
    const name = (await this.names()).find((each) => each.endsWith(`-${fingerprint(reference)}.json`));
    return name === undefined ? undefined : this.read(name);
  }

  /** Newest first. */
  private async names(): Promise<string[]> {
    const names = await readdir(this.folder).catch((error: { code?: string }) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names.filter((name) => name.endsWith('.json')).sort().reverse();
  }

  private async read(name: string): Promise<KeptMessage | undefined> {
    let text: string;
    try {
      text = await readFile(join(this.folder, name), 'utf8');
    } catch (error) {
      // Swept by another process since it was listed.
      if ((error as { code?: string }).code === 'ENOENT') return undefined;
      throw error;
    }
    const kept = JSON.parse(text) as { reference: string; keptAt: string; message: OutgoingMessage };
    return { reference: kept.reference, keptAt: new Date(kept.keptAt), message: kept.message };
  }

  private async sweep(): Promise<void> {
    const names = await this.names();
    if (names.length < SWEEP_AT) return;
    for (const name of names.slice(MOST_KEPT)) {
      await rm(join(this.folder, name), { force: true });
      await rm(join(this.folder, `${name.slice(23, -'.json'.length)}.claim`), { force: true });
    }
  }
}

/** To whom, in one line: an address, a number, the lines of a letter. */
export function recipientOf(message: OutgoingMessage): string {
  switch (message.channel) {
    case 'email': return message.to.address;
    case 'sms': return message.to.phone;
    case 'letter': return message.to.lines.join('\n');
  }
}

/** A name for a file that no reference can break out of. */
function fingerprint(reference: string): string {
  return createHash('sha256').update(reference).digest('hex').slice(0, 32);
}
