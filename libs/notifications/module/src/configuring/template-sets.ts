import { defineConfigurable, linesOfFields, type TextField } from '@guildhall/configuration-contract';
import type { Text } from '@guildhall/kernel-contract';
import { LONGEST_SMS, MESSAGE_TEMPLATE, problemsInWords, type MessageTemplate, type TemplateChannels } from '@guildhall/notifications-contract';

type Words = Pick<MessageTemplate, 'title' | 'channels'>;
interface Content { readonly templates: Readonly<Record<string, Words>> }

const CHANNELS = ['email', 'sms', 'letter'] as const;
const PART_TITLES: Readonly<Record<string, Text>> = {
  title: { en: 'name in the log', cy: 'enw yn y cofnod' },
  'email.subject': { en: 'subject of the email', cy: 'pwnc yr e-bost' }, 'email.body': { en: 'email', cy: 'e-bost' }, 'sms.body': { en: 'text message', cy: 'neges destun' },
  'letter.heading': { en: 'heading of the letter', cy: 'pennawd y llythyr' }, 'letter.body': { en: 'letter', cy: 'llythyr' },
};

/** The words of the messages that one package sends. */
export const templateSets = defineConfigurable<MessageTemplate>({
  kind: 'templates',
  title: { en: 'Messages', cy: 'Negeseuon' },
  point: MESSAGE_TEMPLATE,
  things: (registered) => [...new Set(registered.map(senderOf))].map((sender) => ({ id: sender, title: titleOf(registered, sender), package: sender, definition: 1 })),
  content(registered, sender): Content | undefined {
    const own = setOf(registered, sender);
    return own.length > 0 ? { templates: Object.fromEntries(own.map((template) => [nameOf(template), { title: template.title, channels: template.channels }])) } : undefined;
  },
  problems: (_ctx, registered, sender, content) => Promise.resolve(problemsOfSet(setOf(registered, sender), (content as Content).templates)),
  lines: (registered, sender, content) => linesOfFields(fieldsOfSet(registered, sender, content as Content)),
  fields: (registered, sender, content) => fieldsOfSet(registered, sender, content as Content),
  change(registered, published) {
    return registered.map((template) => {
      const { content } = published.find(({ thing, isInForce }) => isInForce && thing === senderOf(template)) ?? {};
      const words = content && wordsIn(content as Content, nameOf(template));
      return words && problemsOfTemplate(template, words).length === 0 ? Object.freeze({ ...template, ...words }) : template;
    });
  },
});

const senderOf = ({ id }: MessageTemplate): string => id.split('.')[0] ?? id;
const nameOf = ({ id }: MessageTemplate): string => id.split('.')[1] ?? id;
const setOf = (registered: readonly MessageTemplate[], sender: string): readonly MessageTemplate[] => registered.filter((template) => senderOf(template) === sender);
const wordsIn = ({ templates }: Content, name: string): Words | undefined => (Object.hasOwn(templates, name) ? templates[name] : undefined);

/** What the set is called: its first message, and how many others there are. */
function titleOf(registered: readonly MessageTemplate[], sender: string): Text {
  const [first, ...others] = setOf(registered, sender);
  const title = first?.title ?? { en: sender, cy: sender };
  return others.length > 0 ? { en: `${title.en}, and ${others.length} more`, cy: `${title.cy}, a ${others.length} arall` } : title;
}

function problemsOfSet(own: readonly MessageTemplate[], templates: Content['templates']): readonly Text[] {
  const unknown = Object.keys(templates).filter((name) => !own.some((template) => nameOf(template) === name));
  return [
    ...unknown.map((name) => ({ en: `There is no message ${name} here. There are ${own.map(nameOf).join(', ')}.`, cy: `Nid oes neges ${name} yma. Y rhai sydd yma yw ${own.map(nameOf).join(', ')}.` })),
    ...own.flatMap((template) => { const words = wordsIn({ templates }, nameOf(template)); return words ? problemsOfTemplate(template, words).map(({ en, cy }) => ({ en: `${nameOf(template)}: ${en}`, cy: `${nameOf(template)}: ${cy}` })) : []; }),
  ];
}

/** Its placeholders stay, and so do its channels: without one, somebody would not be reached. */
function problemsOfTemplate(template: MessageTemplate, words: Words): readonly Text[] {
  const [own, theirs] = [template.channels, words.channels].map((channels: TemplateChannels) => CHANNELS.filter((channel) => channels[channel]).join(', '));
  if (own !== theirs) return [{ en: `it goes by ${own ?? ''} here, and the file has words for ${theirs || 'nothing'}.`, cy: `mae’n mynd drwy ${own ?? ''} yma, ac mae gan y ffeil eiriau ar gyfer ${theirs || 'dim'}.` }];
  return problemsInWords({ ...template, ...words });
}

/** In the order in which the sender has them: what was kept has lost its own. */
function fieldsOfSet(registered: readonly MessageTemplate[], sender: string, content: Content): readonly TextField[] {
  return setOf(registered, sender).flatMap((template) => { const words = wordsIn(content, nameOf(template)); return words ? fieldsOf(nameOf(template), template.title, words) : []; });
}

function fieldsOf(name: string, title: Text, words: Words): readonly TextField[] {
  const { email, sms, letter } = words.channels;
  const texts: Readonly<Record<string, Text | undefined>> = { title: words.title, 'email.subject': email?.subject, 'email.body': email?.body, 'sms.body': sms?.body, 'letter.heading': letter?.heading, 'letter.body': letter?.body };
  const parts = Object.entries(texts).filter((part): part is [string, Text] => part[1] !== undefined);
  return parts.map(([part, value]) => ({
    key: `${name}.${part}`, path: ['templates', name, ...(part === 'title' ? ['title'] : ['channels', ...part.split('.')])], group: title, label: PART_TITLES[part] ?? { en: part, cy: part },
    type: part.endsWith('body') ? 'words' : 'line', value, ...(part === 'sms.body' && { longest: LONGEST_SMS }),
  }));
}
