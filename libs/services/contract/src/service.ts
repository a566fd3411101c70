import type { CaseType, StandardText } from '@guildhall/cases-contract';
import type { IdentityConfidence } from '@guildhall/identity-contract';
import type { Language, Text } from '@guildhall/kernel-contract';
import type { MessageTemplate } from '@guildhall/notifications-contract';
import type { FeeLine } from '@guildhall/payments-contract';
import type { AnswerValue, AnswersOf } from './answers';
import type { Page } from './page';
import type { DeclarationQuestion } from './question';
import type { Settings, ValuesOf } from './settings';

/** A group of services in the list. @public */
export interface ServiceCategory { readonly id: string; readonly title: Text }

/** Categories that most councils have; a service may bring one of its own. @public */
export const SERVICE_CATEGORIES = {
  binsAndRecycling: { id: 'bins-and-recycling', title: { en: 'Bins and recycling', cy: 'Biniau ac ailgylchu' } },
  streetsAndParking: { id: 'streets-and-parking', title: { en: 'Streets and parking', cy: 'Strydoedd a pharcio' } },
  councilTaxAndBenefits: { id: 'council-tax-and-benefits', title: { en: 'Council Tax and benefits', cy: 'Y Dreth Gyngor a budd-daliadau' } },
  housing: { id: 'housing', title: { en: 'Housing', cy: 'Tai' } },
  planningAndBuilding: { id: 'planning-and-building', title: { en: 'Planning and building', cy: 'Cynllunio ac adeiladu' } },
  careAndSupport: { id: 'care-and-support', title: { en: 'Care and support', cy: 'Gofal a chymorth' } },
  birthsDeathsAndMarriages: { id: 'births-deaths-and-marriages', title: { en: 'Births, deaths and marriages', cy: 'Genedigaethau, marwolaethau a phriodasau' } },
  parksAndLeisure: { id: 'parks-and-leisure', title: { en: 'Parks and leisure', cy: 'Parciau a hamdden' } },
} as const satisfies Readonly<Record<string, ServiceCategory>>;

/** Who may use a service. @public */
export interface Audience {
  /** `required` before the first question; `offered` for those who want it in their account; `not-offered` where nobody should need to say who they are. */
  readonly signIn: 'required' | 'offered' | 'not-offered';
  /** How sure the council must be of who signs in: `none` (a mailbox or a telephone) unless told. */
  readonly confidence?: IdentityConfidence;
}

/** What the first page of a service says. @public */
export interface StartPage {
  readonly who: Text;
  /** Things to have at hand. */
  readonly need?: readonly Text[];
  /** How long it takes. */
  readonly minutes: number;
  /** What it costs; `It is free.` unless told. May name settings: `((yearlyFee)) a year`. */
  readonly cost?: Text;
  /** What cannot wait for a form. */
  readonly urgent?: Text;
  /** By telephone and in person are offered by themselves. */
  readonly otherWays?: readonly { readonly title: Text; readonly text: Text }[];
}

/** Answers and settings, as the functions of a service get them. @public */
export interface Given<Answers, Values> { readonly answers: Answers; readonly settings: Values }

/** Somebody to whom data of this service go, and why. @public */
export interface Share {
  readonly with: Text;
  readonly what: Text;
  readonly why: Text;
  /** The lawful basis, with its article: `A contract with you (article 6(1)(b))`. */
  readonly lawfulBasis: Text;
}

/** How a service is reported through another system (Open311), which asks its questions one form at a time and knows nothing of its pages. @public */
export interface Open311Terms {
  /** Answers with which the journey goes on, by question, where the other system sees to the matter itself. They are not asked there, and not written to the case. */
  readonly given?: Readonly<Record<string, AnswerValue>>;
  /** The question whose place the report's own description takes. */
  readonly description?: string;
  /** Reports of it are not for everybody's eyes: the other system asks for it in private, and only whoever has a key reads them. */
  readonly isPrivate?: boolean;
}

/**
 * A service as one object: from it come the resident's journey, the adviser's screen, the officer's cases, the API, the privacy notice and the tests that every service must pass.
 * Its texts may name its settings: `((yearlyFee))`.
 * @public
 */
export interface ServiceDefinition<S extends Settings = Settings, Pages extends readonly Page[] = readonly Page[]> {
  /** Last part of its address and its name among services, for ever: `garden-waste`. */
  readonly slug: string;
  /** Counts up when its questions change. */
  readonly version: number;
  readonly title: Text;
  /** One sentence for lists and searches. */
  readonly summary: Text;
  readonly category: ServiceCategory;
  /** What people call it who do not know its name. */
  readonly keywords: Readonly<Record<Language, readonly string[]>>;
  readonly audience: Audience;
  readonly start: StartPage;
  /** What a council may change. */
  readonly settings: S;
  /** Titles of the sections, in order, where there are any. */
  readonly sections?: Readonly<Record<string, Text>>;
  readonly pages: Pages;
  /** What is confirmed beside the button of the last page. */
  readonly declaration?: DeclarationQuestion;
  /** What it costs, line by line; nothing when it is free. Lines of nought pence are left out. */
  fee?(given: Given<AnswersOf<Pages>, ValuesOf<S>>): readonly FeeLine[];
  /** The case that it opens. */
  readonly opens: {
    readonly types: readonly CaseType[];
    /** Which of them, by id; needed when there are several. */
    which?(given: Given<AnswersOf<Pages>, ValuesOf<S>>): string;
    /** One line without personal data: `Pothole in Weir Lane`. */
    summary(given: Given<AnswersOf<Pages>, ValuesOf<S>>): Text;
    /** The question that says where; of several, the first that is answered. */
    readonly location?: string | readonly string[];
    /** The questions that say how to reach the person; of a signed-in resident what their account knows fills the gaps. */
    readonly contact?: { readonly name?: string; readonly email?: string; readonly phone?: string; readonly address?: string };
  };
  /** How other systems report it; offered as it is unless told, and not at all when false. One with a fee, or that needs a sign-in, is never offered. */
  readonly open311?: Open311Terms | false;
  /** Templates of the messages that its cases send: `openedMessage` of a case type and `message` of a transition name them. */
  readonly messages?: readonly MessageTemplate[];
  /** Words that officers use often for its cases. */
  readonly standardTexts?: readonly StandardText[];
  /** The last page. */
  readonly confirmation: {
    /** What has been sent, as its heading: `Report sent`; `Sent` unless told. */
    readonly sent?: Text;
    /** The link to the status page: `Track this report`; `Track it` unless told. */
    readonly track?: Text;
    /** What happens now: paragraphs. */
    readonly next: readonly Text[];
  };
  /** What the privacy notice says. */
  readonly privacy: { readonly data: Text; readonly lawfulBasis: Text; readonly keptFor: Text };
  readonly shares?: readonly Share[];
  /** How long unfinished answers are kept after the last change: 30 days unless told. Those of somebody who has not signed in end with their session. */
  readonly keepsDraftsForDays?: number;
}

/** A service that has been checked. @public */
export type Service<Values = unknown> = ServiceDefinition & {
  /** Carries the type of the settings; never present. */
  readonly __values?: Values;
};
