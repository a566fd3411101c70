import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { signNotice, type Notice, type Release } from '../../libs/catalogue/contract/src/index';
import { chosen, type Said, type World } from '../../libs/factory/command/src/command';
import { COMMANDS } from '../../libs/factory/command/src/commands';
import { npm } from '../../libs/factory/command/src/publishing/npm';
import { InventedPublisher, Workshop, type Packed } from '../../libs/factory/command/test/invented-publisher';
import { ListingCatalogue } from '../../libs/factory/command/test/listing-catalogue';
import { outside } from '../../libs/factory/command/test/typed';
import { npmrc, startRegistry } from './registry.mjs';

const SCOPES = ['@guildhall', '@westmarch', '@westrnarch'];
export const MODULE = { kind: 'module', owner: 'Westmarch Digital', maturity: 'beta', languages: ['en', 'cy'] };
/** Files of a package that exports what its types say. */
export const typesOf = (text: string): Readonly<Record<string, string>> => ({ 'index.d.ts': text, 'index.js': '// What is called here is called nowhere.\n' });
/** A report of the kit of payments, with a second case that ended so. */
export const report = (implementation: string, second: string, version = '0.1.0'): string => JSON.stringify({ kit: 'payments.payment-provider', contract: 'payments', version, implementation, results: [{ id: 'PAY-001', title: 'one', result: 'passed' }, { id: 'PAY-002', title: 'two', result: second }] });
export const CONFIGURATION = `import { cases } from '@guildhall/cases';
import { defineCouncil } from '@guildhall/kernel-contract';
import { payments } from '@guildhall/payments';

/** What is in the council's app. */
export const brackenfield = defineCouncil('brackenfield', () => ({
  council: { name: 'Brackenfield District Council', languages: ['en', 'cy'], nation: 'england' },
  modules: [
    payments({ providers: [] }), // Nobody pays yet.
    cases(),
  ],
}));
`;

/** A registry with packages, and councils that are installed from it. */
export class RegistryWithCouncils {
  readonly packages = new Map<string, Packed>();
  private constructor(private readonly base: string, readonly env: World['env'], readonly workshop: Workshop, private readonly registry: { stop(): Promise<void> }) {}

  static async start(): Promise<RegistryWithCouncils> {
    const base = mkdtempSync(path.join(os.tmpdir(), 'guildhall-installing-'));
    const registry = await startRegistry(path.join(base, 'registry'), SCOPES);
    writeFileSync(path.join(base, 'npmrc'), npmrc(registry.url, SCOPES));
    const env = { ...outside(), npm_config_userconfig: path.join(base, 'npmrc'), npm_config_cache: path.join(base, 'cache') };
    const one = new RegistryWithCouncils(base, env, new Workshop({ env }), registry);
    await one.publish('cases', { name: '@guildhall/cases', version: '0.1.0', guildhall: { ...MODULE, id: 'cases', provides: { cases: '0.1.0' } } });
    await one.publish('payments', { name: '@guildhall/payments', version: '0.1.0', guildhall: { ...MODULE, id: 'payments', provides: { payments: '0.1.0' } } });
    one.#write(one.template, 'package.json', JSON.stringify({ name: 'brackenfield', version: '1.0.0', private: true, dependencies: { '@guildhall/cases': '0.1.0', '@guildhall/payments': '0.1.0' } }, undefined, 2));
    one.#write(one.template, 'src/council.config.ts', CONFIGURATION);
    const { code, err } = await npm(['install', '--ignore-scripts'], one.template, { env });
    if (code !== 0) throw new Error(err);
    return one;
  }
  get template(): string { return path.join(this.base, 'brackenfield'); }

  async publish(called: string, manifest: Readonly<Record<string, unknown>>, files?: Readonly<Record<string, string>>): Promise<Packed> {
    const packed = await this.workshop.pack({ types: 'index.d.ts', ...manifest }, files);
    await this.workshop.publish(packed);
    this.packages.set(called, packed);
    return packed;
  }
  /** A council of its own, which follows two catalogues that list nothing yet. */
  async council(): Promise<CouncilAtRegistry> {
    const folder = mkdtempSync(path.join(this.base, 'council-'));
    cpSync(this.template, folder, { recursive: true });
    return new CouncilAtRegistry(this, folder, await ListingCatalogue.start('Westmarch'), await ListingCatalogue.start('Aldermoor'));
  }
  async stop(): Promise<void> {
    await this.registry.stop();
    this.workshop.forget();
    rmSync(this.base, { recursive: true, force: true });
  }
  #write(at: string, file: string, text: string): void {
    mkdirSync(path.dirname(path.join(at, file)), { recursive: true });
    writeFileSync(path.join(at, file), text);
  }
}

/** How a release is listed. */
export interface Listing { readonly signed?: Partial<Release>; readonly by?: InventedPublisher['lead']; readonly at?: string; readonly as?: string; readonly in?: readonly ListingCatalogue[]; readonly publisher?: InventedPublisher }

/** A council's repository, the catalogues that it follows, and a publisher whose packages they list. */
export class CouncilAtRegistry {
  readonly westmarch = new InventedPublisher('westmarch');
  readonly said: string[] = [];
  constructor(readonly registry: RegistryWithCouncils, readonly folder: string, readonly catalogue: ListingCatalogue, readonly other: ListingCatalogue) {
    for (const one of [catalogue, other]) one.states.set('westmarch', this.westmarch.states);
    this.decides({});
  }

  /** What the council has decided; it follows both catalogues unless told. */
  decides(more: object, follows = [this.catalogue, this.other]): void { this.write('guildhall.json', JSON.stringify({ catalogues: follows.map(({ followed }) => followed), ...more })); }
  get pinned(): object { return { publishers: [{ id: 'westmarch', scopes: ['@westmarch'], key: this.westmarch.lead.x }] }; }
  packed(called: string): Packed {
    const found = this.registry.packages.get(called);
    if (!found) throw new Error(`Nobody has packed ${called}.`);
    return found;
  }
  /** Lists a package, in both catalogues unless told. */
  list(called: string, { signed = {}, by = this.westmarch.lead, at, as, in: into = [this.catalogue, this.other], publisher = this.westmarch }: Listing = {}): void {
    const one = this.packed(called);
    for (const each of into) each.list(publisher.signs(one, signed, by), one.facts, one.sha512, { at, as });
  }
  notice(more: Partial<Notice>): void {
    const signed = signNotice({ id: 'westmarch-2026-1', publisher: 'westmarch', kind: 'deprecation', package: '@westmarch/parking', versions: '*', text: { en: 'Take version 2.', cy: 'Cymerwch fersiwn 2.' }, at: '2026-11-30T10:00:00Z', ...more }, this.westmarch.lead.signer);
    for (const one of [this.catalogue, this.other]) one.notices.push(signed);
  }
  typed(argv: readonly string[], changes: Partial<World> = {}): Promise<Said> {
    return chosen(argv, COMMANDS, { folder: this.folder, now: new Date('2026-11-30T12:00:00Z'), env: this.registry.env, say: (line) => void this.said.push(line), confirm: () => Promise.resolve(undefined), ...changes });
  }
  read(file: string): string { return readFileSync(path.join(this.folder, file), 'utf8'); }
  write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
    writeFileSync(path.join(this.folder, file), text);
  }
  /** All that is the council's own, and what is installed. */
  everything(): Readonly<Record<string, string>> {
    const files = readdirSync(this.folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(json|ts|js)$/.test(file) && !file.includes('.package-lock'));
    return Object.fromEntries(files.map((file) => [file, this.read(file)]));
  }
  async stop(): Promise<void> { await Promise.all([this.catalogue.stop(), this.other.stop()]); }
}
