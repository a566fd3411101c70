import { ASSISTED_AUTHORITIES, ASSISTED_CHECKS, AUTHORITY_TITLES, CHECK_TITLES, type AssistedAuthority, type AssistedBasis, type AssistedCheck } from '@guildhall/identity-contract';
import type { Channel, Language, Text } from '@guildhall/kernel-contract';
import { readPage, type AddressAnswer, type Answers, type InstalledService, type PageAid, type Problem, type Progress, type Question, type RadiosQuestion, type RawFields } from '@guildhall/services-contract';

/** The desk is in English; what is asked of the caller stands in the caller's language. */
const desk = (words: string): Text => ({ en: words, cy: words });

const channel: RadiosQuestion = { id: 'assistedChannel', type: 'radios', title: desk('How do they reach us?'), missing: desk('Select telephone or counter'), options: [{ value: 'telephone', title: desk('Telephone') }, { value: 'counter', title: desk('Counter') }] };
const language: RadiosQuestion = { id: 'assistedLanguage', type: 'radios', title: desk('Language for letters and messages'), missing: desk('Select a language'), options: [{ value: 'en', title: desk('English') }, { value: 'cy', title: desk('Cymraeg') }] };

/** What is asked about the caller beside the questions of the service. */
export const CALLER_QUESTIONS: readonly Question[] = [
  channel, language,
  { id: 'assistedName', type: 'name', title: desk('Full name'), optional: true },
  { id: 'assistedPhone', type: 'phone', title: desk('Telephone'), optional: true },
  { id: 'assistedEmail', type: 'email', title: desk('Email address'), optional: true },
  { id: 'assistedAddress', type: 'address', title: desk('Address for letters'), optional: true },
  { id: 'assistedAuthority', type: 'radios', title: desk('On what authority?'), missing: desk('Select on what authority you act'), options: ASSISTED_AUTHORITIES.map((value) => ({ value, title: desk(AUTHORITY_TITLES[value]) })) },
  { id: 'assistedChecks', type: 'checkboxes', title: desk('Checks that were made'), optional: true, options: ASSISTED_CHECKS.map((value) => ({ value, title: desk(CHECK_TITLES[value]) })) },
];

/** Everything that the screen asks now: of the service, and of the caller. */
export function askedOf({ steps }: Progress): readonly Question[] {
  return [...steps.flatMap(({ questions }) => questions), ...CALLER_QUESTIONS];
}

/** The caller, as the adviser's screen says. */
export interface Caller {
  readonly channel: Extract<Channel, 'telephone' | 'counter'>;
  readonly language: Language;
  readonly name?: string;
  readonly phone?: string;
  readonly email?: string;
  /** Without the name. */
  readonly address?: readonly string[];
  readonly basis: AssistedBasis;
}

/** Reads what the screen says of the caller. */
export function readCaller(raw: RawFields, today: string, lookedUp?: PageAid['lookedUp']): { readonly caller?: Caller; readonly answers: Answers; readonly problems: readonly Problem[] } {
  const { answers, problems } = readPage(CALLER_QUESTIONS, raw, { today, lookedUp });
  if (problems.length) return { answers, problems };
  const text = (id: string): string | undefined => (typeof answers[id] === 'string' ? answers[id] : undefined);
  const at = answers['assistedAddress'] as AddressAnswer | null | undefined;
  const name = text('assistedName');
  const phone = text('assistedPhone');
  const email = text('assistedEmail');
  return {
    answers, problems,
    caller: {
      channel: answers['assistedChannel'] === 'counter' ? 'counter' : 'telephone', language: answers['assistedLanguage'] === 'cy' ? 'cy' : 'en',
      ...(name && { name }), ...(phone && { phone }), ...(email && { email }), ...(at && { address: [...at.lines, at.postcode] }),
      basis: { authority: answers['assistedAuthority'] as AssistedAuthority, checks: (answers['assistedChecks'] ?? []) as readonly AssistedCheck[] },
    },
  };
}

/** The panel's field for each question of the service that asks how to reach the caller: it is asked once, beside the questions. */
export function panelFieldOf({ service: { opens } }: InstalledService, question: string): 'assistedName' | 'assistedEmail' | 'assistedPhone' | undefined {
  const { name, email, phone } = opens.contact ?? {};
  switch (question) {
    case name: return 'assistedName';
    case email: return 'assistedEmail';
    case phone: return 'assistedPhone';
    default: return undefined;
  }
}
