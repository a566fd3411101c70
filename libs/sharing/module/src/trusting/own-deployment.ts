import { existsSync, readFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { MOST_ASSESSMENTS, componentsDigest, kitDemands, readComponents, readPolicy, sha512Of, signRunning, type AssurancePolicy, type Components, type ConformanceReport, type Judged, type JudgedPackage, type KitDemands, type PublishedAssurance } from '@guildhall/assurance-contract';
import { CLOCK, Unavailable, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { readEnvelope, type Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';
import { publishersSeen } from './seen-publishers';

const LISTS = ['components.json', 'package-lock.json'];

interface RunningComponents { readonly file: string; readonly digest: string; readonly components: Components }
interface PackageFile { readonly name: string; readonly version: string; readonly guildhall?: { readonly kind: string; readonly id: string; readonly owner: string; readonly provides?: Readonly<Record<string, string>>; readonly conformance?: readonly string[] } }

/** What runs here, and what was found of it. */
@Injectable()
export class OwnDeployment {
  /** As it was when it was first looked at: what is changed on the disk does not run yet. */
  readonly #running = new Map<string, RunningComponents>();

  constructor(private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** What other bodies are told of it. @throws Unavailable when nothing says what runs here */
  async published(ctx: RequestContext): Promise<PublishedAssurance> {
    const { id: body, endpoint } = this.node.body(ctx);
    return { running: signRunning({ body, endpoint, running: this.#components(ctx).digest, at: this.clock.now().toISOString() }, this.node.signer(ctx)), assessments: (await this.assessments(ctx)).slice(0, MOST_ASSESSMENTS) };
  }

  /** What the council demands, where it has said so. @throws Error when its words are no policy */
  policy(ctx: RequestContext): AssurancePolicy | undefined {
    const { policy } = this.node.options(ctx).deployment ?? {};
    if (policy === undefined) return undefined;
    const read = readPolicy(policy);
    if (!read.ok) throw new Error(`sharing({ deployment: { policy } }) of ${ctx.council.slug}: ${read.refusal.message}`);
    return read.value;
  }

  /** @param listedSuppliers to whom it belongs besides, as others say */
  judged(ctx: RequestContext, listedSuppliers: readonly string[]): Judged {
    const { id, endpoint, suppliers = [] } = this.node.body(ctx);
    return { name: endpoint, digest: { sha256: this.#components(ctx).digest }, owners: [...new Set([id, ...suppliers, ...listedSuppliers])] };
  }

  /** What lies in the folder of assessments. @throws Error that names a file which is none */
  async assessments(ctx: RequestContext): Promise<readonly Envelope[]> {
    const folder = this.node.options(ctx).deployment?.assessments;
    if (folder === undefined) return [];
    const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
    return Promise.all(files.map(async (name) => {
      const read = readEnvelope(jsonIn(await readFile(path.join(folder, name), 'utf8')));
      if (!read.ok) throw new Error(`${path.join(folder, name)}: ${read.refusal.message}`);
      return read.value;
    }));
  }

  /** The packages that are installed for one of these, with the reports that they bring. */
  packages(ctx: RequestContext, ids: ReadonlySet<string>): readonly JudgedPackage[] {
    const { file, components } = this.#components(ctx);
    const ownersOf = publishersSeen(path.dirname(file));
    const demands = demandsIn(path.dirname(file), Object.keys(components.packages));
    return Object.entries(components.packages).flatMap(([folder, { version, integrity }]) => {
      const at = path.join(path.dirname(file), folder);
      if (folder === '' || !existsSync(path.join(at, 'package.json'))) return [];
      const found = JSON.parse(readFileSync(path.join(at, 'package.json'), 'utf8')) as PackageFile;
      if (!found.guildhall || !['module', 'provider', 'service-pack'].includes(found.guildhall.kind) || !ids.has(found.guildhall.id)) return [];
      const { kind, owner, provides, conformance = [] } = found.guildhall;
      const reports = conformance.filter((report) => existsSync(path.join(at, report))).map((report) => JSON.parse(readFileSync(path.join(at, report), 'utf8')) as ConformanceReport);
      return [{ name: found.name, version: version ?? found.version, sha512: sha512Of(integrity), kind, owner, owners: ownersOf(found.name), provides, reports, demands }];
    }).filter(({ name }, index, all) => all.findIndex((one) => one.name === name) === index);
  }

  #components(ctx: RequestContext): RunningComponents {
    const file = this.node.options(ctx).deployment?.components ?? nearestList();
    if (file === undefined) throw new Unavailable('Nothing says what this deployment is made of. Name the file in sharing({ deployment: { components } }).');
    const kept = this.#running.get(file);
    if (kept) return kept;
    const bytes = readFileSync(file);
    const read = readComponents(jsonIn(bytes.toString('utf8')));
    if (!read.ok) throw new Error(`${file}: ${read.refusal.message}`);
    const found = { file, digest: componentsDigest(bytes), components: read.value };
    this.#running.set(file, found);
    return found;
  }
}

/** What the kits of the contracts that are installed demand of everybody. */
function demandsIn(root: string, folders: readonly string[]): KitDemands {
  return kitDemands(folders.map((folder) => path.join(root, folder)).filter((at) => existsSync(path.join(at, 'kits.json')) && existsSync(path.join(at, 'package.json'))).flatMap((at) => {
    const { guildhall } = JSON.parse(readFileSync(path.join(at, 'package.json'), 'utf8')) as PackageFile;
    return guildhall?.kind === 'contract' ? [{ contract: guildhall.id, kits: jsonIn(readFileSync(path.join(at, 'kits.json'), 'utf8')) }] : [];
  }));
}

/** The list in the folder of the program that runs, or the nearest one above it. */
function nearestList(from = path.dirname(path.resolve(process.argv[1] ?? '.'))): string | undefined {
  const [found] = LISTS.map((name) => path.join(from, name)).filter((file) => existsSync(file));
  return found ?? (path.dirname(from) === from ? undefined : nearestList(path.dirname(from)));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
