import { CONFIGURABLE, compareLines, type Comparison, type Configurable, type ConfigurableThing, type ConfigurationKind } from '@guildhall/configuration-contract';
import { extensionsOf, registeredAt } from '@guildhall/kernel';
import { NotFound, type RequestContext, type Text } from '@guildhall/kernel-contract';

/** Where a thing is. */
export interface ThingAt { readonly kind: string; readonly id: string }

/** A thing with how its kind is changed. */
export interface FoundThing {
  readonly configurable: Configurable;
  readonly thing: ConfigurableThing;
  /** As it is now, with what the council has published. */
  readonly content: object;
  /** As its package and the council's app have it. */
  readonly original: object;
}

/** Every kind of thing that can be changed, with the things. */
export function configurableThings(ctx: RequestContext): readonly { readonly kind: ConfigurationKind; readonly title: Text; readonly things: readonly ConfigurableThing[] }[] {
  return extensionsOf(ctx, CONFIGURABLE).map((configurable) => ({ kind: configurable.kind, title: configurable.title, things: [...configurable.things(registeredAt(ctx, configurable.point))].sort((a, b) => a.title[ctx.language].localeCompare(b.title[ctx.language])) }));
}

/** One of them, or undefined. */
export function findThing(ctx: RequestContext, kind: string, id: string): FoundThing | undefined {
  const configurable = extensionsOf(ctx, CONFIGURABLE).find((one) => one.kind === kind);
  if (!configurable) return undefined;
  const registered = registeredAt(ctx, configurable.point);
  const thing = configurable.things(registered).find((one) => one.id === id);
  const [content, original] = [configurable.content(extensionsOf(ctx, configurable.point), id), configurable.content(registered, id)];
  return thing && content && original ? { configurable, thing, content, original } : undefined;
}

/** One of them. @throws NotFound */
export function thingOf(ctx: RequestContext, kind: string, id: string): FoundThing {
  const found = findThing(ctx, kind, id);
  if (!found) throw new NotFound(`There is no ${kind} ${id} to configure.`);
  return found;
}

/** What would hold with a content: what it leaves out is as the package and the council's app have it, and so is what does not fit. */
export function wouldHold({ configurable, thing, original }: Pick<FoundThing, 'configurable' | 'thing' | 'original'>, registered: readonly unknown[], content: object): object {
  return configurable.content(configurable.change(registered, [{ thing: thing.id, revision: 1, definition: thing.definition, content, isInForce: true }]), thing.id) ?? original;
}

/** What would be different from now with this content, which fits; the package's own unless given. */
export function comparisonOf(ctx: RequestContext, found: FoundThing, wanted: object | undefined): Comparison {
  const { configurable, thing, content, original } = found;
  const registered = registeredAt(ctx, configurable.point);
  const linesOf = (one: object): ReturnType<Configurable['lines']> => configurable.lines(registered, thing.id, one);
  return compareLines(linesOf(content), linesOf(wanted ? wouldHold(found, registered, wanted) : original));
}

/** The same with a content that may not fit any more; undefined where the installed version cannot read it. */
export function comparisonWithKept(ctx: RequestContext, found: FoundThing, kept: object | undefined): Comparison | undefined {
  try {
    return comparisonOf(ctx, found, kept);
  } catch {
    return undefined;
  }
}
