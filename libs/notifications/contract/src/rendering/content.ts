import type { Language } from '@guildhall/kernel-contract';

/** A run of words, a link, or a line break. @public */
export type Inline = { readonly kind: 'words'; readonly words: string } | { readonly kind: 'link'; readonly words: string; readonly address: string } | { readonly kind: 'break' };

/** One block of a message's body. @public */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly children: readonly Inline[] }
  | { readonly kind: 'paragraph' | 'inset'; readonly children: readonly Inline[] }
  | { readonly kind: 'bullets' | 'numbers'; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'rule' };

/** The body in one language; a message in both languages has two. @public */
export interface MessagePart {
  readonly language: Language;
  readonly blocks: readonly Block[];
}

/** A message with its values in place, before it has a form: no markup can come from a value. @public */
export type RenderedMessage =
  | { readonly channel: 'email'; readonly title: string; readonly subject: string; readonly parts: readonly MessagePart[] }
  | { readonly channel: 'sms'; readonly title: string; readonly text: string }
  | { readonly channel: 'letter'; readonly title: string; readonly heading: string; readonly parts: readonly MessagePart[] };
