import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { defineExtensionPoint, type CouncilDefinition, type RequestContext } from '@guildhall/kernel-contract';
import { installCouncils, type InstalledCouncil } from '../assembling/installed-council';

/** Where a command finds what does its work. */
type App = Pick<INestApplicationContext, 'get'>;

/** A command of an app's own, beside the kernel's: it works on the council's database, without serving. @public */
export interface OwnCommand {
  /** `erase-person`. */
  readonly name: string;
  /** What it is about, for the usage: `ID`. */
  readonly takes: string;
  readonly does: string;
  /** @returns what is said of it */
  run(app: App, ctx: RequestContext, about: string): Promise<string>;
}

/** What a module's command was told: the words after its name, and its flags. @public */
export interface CommandTold { readonly words: readonly string[]; readonly flags: Readonly<Record<string, string | boolean | undefined>> }

/** A command that comes with a module, in the app of each council that has chosen it. @public */
export interface ModuleCommand {
  /** `configuration`. */
  readonly name: string;
  /** The words that it takes, for the usage: `export | compare | import`. */
  readonly takes: string;
  readonly does: string;
  /** Flags of its own: with the word for its value, or none where it is a switch. */
  readonly flags: Readonly<Record<string, { readonly takes?: string; readonly does: string }>>;
  /**
   * @returns what is said of it
   * @throws Error whose message says what is wrong: nothing else is written, and the command has failed
   */
  run(app: App, ctx: RequestContext, told: CommandTold): Promise<string>;
}

/** Where modules register commands of their own: `node main.js configuration export …`. @public */
export const COMMAND = defineExtensionPoint<ModuleCommand>('kernel.command');

/** One that is to be run. */
export interface AskedCommand {
  readonly name: string;
  isOf(installed: InstalledCouncil): boolean;
  run(app: App, ctx: RequestContext): Promise<string>;
}

/** The commands that the modules of these councils bring. @throws Error with what is wrong with a council's settings */
export function commandsOf(definitions: readonly CouncilDefinition[], isDevelopment: boolean): readonly ModuleCommand[] {
  const councils = installCouncils(definitions, process.env, { port: 4000, isDevelopment });
  return [...new Set(councils.all.flatMap((installed) => installed.registered(COMMAND)))];
}

/** How `parseArgs` knows a command's flags. */
export function flagsOf(command: ModuleCommand | undefined): NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']> {
  return Object.fromEntries(Object.entries(command?.flags ?? {}).map(([name, { takes }]) => [name, { type: takes === undefined ? 'boolean' as const : 'string' as const }]));
}

/** The usage with these commands in it, after the kernel's own. */
export function usageWith(usage: string, own: readonly OwnCommand[], brought: readonly ModuleCommand[]): string {
  const commands = [...own, ...brought].map(({ name, takes, does }) => `\n  ${`${name} ${takes}`.padEnd(10)} ${does}`);
  const flags = brought.flatMap((command) => Object.entries(command.flags).map(([flag, { takes, does }]) => `  ${`--${flag}${takes === undefined ? '' : ` ${takes}`}`.padEnd(15)} ${command.name}: ${does}\n`));
  return usage.replace('\n\n  --port', [...commands, '\n\n  --port'].join('')) + flags.join('');
}
