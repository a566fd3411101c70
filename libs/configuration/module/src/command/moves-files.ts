import { readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { MOST_FILE_BYTES, type ConfigurationFile } from '@guildhall/configuration-contract';
import type { CommandTold } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { readAndCheck } from '../keeping/checks-fit';
import { comparisonOf, configurableThings, type FoundThing } from '../keeping/configured-things';
import { ExportsThings, filenameOf } from '../keeping/exports-things';
import { KeepsVersions, latestPublished } from '../keeping/keeps-versions';
import { comparisonInWords } from './comparison-in-words';

const USAGE = `Usage: node main.js configuration export                    everything that can be exported
       node main.js configuration export KIND ID [FILE]     what holds now, as a file
       node main.js configuration compare FILE              what a file would change
       node main.js configuration import FILE --by NAME     bring a file in as a draft
                                  [--publish [--base N]]    and publish it`;

/** Configuration as files, by command: the same checks, drafts and history as on the desk's pages. */
@Injectable()
export class MovesFiles {
  constructor(@Inject(ExportsThings) private readonly exporting: ExportsThings, @Inject(KeepsVersions) private readonly versions: KeepsVersions) {}

  /** @throws Error that says what is wrong */
  async run(asked: RequestContext, { words: [does, ...words], flags }: CommandTold): Promise<string> {
    // Commands speak English, whatever the council's first language is.
    const ctx: RequestContext = Object.freeze({ ...asked, language: 'en' });
    const [first, second, third] = words;
    if (does === 'export' && words.length === 0) return everything(ctx);
    if (does === 'export' && first !== undefined && second !== undefined && words.length <= 3) return this.#export(ctx, first, second, third);
    if (does === 'compare' && first !== undefined && words.length === 1) return this.#compare(ctx, first);
    if (does === 'import' && first !== undefined && words.length === 1) return this.#import(ctx, first, flags);
    throw new Error(USAGE);
  }

  async #export(ctx: RequestContext, kind: string, id: string, to: string | undefined): Promise<string> {
    const file = this.exporting.export(ctx, kind, id);
    const path = resolve(to ?? filenameOf(ctx, file));
    try {
      await writeFile(path, `${JSON.stringify(file, null, 2)}\n`, { flag: 'wx' });
    } catch (error) {
      throw new Error((error as { code?: string }).code === 'EEXIST' ? `${path} is there already. Name another file.` : `${path} cannot be written.`, { cause: error });
    }
    return `${path}: ${file.title.en}, as it holds at ${ctx.council.name.en}.`;
  }

  async #compare(ctx: RequestContext, path: string): Promise<string> {
    const { file, found } = await checked(ctx, path);
    const base = latestPublished(await this.versions.history(ctx, file));
    return `${about(ctx, file, found)}\n${base === 0 ? 'None has been published' : `Revision ${base} was published last`}: to publish this and nothing that you have not seen, import it with --publish --base ${base}`;
  }

  async #import(ctx: RequestContext, path: string, flags: CommandTold['flags']): Promise<string> {
    const { by, publish, base } = flags;
    const who = nameIn(by);
    if (typeof base === 'string' && (!publish || !/^\d{1,9}$/.test(base))) throw new Error('--base is the number that compare named, and goes with --publish.');
    const acting = Object.freeze({ ...ctx, actor: Object.freeze({ ...ctx.actor, job: `${who} (node main.js configuration)` }) }) as RequestContext;
    const { file, found } = await checked(acting, path);
    const last = latestPublished(await this.versions.history(acting, file));
    const draft = await this.versions.bringIn(acting, file);
    if (!draft.ok) throw new Error(draft.refusal.message);
    const { revision } = draft.value;
    if (!publish) return `${about(ctx, file, found)}\nIt is kept as a draft, revision ${revision}, and changes nothing yet. Publish or discard it on the desk, under “Configuration”.`;
    const published = await this.versions.publish(acting, file, revision, typeof base === 'string' ? Number(base) : last);
    if (!published.ok) throw new Error(`${published.refusal.message} It is kept as a draft, revision ${revision}, and changes nothing yet.`);
    return `${about(ctx, file, found)}\nIt is published as revision ${revision}, and holds everywhere from ${published.value.takesEffectAt}. It can be put back on the desk, under “Configuration”.`;
  }
}

function everything(ctx: RequestContext): string {
  return configurableThings(ctx).flatMap(({ kind, things }) => things.map(({ id, title }) => `${kind} ${id}  ${title.en}`)).join('\n') || `${ctx.council.name.en} has nothing that can be configured.`;
}

/** Of which council, what the file is, and what would be different: the first line is read before the rest. */
function about(ctx: RequestContext, file: ConfigurationFile, found: FoundThing): string {
  return [`${ctx.council.name.en}: ${file.title.en} (${file.kind} ${file.id}), as ${file.from.council} had it on ${file.exportedAt.slice(0, 10)}.`, comparisonInWords(comparisonOf(ctx, found, file.content))].map(printable).join('\n');
}

async function checked(ctx: RequestContext, path: string): Promise<{ readonly file: ConfigurationFile; readonly found: FoundThing }> {
  const read = await readAndCheck(ctx, await jsonIn(path));
  if (!read.ok) throw new Error(printable(read.refusal.message));
  return read.value;
}

/** What somebody else's file says must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/(?!\n)\p{Cc}/gu, ' ');
}

async function jsonIn(path: string): Promise<unknown> {
  let text: string;
  try {
    if ((await stat(path)).size > MOST_FILE_BYTES) throw new Error('too long');
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new Error((error as Error).message === 'too long' ? `${path} is longer than any configuration.` : `${path} cannot be read.`, { cause: error });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new Error(`${path} is no file of configuration.`, { cause: error });
  }
}

function nameIn(by: string | boolean | undefined): string {
  const name = typeof by === 'string' ? by.trim() : '';
  if (!name || name.length > 100 || /\p{Cc}/u.test(name)) throw new Error('Say who brings it in: --by "Mair Manager". It stands in the history and in the audit trail.');
  return name;
}
