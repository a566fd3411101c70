import { LANGUAGES, defineExtensionPoint } from '@guildhall/kernel-contract';
import type { Language, Text } from '@guildhall/kernel-contract';
import { placeholderKey, placeholdersIn } from './rendering/placeholders';
import type { MessageChannel } from './message';

/**
 * What may stand for a placeholder.
 * - `text`: one line, possibly typed by somebody outside: line breaks become spaces and web addresses in it are made harmless
 * - `paragraphs`: several lines, written by staff: line breaks are kept
 * - `list`: bullets where it stands alone on its line, otherwise "a, b and c"
 * - `flag`: decides `((flag??words))`
 * - `link`: a web address; one that begins with `/` is on the council's own site
 * @public
 */
export type PlaceholderKind = 'text' | 'paragraphs' | 'list' | 'flag' | 'link';

/** The placeholders of a template and their kinds. @public */
export type Placeholders = Readonly<Record<string, PlaceholderKind>>;

/** A value for a placeholder; a Text where the words differ by language. @public */
export type MessageValue = string | boolean | Text | readonly (string | Text)[];

/** Values by placeholder; keys are matched without regard to case, spaces, hyphens and underscores. @public */
export type MessageValues = Readonly<Record<string, MessageValue>>;

interface ValueOfKind {
  readonly text: string | Text;
  readonly paragraphs: string | Text;
  readonly list: readonly (string | Text)[];
  readonly flag: boolean;
  readonly link: string;
}

/** The values that a template wants, so that a forgotten one does not compile. @public */
export type ValuesFor<P extends Placeholders> = { readonly [Name in keyof P]: ValueOfKind[P[Name]] };

/** An e-mail's words. The body is Notify's Markdown subset: `#`, `*`, `1.`, `^`, `---`, `[words](address)`. @public */
export interface EmailTemplate { readonly subject: Text; readonly body: Text }
/** A text message's words: no Markdown. @public */
export interface SmsTemplate { readonly body: Text }
/** A letter's words. The body is Markdown as in an e-mail. @public */
export interface LetterTemplate { readonly heading: Text; readonly body: Text }

/** The channels by which a template can go: at least one. @public */
export interface TemplateChannels {
  readonly email?: EmailTemplate;
  readonly sms?: SmsTemplate;
  readonly letter?: LetterTemplate;
}

/** A message's words, kept in the code of the module or service that sends it. @public */
export interface MessageTemplate<P extends Placeholders = Placeholders> {
  /** `garden-waste.subscription-started`: the sender's id, then what the message says. */
  readonly id: string;
  /** What the message is, in the log: `Your garden waste subscription`. No placeholders. */
  readonly title: Text;
  readonly placeholders: P;
  readonly channels: TemplateChannels;
  /**
   * It lets somebody in (a sign-in code, a claim code): its words are shown in no log, and are wiped as soon as it has left.
   */
  readonly isSecret?: boolean;
  /** News: what it says stands on a page as well, and nothing is asked of anybody. Whoever has stopped news is not sent it, and its e-mails say how to stop. */
  readonly isNews?: boolean;
  /** No try after this long: a sign-in code that comes an hour late only worries people. 24 hours unless told. */
  readonly giveUpAfterMinutes?: number;
}

/** Where every sender registers its templates. @public */
export const MESSAGE_TEMPLATE = defineExtensionPoint<MessageTemplate>('notifications.message-template');

/** The most characters in one text message over all its fragments (Notify's limit). @public */
export const LONGEST_SMS = 918;

/**
 * Declares a template, and refuses one whose words and placeholders do not fit each other.
 * Syntax: `((name))`, `((flag??words shown when the flag is yes))`; names without regard to case and spaces.
 * @public
 * @throws Error that names the template, the channel, the language and the placeholder
 * @example
 * export const subscriptionStarted = defineTemplate({
 *   id: 'garden-waste.subscription-started',
 *   title: { en: 'Your garden waste subscription', cy: 'Eich tanysgrifiad gwastraff gardd' },
 *   placeholders: { reference: 'text', bins: 'list' },
 *   channels: { sms: { body: { en: '((reference)): we will empty ((bins)).', cy: '((reference)): byddwn yn gwagio ((bins)).' } } },
 * });
 */
export function defineTemplate<const P extends Placeholders>(template: MessageTemplate<P>): MessageTemplate<P> {
  const problems = problemsOf(template);
  if (problems.length) throw new Error(`The message template ${template.id} cannot be used: ${problems.join(' ')}`);
  return Object.freeze(template);
}

/** The texts of one channel, by part. @internal */
export function partsOf(channels: TemplateChannels, channel: MessageChannel): readonly { part: string; text: Text }[] {
  switch (channel) {
    case 'email': return channels.email ? [{ part: 'subject', text: channels.email.subject }, { part: 'body', text: channels.email.body }] : [];
    case 'sms': return channels.sms ? [{ part: 'body', text: channels.sms.body }] : [];
    case 'letter': return channels.letter ? [{ part: 'heading', text: channels.letter.heading }, { part: 'body', text: channels.letter.body }] : [];
  }
}

/**
 * What is wrong with a template, in sentences; empty when nothing is. `defineTemplate` throws with these;
 * the module asks again at start for templates that came by other ways.
 * @public
 */
export function problemsOf(template: MessageTemplate): string[] {
  return problemsInWords(template).map(({ en }) => en);
}

const WELSH_CHANNELS: Readonly<Record<MessageChannel, string>> = { email: 'e-bost', sms: 'neges destun', letter: 'llythyr' };
const WELSH_PARTS: Readonly<Record<string, string>> = { subject: 'pwnc', body: 'corff', heading: 'pennawd' };

/**
 * The same in both languages, for officers who write a template's words.
 * @public
 */
export function problemsInWords(template: MessageTemplate): Text[] {
  const problems: Text[] = [];
  if (!/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/.test(template.id)) problems.push({ en: 'its id must be the sender, a dot and the message, like garden-waste.subscription-started.', cy: 'rhaid i’w rif adnabod fod yn anfonwr, dot a’r neges, fel garden-waste.subscription-started.' });
  const declared = new Map<string, PlaceholderKind>();
  for (const [name, kind] of Object.entries(template.placeholders)) {
    const key = placeholderKey(name);
    if (!key) problems.push({ en: `a placeholder has no name: "${name}".`, cy: `nid oes enw ar ddalfan: "${name}".` });
    if (declared.has(key)) problems.push({ en: `two placeholders are the same but for case, spaces, hyphens or underscores: ${name}.`, cy: `mae dau ddalfan yr un fath heblaw am lythrennau bach a mawr, bylchau, cysylltnodau neu danlinellau: ${name}.` });
    declared.set(key, kind);
  }
  if (template.isSecret && template.isNews) problems.push({ en: 'what lets somebody in is not news that they can do without.', cy: 'nid newyddion y gall rhywun wneud hebddo yw’r hyn sy’n gadael iddo ddod i mewn.' });
  const used = new Set<string>();
  const channels = (['email', 'sms', 'letter'] as const).filter((channel) => template.channels[channel]);
  if (!channels.length) problems.push({ en: 'it has no channel: give it an email, an sms or a letter.', cy: 'nid oes ganddo sianel: rhowch e-bost, neges destun neu lythyr iddo.' });
  for (const language of LANGUAGES) {
    if (!template.title[language]?.trim()) problems.push({ en: `its title is empty in "${language}".`, cy: `mae ei deitl yn wag yn "${language}".` });
  }
  for (const channel of channels) {
    const usedBy: Record<Language, Set<string>> = { en: new Set(), cy: new Set() };
    for (const { part, text } of partsOf(template.channels, channel)) {
      for (const language of LANGUAGES) {
        const words = text[language];
        const place = `the ${channel} ${part} in "${language}"`;
        const placeCy = `${WELSH_PARTS[part] ?? part} ${channel === 'email' ? 'yr' : 'y'} ${WELSH_CHANNELS[channel]} yn "${language}"`;
        if (!words?.trim()) { problems.push({ en: `${place} is empty.`, cy: `mae ${placeCy} yn wag.` }); continue; }
        if (part !== 'body' && /[\r\n]/.test(words)) problems.push({ en: `${place} must be one line.`, cy: `rhaid i ${placeCy} fod yn un llinell.` });
        if (channel === 'sms' && words.length > LONGEST_SMS) problems.push({ en: `${place} is longer than ${LONGEST_SMS} characters.`, cy: `mae ${placeCy} yn hirach na ${LONGEST_SMS} nod.` });
        for (const found of placeholdersIn(words)) {
          const kind = declared.get(found.key);
          if (!kind) { problems.push({ en: `${place} uses ((${found.name})), which is not among its placeholders.`, cy: `mae ${placeCy} yn defnyddio ((${found.name})), nad yw ymhlith ei ddalfannau.` }); continue; }
          if (found.isCondition !== (kind === 'flag')) {
            problems.push(found.isCondition ? { en: `${place} uses ((${found.name}??…)), but ${found.name} is a ${kind}: only a flag decides.`, cy: `mae ${placeCy} yn defnyddio ((${found.name}??…)), ond ${kind} yw ${found.name}: dim ond baner sy’n penderfynu.` } : { en: `${place} uses ((${found.name})), but ${found.name} is a flag: write ((${found.name}??words)).`, cy: `mae ${placeCy} yn defnyddio ((${found.name})), ond baner yw ${found.name}: ysgrifennwch ((${found.name}??geiriau)).` });
          }
          used.add(found.key);
          usedBy[language].add(found.key);
        }
      }
    }
    for (const key of new Set([...usedBy.en, ...usedBy.cy])) {
      if (!usedBy.en.has(key)) problems.push({ en: `the ${channel} uses ((${key})) in Welsh only.`, cy: `yn Gymraeg yn unig y mae’r ${WELSH_CHANNELS[channel]} yn defnyddio ((${key})).` });
      if (!usedBy.cy.has(key)) problems.push({ en: `the ${channel} uses ((${key})) in English only.`, cy: `yn Saesneg yn unig y mae’r ${WELSH_CHANNELS[channel]} yn defnyddio ((${key})).` });
    }
  }
  for (const [name] of Object.entries(template.placeholders)) {
    if (!used.has(placeholderKey(name))) problems.push({ en: `the placeholder ${name} is used nowhere.`, cy: `ni ddefnyddir y dalfan ${name} yn unman.` });
  }
  return problems;
}
