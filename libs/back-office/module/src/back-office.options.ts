import type { BackOfficeProvider, StatusRules } from '@guildhall/back-office-contract';
import type { Language, ProviderInstallation, Text } from '@guildhall/kernel-contract';

/** Kinds of case that go to one system. @public */
export interface CasesHandedOver {
  /** `report-a-problem.pothole`; each kind goes to one system. */
  readonly caseTypes: readonly string[];
  /** The system. Several lines may name the same one. */
  readonly provider: ProviderInstallation<BackOfficeProvider>;
  /**
   * What the system is told about people, besides what happened and where: nothing unless told. `contact`: name, e-mail and telephone. `personalAnswers`: answers to questions that say something about somebody.
   * `homes`: an address at which somebody lives, where the case is about one. `laterWords`: what the resident writes about the case afterwards, where the system takes it.
   * `photos`: the photos that came with the case, and with what is written afterwards; they may show people.
   */
  readonly sends?: { readonly contact?: boolean; readonly personalAnswers?: boolean; readonly homes?: boolean; readonly laterWords?: boolean; readonly photos?: boolean };
  /** In which language the system is written to: English unless told. */
  readonly language?: Language;
  /**
   * What is done when the system reports a status. A status of which nothing is said here moves the case where exactly one step, without reasons or decision, leads to the state with that `reportStatus`;
   * otherwise it becomes a note for officers.
   */
  readonly statuses?: StatusRules;
  /** What the resident reads when the system has taken the case; nothing unless told. */
  readonly announce?: Text;
}

/** What a council sets. @public */
export interface BackOfficeOptions {
  readonly handOver: readonly CasesHandedOver[];
}

/** The systems that are named, each once. @throws Error when a kind of case goes to two, or two have the same id */
export function providersIn({ handOver }: BackOfficeOptions): readonly ProviderInstallation<BackOfficeProvider>[] {
  const kinds = handOver.flatMap(({ caseTypes }) => caseTypes);
  const twice = kinds.find((kind, index) => kinds.indexOf(kind) !== index);
  if (twice !== undefined) throw new Error(`backOffice: cases of ${twice} are handed over twice. Name each kind of case in one line only.`);
  const providers = [...new Set(handOver.map(({ provider }) => provider))];
  const same = providers.find(({ id }, index) => providers.findIndex((other) => other.id === id) !== index);
  if (same) throw new Error(`backOffice: two systems have the id ${same.id}. Give one of them a "name" of its own; lines that mean the same system use the same constant.`);
  return providers;
}
