import type { PlainDate } from '@guildhall/ui';
import type { RequestContext, Text } from '@guildhall/kernel-contract';
import type { ServiceAlert } from '@guildhall/portal-contract';

/** Something on the site that somebody cannot use, as the accessibility statement must tell it. @public */
export interface AccessibilityProblem {
  /** What does not work, for whom, and what to do instead. */
  readonly what: Text;
  /** The success criterion of WCAG 2.2 that it fails: `1.2.2 Captions (prerecorded)`. */
  readonly criterion: string;
  /** When it will be mended. */
  readonly mendedBy?: PlainDate;
  /** Mending it now would be a disproportionate burden (regulation 7): the council has assessed that. */
  readonly isDisproportionate?: boolean;
}

/** Somebody elected for a ward. @public */
export interface Councillor {
  readonly name: string;
  readonly party?: Text;
  readonly email: string;
  /** GSS code of the ward. */
  readonly ward: string;
}

/** Who looks after something: this council, the county, a water company. @public */
export interface Responsibility {
  readonly what: Text;
  readonly who: Text;
  /** Where to go for it: a path on this site, or another body's address. */
  readonly href?: string;
}

/** What a council says of its own site. Everything has a default that is true of the software as it comes. @public */
export interface PortalOptions {
  /** Shown on the home page until they are taken out of the configuration. */
  readonly alerts: readonly ServiceAlert[];
  readonly accessibility: {
    /** The day on which the statement was first written. */
    readonly preparedOn: PlainDate;
    readonly reviewedOn: PlainDate;
    /** The day of the last test of a sample of pages. */
    readonly testedOn: PlainDate;
    /** Who tested, and how: an independent test is said here. */
    readonly testedBy: Text;
    readonly problems: readonly AccessibilityProblem[];
    /** Working days until somebody who reports a problem hears back. */
    readonly answerInDays: number;
  };
  readonly dataProtection: {
    /** Where the data protection officer is reached; the council's own address unless told. */
    readonly email?: string;
    /** Number in the register of the Information Commissioner. */
    readonly registrationNumber?: string;
  };
  readonly openingHours: Text;
  /** Shown on "your area" to those who live in the ward. */
  readonly councillors: readonly Councillor[];
  /** Shown on "your area" to everybody: what people ask the council for and another body does, first of all. */
  readonly responsibilities: readonly Responsibility[];
}

/** What holds unless a council says otherwise. */
export const PORTAL_DEFAULTS: PortalOptions = {
  alerts: [],
  accessibility: {
    preparedOn: '2026-11-23', reviewedOn: '2026-11-23', testedOn: '2026-11-23',
    testedBy: {
      en: 'The makers of the software tested every type of page in a browser with axe-core, at two screen widths and in both languages, and used it with a keyboard alone and with JavaScript turned off. No independent test has been made yet.',
      cy: 'Profodd gwneuthurwyr y feddalwedd bob math o dudalen mewn porwr gydag axe-core, ar ddau led sgrin ac yn y ddwy iaith, a’i defnyddio gyda bysellfwrdd yn unig a gyda JavaScript wedi’i ddiffodd. Nid oes prawf annibynnol wedi’i gynnal eto.',
    },
    problems: [],
    answerInDays: 5,
  },
  dataProtection: {},
  openingHours: { en: 'Monday to Friday, 9am to 5pm, except bank holidays', cy: 'Dydd Llun i ddydd Gwener, 9am i 5pm, heblaw am wyliau banc' },
  councillors: [],
  responsibilities: [],
};

/** Reads the council's options of this module; bound to the module where it is defined. */
export class PortalSettings {
  constructor(private readonly read: (ctx: RequestContext) => Partial<PortalOptions>) {}

  of(ctx: RequestContext): PortalOptions {
    return { ...PORTAL_DEFAULTS, ...this.read(ctx) };
  }
}
