import type { BackOfficeProvider, HandedCase, HandedOver, HandOverRefusal, Progress, ProgressAsked } from '@guildhall/back-office-contract';
import { Unavailable, done, type ConnectionCheck, type Outcome, type ProviderDependencies } from '@guildhall/kernel-contract';
import type { CsvDropOptions } from './csv-drop.options';
import { ExchangeFolder } from './exchange-folder';
import { readInbox } from './read-inbox';
import { SendBatches } from './send-batches';

const SETTLES_IN_SECONDS = 60;

/** Hands cases over in files, a batch each time that progress is asked for. The system gives no reference: it speaks of a case by ours, or tells its own with what happened. */
export class CsvDropProvider implements BackOfficeProvider {
  readonly title: string;
  readonly takesPhotosAsFiles = true;
  readonly #folder: ExchangeFolder;
  readonly #batches: SendBatches;

  constructor(private readonly options: CsvDropOptions, private readonly dependencies: Pick<ProviderDependencies, 'clock' | 'log'>) {
    this.title = options.title ?? 'Files of cases (CSV)';
    this.#folder = new ExchangeFolder(options.folder);
    this.#batches = new SendBatches(this.#folder);
  }

  async handOver(handed: HandedCase): Promise<Outcome<HandedOver, HandOverRefusal>> {
    return this.atFolder(async () => {
      await this.#batches.put(handed);
      return done({});
    });
  }

  async progress({ since }: ProgressAsked): Promise<readonly Progress[]> {
    return this.atFolder(async () => {
      await this.#batches.flush(this.dependencies.clock.now());
      return readInbox(this.#folder, { keptUntil: since, settlesInSeconds: this.options.settlesInSeconds ?? SETTLES_IN_SECONDS }, this.dependencies.log);
    });
  }

  /** Whether files can be written and read there, and whether any of them had rows that could not be read. */
  async check(): Promise<ConnectionCheck> {
    try {
      await this.#folder.write(['.work', 'check'], '');
      await this.#folder.list('in');
    } catch (error) {
      return { ok: false, message: `${this.title}: nothing can be written to ${this.options.folder} (${(error as { code?: string }).code ?? 'unknown'}). Make the folder, and give it to the user as whom Guildhall runs.` };
    }
    const faults = await this.#folder.list('faults');
    if (faults.length) return { ok: false, message: `${this.title}: rows of ${faults.length === 1 ? '1 file' : `${faults.length} files`} could not be read. See ${this.#folder.path('faults')}: correct them, put them into a new file in ${this.#folder.path('in')}, and remove the list of faults.` };
    return { ok: true, message: `${this.title}: files can be written and read.` };
  }

  /** A disk that is full, or a folder that is not mounted, is there again later. */
  private async atFolder<Value>(act: () => Promise<Value>): Promise<Value> {
    try {
      return await act();
    } catch (error) {
      const { code } = error as { code?: string };
      if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) throw error;
      throw new Unavailable(`The folder cannot be used: ${code}.`);
    }
  }
}
