import { readConfigurationFile, type Configurable, type ConfigurationFile, type FileRefusal } from '@guildhall/configuration-contract';
import { installedVersionOf, registeredAt, satisfiesRange } from '@guildhall/kernel';
import { done, isGuildhallError, refused, type Outcome, type Refusal, type RequestContext, type Text } from '@guildhall/kernel-contract';
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
  if (!file.ok) return { ok: false, refusal: { ...file.refusal, message: sentenceOf(file.refusal)[ctx.language] } };
  const fit = await checkFit(ctx, file.value);
  return fit.ok ? done({ file: file.value, found: fit.value }) : fit;
}

/** Whether a file fits what this council has now. Nothing is changed. */
export async function checkFit(ctx: RequestContext, file: ConfigurationFile): Promise<Outcome<FoundThing, FitRefusal>> {
  const { id: packageId, version } = file.package;
  const { name: council } = ctx.council;
  const refuse = (reason: FitRefusal['reason'], { en, cy }: Text): Outcome<never, FitRefusal> => refused(reason, ctx.language === 'cy' ? cy : en);
  const installed = installedVersionOf(ctx, packageId);
  const found = findThing(ctx, file.kind, file.id);
  if (installed === undefined) return refuse('not-here', { en: `The file belongs to ${packageId}, which ${council.en} has not installed. Add it to the council’s app first.`, cy: `Mae’r ffeil yn perthyn i ${packageId}, nad yw ${council.cy} wedi’i osod. Ychwanegwch ef at ap y cyngor yn gyntaf.` });
  if (found?.thing.package !== packageId) return refuse('not-here', { en: `${council.en} has no ${file.kind} ${file.id} of ${packageId}.`, cy: `Nid oes gan ${council.cy} ${file.kind} ${file.id} o ${packageId}.` });
  if (!satisfiesRange(installed, `^${version}`) && !satisfiesRange(version, `^${installed}`)) return refuse('other-version', { en: `The file belongs to ${packageId} ${version}, and ${council.en} has ${installed}.`, cy: `Mae’r ffeil yn perthyn i ${packageId} ${version}, a ${installed} sydd gan ${council.cy}.` });
  if (found.thing.definition !== file.definition) return refuse('other-version', { en: `The file belongs to version ${file.definition} of ${file.id}, and ${council.en} has version ${found.thing.definition}.`, cy: `Mae’r ffeil yn perthyn i fersiwn ${file.definition} o ${file.id}, a fersiwn ${found.thing.definition} sydd gan ${council.cy}.` });
  const problems = await problemsOf(ctx, found.configurable, file.id, file.content);
  return problems.length > 0 ? refused('does-not-fit', problems.join(' ')) : done(found);
}

/** Why a file was not read. Of a place in it, its name says enough. */
function sentenceOf(refusal: FileRefusal): Text {
  const { message } = refusal;
  if (refusal.reason === 'damaged') return { en: message, cy: 'Nid yw’r ffeil fel yr oedd pan gafodd ei hallforio: mae rhywbeth ynddi wedi newid, neu mae rhan ar goll. Gofynnwch amdani eto.' };
  const places = refusal.fields.map(({ field }) => field).filter(Boolean);
  return { en: message, cy: `Nid ffeil ffurfweddiad yw hon${places.length > 0 ? `. Nid yw’r canlynol fel y dylai fod: ${[...new Set(places)].join(', ')}` : ''}.` };
}

/** What stands against a content, in sentences of the reader's language; also where it is of another shape than the installed version reads: it was kept under another one. */
export async function problemsOf(ctx: RequestContext, configurable: Configurable, thing: string, content: object): Promise<readonly string[]> {
  try {
    return (await configurable.problems(ctx, registeredAt(ctx, configurable.point), thing, content)).map((problem) => (typeof problem === 'string' ? problem : problem[ctx.language]));
  } catch (error) {
    // Something else than the content: a database that does not answer.
    if (isGuildhallError(error)) throw error;
    return [{ en: 'It cannot be read by the version that is installed.', cy: 'Ni all y fersiwn sydd wedi’i gosod ei ddarllen.' }[ctx.language]];
  }
}
