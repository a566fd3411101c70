import type { Text } from '@guildhall/kernel-contract';
import type { MessagePart } from '@guildhall/notifications-contract';

const BEFORE: Text = { en: 'You get this because you reported something or applied for something. ', cy: 'Rydych yn cael hon am eich bod wedi rhoi gwybod am rywbeth neu wedi gwneud cais am rywbeth. ' };
const LINK: Text = { en: 'Stop news like this', cy: 'Stopio newyddion fel hyn' };

/** The body of an e-mail with news, and below it, in each of its languages, how to stop it. */
export function withStopNote(parts: readonly MessagePart[], page: string): readonly MessagePart[] {
  return parts.map(({ language, blocks }) => ({
    language,
    blocks: [...blocks, { kind: 'rule' }, { kind: 'paragraph', children: [{ kind: 'words', words: BEFORE[language] }, { kind: 'link', words: LINK[language], address: page }] }],
  }));
}
