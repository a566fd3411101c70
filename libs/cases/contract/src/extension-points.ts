import { defineExtensionPoint } from '@guildhall/kernel-contract';
import type { RequestContext, Text } from '@guildhall/kernel-contract';
import type { CaseView } from './case';
import type { CaseType } from './case-type';

/** Kinds of case. @public @example register(CASE_TYPE, defineCaseType({ id: 'garden-waste.subscription', … })) */
export const CASE_TYPE = defineExtensionPoint<CaseType>('cases.case-type');

/** What a panel shows: a template of the package that registers it, and its data. @public */
export interface CasePanelContent {
  /** Heading of the panel. */
  readonly title: string;
  /** `payments/case-panel.njk`; it extends nothing. */
  readonly template: string;
  /** What the template sees as `panel`. */
  readonly data: object;
}

/** A panel beside the facts of a case on the officer's page: its payment, its place on the map. @public */
export interface CasePanel {
  readonly id: string;
  /** Small numbers come first. */
  readonly order: number;
  /** Nothing to show: undefined. A panel that throws shows that it does not answer, and the page stands. */
  load(ctx: RequestContext, caseView: CaseView): Promise<CasePanelContent | undefined>;
}
/** Panels on the officer's case page. @public */
export const CASE_PANEL = defineExtensionPoint<CasePanel>('cases.case-panel');

/** Words that officers use often. @public */
export interface StandardText {
  readonly id: string;
  /** How officers find it: `Repair planned`. */
  readonly title: string;
  /** May name the state's placeholders: `((reference))`, `((dueOn))`, … */
  readonly text: Text;
  /** Where it fits. */
  readonly use: readonly ('update' | 'note' | 'reasons')[];
  /** Case types for which it is meant; all when absent, and all of its own service in a service pack. */
  readonly caseTypes?: readonly string[];
  /** Steps for whose reasons it is meant, by their ids: `close-without-action`. Every step that asks for reasons when absent. */
  readonly transitions?: readonly string[];
}
/** Standard texts of a service or a council. @public */
export const STANDARD_TEXT = defineExtensionPoint<StandardText>('cases.standard-text');
