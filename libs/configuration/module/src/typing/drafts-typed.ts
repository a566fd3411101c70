import { configurationFile, type ConfiguredField } from '@guildhall/configuration-contract';
import { registeredAt } from '@guildhall/kernel';
import { NotFound, done, refused, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import type { VersionView } from '../data/version-row';
import { readAndCheck } from '../keeping/checks-fit';
import { thingOf, type FoundThing, type ThingAt } from '../keeping/configured-things';
import { ExportsThings } from '../keeping/exports-things';
import { KeepsVersions, latestPublished } from '../keeping/keeps-versions';
import type { TypedValues } from './typed-values';
import { filledFrom, isAsBefore, withValues } from './values-in-content';

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
    const found = thingOf(ctx, at.kind, at.id);
    const history = await this.versions.history(ctx, at);
    const base = latestPublished(history);
    const fields = fieldsOf(ctx, found, found.content);
    const isDraft = history.some(({ revision, state }) => revision === draft && state === 'draft');
    // What was published a moment ago does not hold yet, and must not be typed away.
    const filling = isDraft ? draft : history.some(({ revision, isInForce }) => revision === base && !isInForce) ? base : undefined;
    if (filling === undefined) return { fields, base };
    const { content } = await this.versions.find(ctx, at, filling);
    return { fields: fields.map((field) => filledFrom(field, content ?? found.original)), base };
  }

  /**
   * Keeps what was typed as a draft, as a file would be.
   * @param draft the one with which the form was filled: the new one stands in its place
   */
  async keep(ctx: RequestContext, at: ThingAt, values: TypedValues, { base, draft }: { readonly base: number; readonly draft?: number | undefined }): Promise<Outcome<VersionView, TypingRefusal>> {
    const found = thingOf(ctx, at.kind, at.id);
    const history = await this.versions.history(ctx, at);
    if (latestPublished(history) !== base) return refused('changed-meanwhile', 'Somebody else has published something since you began.');
    const fields = fieldsOf(ctx, found, found.content);
    if (base === 0 || history.some(({ revision, isInForce }) => revision === base && isInForce)) {
      if (fields.every((field) => isAsBefore(field, values.get(field.key)))) return refused('nothing-changed', 'It is what holds now.');
    }
    const content = withValues(found.content, fields, values);
    const checked = await readAndCheck(ctx, configurationFile({ ...this.exporting.export(ctx, at.kind, at.id), content }));
    const kept = checked.ok ? await this.versions.keepTyped(ctx, checked.value.file) : checked;
    if (!kept.ok) return { ok: false, refusal: { reason: 'does-not-fit', message: kept.refusal.message, problems: await problemsByField(ctx, found, fields, values, kept.refusal.message) } };
    if (draft !== undefined && history.some(({ revision, state }) => revision === draft && state === 'draft')) await this.versions.discard(ctx, at, draft);
    return done(kept.value);
  }
}

function fieldsOf(ctx: RequestContext, { configurable, thing }: FoundThing, content: object): readonly ConfiguredField[] {
  if (!configurable.fields) throw new NotFound(`${thing.id} is changed by files alone.`);
  return configurable.fields(registeredAt(ctx, configurable.point), thing.id, content);
}

/** Each change tried by itself: what stands against one is said beside it. */
async function problemsByField(ctx: RequestContext, { configurable, thing, content }: FoundThing, fields: readonly ConfiguredField[], values: TypedValues, otherwise: string): Promise<readonly { readonly key?: string; readonly message: string }[]> {
  const registered = registeredAt(ctx, configurable.point);
  const changed = fields.filter((field) => !isAsBefore(field, values.get(field.key)));
  const tried = await Promise.all(changed.map(async (field) => (await configurable.problems(ctx, registered, thing.id, withValues(content, [field], values))).map((message) => ({ key: field.key, message }))));
  const found = tried.flat();
  return found.length > 0 ? found : [{ message: otherwise }];
}
