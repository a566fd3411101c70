import { defineExtensionPoint, type ExtensionPoint, type RequestContext, type Text } from '@guildhall/kernel-contract';
import type { ConfiguredField } from './configured-field';

/** What configuration there is that travels. @public */
export type ConfigurationKind = 'case-type' | 'service-settings' | 'templates';

/** One thing that a council may change and hand on. @public */
export interface ConfigurableThing {
  /** `garden-waste` of a service's settings or a set of templates, `garden-waste.subscription` of a case type. */
  readonly id: string;
  readonly title: Text;
  /** The module or service pack that brings it: `garden-waste`. */
  readonly package: string;
  /** Counts up when its structure changes: a service's or case type's own version. */
  readonly definition: number;
}

/** One line of a comparison, as a person reads it. @public */
export interface ConfiguredLine {
  /** The same for the same place in both, and once in each. */
  readonly key: string;
  readonly label: Text;
  /** Of words in one language, which. */
  readonly language?: 'en' | 'cy';
  /** As it is in every language, or as it reads in each. */
  readonly value: string | Text;
}

/** What a council has published of its own. @public */
export interface PublishedConfiguration {
  readonly thing: string;
  /** Counts up with each draft of a thing. */
  readonly revision: number;
  readonly definition: number;
  /** As in a file; undefined where the council has gone back to what the package and its configuration say. */
  readonly content?: object;
  /** Whether it is what holds now; else it is one that held before. */
  readonly isInForce: boolean;
}

/**
 * How a module makes something of its own changeable: it says what there is, what of it may be changed, whether a change fits, and what is registered once it is made.
 * All of it is about lists of what is registered; nothing here keeps anything.
 * @public
 */
export interface Configurable<Registered = unknown> {
  readonly kind: ConfigurationKind;
  /** `Settings of services` */
  readonly title: Text;
  /** Where the things are registered that can be changed. */
  readonly point: ExtensionPoint<Registered>;
  things(registered: readonly Registered[]): readonly ConfigurableThing[];
  /** What of a thing may be changed and travels, as JSON; undefined when there is no such thing. */
  content(registered: readonly Registered[], thing: string): object | undefined;
  /** What stands against a content that is well-formed, in sentences that officers read in their language; empty when nothing does. One that is a string is read as it is in both. */
  problems(ctx: RequestContext, registered: readonly Registered[], thing: string, content: object): Promise<readonly (Text | string)[]>;
  /** A content that fits, line by line. */
  lines(registered: readonly Registered[], thing: string, content: object): readonly ConfiguredLine[];
  /** What of a content that fits officers can type on the desk; without it, it is changed by files alone. */
  fields?(registered: readonly Registered[], thing: string, content: object): readonly ConfiguredField[];
  /** What is registered with everything in it that the council has published. What does not fit what is registered now is left out, and never fails. */
  change(registered: readonly Registered[], published: readonly PublishedConfiguration[]): readonly Registered[];
}

/** Where modules register what of their own a council may change. @public */
export const CONFIGURABLE = defineExtensionPoint<Configurable>('configuration.configurable');

/** Declares something configurable; its kind of registration is known from its point. @public */
export function defineConfigurable<Registered>(configurable: Configurable<Registered>): Configurable {
  return Object.freeze(configurable) as unknown as Configurable;
}
