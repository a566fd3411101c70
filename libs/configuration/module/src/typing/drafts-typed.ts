import { isDeepStrictEqual } from 'node:util';
import { configurationFile, type ConfiguredField } from '@guildhall/configuration-contract';
import { registeredAt } from '@guildhall/kernel';
import { NotFound, done, refused, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import type { VersionView } from '../data/version-row';
import { problemsOf, readAndCheck } from '../keeping/checks-fit';
import { thingOf, wouldHold, type FoundThing, type ThingAt } from '../keeping/configured-things';
import { ExportsThings } from '../keeping/exports-things';
import { KeepsVersions, latestPublished } from '../keeping/keeps-versions';
import type { TypedValues } from './typed-values';
import { isAsBefore, plain, withValues } from './values-in-content';

/** What a form begins with. */
export interface TypingForm {
  readonly fields: readonly ConfiguredField[];
  /** The revision that was published last; 0 when none was. */
  readonly base: number;
}

/** Why what was typed became no draft. */
export type TypingRefusal = Refusal<
  /** It is what holds now. */
  | 'nothing-changed'
  /** Somebody has published something since the form was begun. */
  | 'changed-meanwhile'
> | (Refusal<
  /** Sentences say what of it does not fit, by the key of its field where it is known. */
  'does-not-fit'
> & { readonly problems: readonly { readonly key?: string; readonly message: string }[] });

/** Lets officers type what a file would bring. */
@Injectable()
export class DraftsTyped {
  constructor(@Inject(KeepsVersions) private readonly versions: KeepsVersions, @Inject(ExportsThings) private readonly exporting: ExportsThings) {}

  /**
   * What can be typed, filled with what was published last, or with a draft.
   * @throws NotFound when there is no such thing, or it is changed by files alone
   */
  async form(ctx: RequestContext, at: ThingAt, draft?: number): Promise<TypingForm> {
    const { found, begun, base } = await this.#begunFrom(ctx, at, draft);
    return { fields: fieldsOf(ctx, found, begun), base };
  }

  /**
   * Keeps what was typed as a draft, as a file would be.
   * @param draft the one with which the form was filled: the new one stands in its place
   */
  async keep(ctx: RequestContext, at: ThingAt, values: TypedValues, { base, draft }: { readonly base: number; readonly draft?: number | undefined }): Promise<Outcome<VersionView, TypingRefusal>> {
    const { found, begun, held, ...begunWith } = await this.#begunFrom(ctx, at, draft);
    if (begunWith.base !== base) return refused('changed-meanwhile', 'Somebody else has published something since you began.');
    const fields = fieldsOf(ctx, found, begun);
    const content = withValues(begun, fields, values);
    if (isDeepStrictEqual(content, plain(held))) return refused('nothing-changed', 'It is what holds now.');
    const checked = await readAndCheck(ctx, configurationFile({ ...this.exporting.export(ctx, at.kind, at.id), content }));
    const kept = checked.ok ? await this.versions.keepTyped(ctx, checked.value.file, draft) : checked;
    return kept.ok ? done(kept.value) : { ok: false, refusal: { reason: 'does-not-fit', message: kept.refusal.message, problems: await problemsByField(ctx, { found, begun, fields, values }, kept.refusal.message) } };
  }

  /**
   * What a form is begun from, and what is typed in it is put into: what would hold with the draft, also of that which has no field.
   * Without a draft it is what was published last. It may not hold yet, and must not be typed away.
   */
  async #begunFrom(ctx: RequestContext, at: ThingAt, draft: number | undefined): Promise<{ readonly found: FoundThing; readonly base: number; readonly held: object; readonly begun: object }> {
    const found = thingOf(ctx, at.kind, at.id);
    const history = await this.versions.history(ctx, at);
    const base = latestPublished(history);
    const contentOf = async (revision: number): Promise<object> => this.#readable(ctx, found, (await this.versions.find(ctx, at, revision)).content ?? undefined);
    const held = history.some(({ revision, isInForce }) => revision === base && !isInForce) ? await contentOf(base) : found.content;
    // A draft that somebody discards meanwhile is still what was typed into.
    const isKept = draft !== undefined && history.some(({ revision, state }) => revision === draft && state !== 'published');
    return { found, base, held, begun: isKept ? await contentOf(draft) : held };
  }

  #readable(ctx: RequestContext, found: FoundThing, content: object | undefined): object {
    try {
      return content ? wouldHold(found, registeredAt(ctx, found.configurable.point), content) : found.original;
    } catch {
      // It was kept under another version, in a shape that the installed one cannot read.
      return found.content;
    }
  }
}

function fieldsOf(ctx: RequestContext, { configurable, thing }: FoundThing, content: object): readonly ConfiguredField[] {
  if (!configurable.fields) throw new NotFound(`${thing.id} is changed by files alone.`);
  return configurable.fields(registeredAt(ctx, configurable.point), thing.id, content);
}

/** Each change tried by itself: what stands against one is said beside it. */
async function problemsByField(ctx: RequestContext, { found: { configurable, thing }, begun, fields, values }: { readonly found: FoundThing; readonly begun: object; readonly fields: readonly ConfiguredField[]; readonly values: TypedValues }, otherwise: string): Promise<readonly { readonly key?: string; readonly message: string }[]> {
  const changed = fields.filter((field) => !isAsBefore(field, values.get(field.key)));
  const tried = await Promise.all(changed.map(async (field) => (await problemsOf(ctx, configurable, thing.id, withValues(begun, [field], values))).map((message) => ({ key: field.key, message }))));
  const problems = tried.flat();
  return problems.length > 0 ? problems : [{ message: otherwise }];
}
