import { readConfigurationFile, type Configurable, type ConfigurationFile, type FileRefusal } from '@guildhall/configuration-contract';
import { installedVersionOf, registeredAt, satisfiesRange } from '@guildhall/kernel';
import { done, isGuildhallError, refused, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { findThing, type FoundThing } from './configured-things';

/** Why a file is of no use here. */
export type FitRefusal = Refusal<
  /** The package to which it belongs is not installed, or has no such thing. */
  | 'not-here'
  /** It belongs to another version of the package or of the thing. */
  | 'other-version'
  /** Something in it does not fit: the message has every sentence. */
  | 'does-not-fit'
>;

/** Reads what somebody brings and sees whether it fits. */
export async function readAndCheck(ctx: RequestContext, json: unknown): Promise<Outcome<{ readonly file: ConfigurationFile; readonly found: FoundThing }, FileRefusal | FitRefusal>> {
  const file = readConfigurationFile(json);
  if (!file.ok) return file;
  const fit = await checkFit(ctx, file.value);
  return fit.ok ? done({ file: file.value, found: fit.value }) : fit;
}

/** Whether a file fits what this council has now. Nothing is changed. */
export async function checkFit(ctx: RequestContext, file: ConfigurationFile): Promise<Outcome<FoundThing, FitRefusal>> {
  const { id: packageId, version } = file.package;
  const council = ctx.council.name[ctx.language];
  const installed = installedVersionOf(ctx, packageId);
  const found = findThing(ctx, file.kind, file.id);
  if (installed === undefined) return refused('not-here', `The file belongs to ${packageId}, which ${council} has not installed. Add it to the council’s app first.`);
  if (found?.thing.package !== packageId) return refused('not-here', `${council} has no ${file.kind} ${file.id} of ${packageId}.`);
  if (!satisfiesRange(installed, `^${version}`) && !satisfiesRange(version, `^${installed}`)) return refused('other-version', `The file belongs to ${packageId} ${version}, and ${council} has ${installed}.`);
  if (found.thing.definition !== file.definition) return refused('other-version', `The file belongs to version ${file.definition} of ${file.id}, and ${council} has version ${found.thing.definition}.`);
  const problems = await problemsOf(ctx, found.configurable, file.id, file.content);
  return problems.length > 0 ? refused('does-not-fit', problems.join(' ')) : done(found);
}

/** What stands against a content, in sentences; also where it is of another shape than the installed version reads: it was kept under another one. */
export async function problemsOf(ctx: RequestContext, configurable: Configurable, thing: string, content: object): Promise<readonly string[]> {
  try {
    return await configurable.problems(ctx, registeredAt(ctx, configurable.point), thing, content);
  } catch (error) {
    // Something else than the content: a database that does not answer.
    if (isGuildhallError(error)) throw error;
    return ['It cannot be read by the version that is installed.'];
  }
}
