/** Signs that a backslash takes the meaning from. */
const ESCAPED = /\\([\\`*{}[\]()#+\-.!_>~|])/g;

/** Notify's Markdown as plain text: the text part of an e-mail, the words of a letter. @public */
export function plainWords(markdown: string): string {
  return markdown.replace(/\r\n?/g, '\n')
    .replace(/(?<!\\)\[((?:\\.|[^\]\\])+)\]\((https?:\/\/[^\s()]+)\)/g, '$1: $2')
    .replace(/^#{1,2} +/gm, '').replace(/^\^ ?/gm, '').replace(ESCAPED, '$1').trim();
}

/** Notify's Markdown as the body of an HTML e-mail, as far as a person who looks at it here needs. @public */
export function htmlWords(markdown: string): string {
  return markdown.replace(/\r\n?/g, '\n').split(/\n{2,}/).map((block) => {
    const lines = block.split('\n');
    const heading = /^(#{1,2}) +(.*)$/.exec(block);
    if (heading) return `<h${heading[1]?.length ?? 1}>${inline(heading[2] ?? '')}</h${heading[1]?.length ?? 1}>`;
    if (/^(-{3,}|\*{3,})$/.test(block)) return '<hr>';
    if (lines.every((line) => /^[*•-] +/.test(line))) return `<ul>${lines.map((line) => `<li>${inline(line.replace(/^[*•-] +/, ''))}</li>`).join('')}</ul>`;
    if (lines.every((line) => /^\d+\. +/.test(line))) return `<ol>${lines.map((line) => `<li>${inline(line.replace(/^\d+\. +/, ''))}</li>`).join('')}</ol>`;
    if (lines.every((line) => line.startsWith('^'))) return `<blockquote>${lines.map((line) => inline(line.replace(/^\^ ?/, ''))).join('<br>')}</blockquote>`;
    return `<p>${lines.map(inline).join('<br>')}</p>`;
  }).join('\n');
}

function inline(text: string): string {
  const links: string[] = [];
  const keep = (html: string): string => `\u0000${links.push(html) - 1}\u0000`;
  return escapeHtml(text)
    .replace(/(?<!\\)\[((?:\\.|[^\]\\])+)\]\((https?:\/\/[^\s()]+)\)/g, (_, words: string, address: string) => keep(`<a href="${address}">${words.replace(ESCAPED, '$1')}</a>`))
    .replace(/https?:\/\/[^\s<]*[^\s<.,:"')\]]/g, (address) => keep(`<a href="${address}">${address}</a>`))
    .replace(ESCAPED, '$1')
    // eslint-disable-next-line no-control-regex
    .replace(/\u0000(\d+)\u0000/g, (_, index: string) => links[Number(index)] ?? '');
}

/** Made safe inside elements and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}
