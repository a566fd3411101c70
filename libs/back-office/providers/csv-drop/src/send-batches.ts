import { createHash } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import type { HandedCase } from '@guildhall/back-office-contract';
import { CASE_COLUMNS, cellsOf, photoNamesOf } from './case-columns';
import type { ExchangeFolder } from './exchange-folder';

const [WORK, WAITING, BATCHES, SENT, FINISHED, PHOTOS] = ['.work', 'waiting', 'batches', 'sent', 'finished', 'photos'] as const;
/** Photos of a case that was never put on its way, because it was not tried again: longer than any case is tried. */
const PHOTOS_FOR_MS = 7 * 86_400_000;

/**
 * Cases on their way into files. Each goes forward only: it waits, is in a batch, is sent; and it is looked for in that order, so that it is found wherever it is by then, and never sent twice.
 * A batch is sent by one renaming: while its file lies with it, it is not sent; when it does not, it is. Photos go before the file that names them: whoever has the file finds them.
 */
export class SendBatches {
  constructor(private readonly folder: ExchangeFolder) {}

  /** Puts a case on its way; nothing when it is already. */
  async put(handed: HandedCase): Promise<void> {
    const name = `${handed.caseId}.json`;
    if (await this.isKnown(handed.caseId, name)) return;
    const names = photoNamesOf(handed);
    for (const [index, photo] of (handed.photos ?? []).entries()) await this.folder.write([WORK, PHOTOS, handed.caseId, names[index] ?? photo.photoId], await photo.bytes());
    await this.folder.write([WORK, WAITING, name], JSON.stringify(cellsOf(handed)));
  }

  /** Sends what waits as one file, and what a process that died has left. One at a time: whoever asks for progress. */
  async flush(now: Date): Promise<void> {
    const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
    const names = (await this.folder.list(WORK, WAITING)).filter((name) => name.endsWith('.json'));
    const batch = `${time}-${createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 12)}`;
    for (const name of names) await this.folder.move([WORK, WAITING, name], [WORK, BATCHES, batch, name]);
    for (const one of await this.folder.list(WORK, BATCHES)) await this.send(one);
    await this.forgetPhotos(now);
  }

  private async send(batch: string): Promise<void> {
    const at = [WORK, BATCHES, batch] as const;
    const names = (await this.folder.list(...at)).filter((name) => name.endsWith('.json'));
    if (!(await this.folder.has(...at, 'is-written'))) {
      const rows = await Promise.all(names.map(async (name) => JSON.parse((await this.folder.read(...at, name)).toString('utf8')) as readonly string[]));
      if (rows.length) await this.folder.write([...at, 'cases.csv'], stringify([CASE_COLUMNS, ...rows], { record_delimiter: '\r\n' }));
      await this.folder.write([...at, 'is-written'], '');
    }
    for (const name of names) {
      const caseId = name.replace('.json', '');
      for (const photo of await this.folder.list(WORK, PHOTOS, caseId)) await this.folder.move([WORK, PHOTOS, caseId, photo], ['out', photo]);
      await this.folder.write([WORK, SENT, caseId], '');
    }
    await this.folder.move([...at, 'cases.csv'], ['out', `cases-${batch}.csv`]);
    // Away at once, and then bit by bit: half of a batch must not look like a new one.
    await this.folder.move(at, [WORK, FINISHED, batch]);
    await this.folder.remove(WORK, FINISHED);
  }

  private async forgetPhotos(now: Date): Promise<void> {
    for (const caseId of await this.folder.list(WORK, PHOTOS)) {
      const changedAt = await this.folder.changedAt(WORK, PHOTOS, caseId);
      const isSent = await this.folder.has(WORK, SENT, caseId);
      if (isSent || (changedAt && changedAt.getTime() < now.getTime() - PHOTOS_FOR_MS && !(await this.isKnown(caseId, `${caseId}.json`)))) await this.folder.remove(WORK, PHOTOS, caseId);
    }
  }

  private async isKnown(caseId: string, name: string): Promise<boolean> {
    if (await this.folder.has(WORK, WAITING, name)) return true;
    for (const batch of await this.folder.list(WORK, BATCHES)) if (await this.folder.has(WORK, BATCHES, batch, name)) return true;
    return this.folder.has(WORK, SENT, caseId);
  }
}
