import type { Council, Theme } from '@guildhall/kernel-contract';
import { mainLanguage, type Block, type Inline, type MessageLanguage, type MessagePart } from '@guildhall/notifications-contract';

/** What an e-mail looks like. */
export interface EmailLook {
  readonly council: Pick<Council, 'name' | 'origin' | 'contact'>;
  readonly theme: Pick<Theme, 'brand' | 'brandDark' | 'link' | 'fontStack' | 'header'>;
}

const TEXT = 'margin:0 0 20px 0;font-size:19px;line-height:25px;';

/**
 * An e-mail as an HTML document in the council's brand: no images, no scripts, styles on the elements because mail programs drop the rest.
 * Everything that is put in is escaped here.
 */
export function emailHtml(subject: string, language: MessageLanguage, parts: readonly MessagePart[], { council, theme }: EmailLook): string {
  const main = mainLanguage(language);
  const name = language === 'both' && council.name.cy !== council.name.en ? `${council.name.cy} / ${council.name.en}` : council.name[main];
  const isPaper = theme.header === 'paper';
  const band = isPaper ? `background-color:#ffffff;border-bottom:6px solid ${escaped(theme.brand)}` : `background-color:${escaped(theme.brand)}`;
  const bodies = parts.map((part) => `<div lang="${part.language}">${part.blocks.map((block) => blockHtml(block, theme)).join('')}</div>`).join(blockHtml({ kind: 'rule' }, theme));
  return [
    `<!doctype html><html lang="${main}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light"><title>${escaped(subject)}</title></head>`,
    `<body style="margin:0;padding:0;background-color:#ffffff;color:#0b0c0c;font-family:${escaped(theme.fontStack)}">`,
    `<div style="${band};padding:16px 24px"><div style="max-width:600px;margin:0 auto;font-size:24px;line-height:30px;font-weight:bold;color:${isPaper ? escaped(theme.brandDark) : '#ffffff'}">${escaped(name)}</div></div>`,
    `<div style="max-width:600px;margin:0 auto;padding:30px 24px">${bodies}</div>`,
    `<div style="max-width:600px;margin:0 auto;padding:0 24px 30px 24px"><div style="border-top:1px solid #b1b4b6;padding-top:15px;font-size:16px;line-height:24px;color:#484949">`,
    `${escaped(name)}<br>${escaped(council.contact.telephone)}<br><a href="${escaped(council.origin)}" style="color:${escaped(theme.link)}">${escaped(council.origin.replace(/^https?:\/\//, ''))}</a></div></div></body></html>`,
  ].join('\n');
}

function blockHtml(block: Block, theme: EmailLook['theme']): string {
  switch (block.kind) {
    case 'heading': return block.level === 1 ? `<h1 style="margin:0 0 20px 0;font-size:27px;line-height:32px">${inlineHtml(block.children, theme)}</h1>` : `<h2 style="margin:10px 0 15px 0;font-size:21px;line-height:26px">${inlineHtml(block.children, theme)}</h2>`;
    case 'paragraph': return `<p style="${TEXT}">${inlineHtml(block.children, theme)}</p>`;
    case 'inset': return `<p style="${TEXT}border-left:10px solid #b1b4b6;padding:15px 0 15px 15px">${inlineHtml(block.children, theme)}</p>`;
    case 'bullets': case 'numbers': {
      const tag = block.kind === 'bullets' ? 'ul' : 'ol';
      return `<${tag} style="${TEXT}padding:0 0 0 22px">${block.items.map((item) => `<li style="margin:5px 0">${inlineHtml(item, theme)}</li>`).join('')}</${tag}>`;
    }
    case 'rule': return '<hr style="border:0;height:1px;background-color:#b1b4b6;margin:30px 0">';
  }
}

function inlineHtml(children: readonly Inline[], theme: EmailLook['theme']): string {
  return children.map((child) => {
    switch (child.kind) {
      case 'words': return escaped(child.words);
      case 'break': return '<br>';
      case 'link': return `<a href="${escaped(child.address)}" style="color:${escaped(theme.link)};word-wrap:break-word">${escaped(child.words)}</a>`;
    }
  }).join('');
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text made safe for HTML, inside elements and inside quoted attributes. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');
}
