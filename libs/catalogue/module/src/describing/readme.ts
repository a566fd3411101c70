import MarkdownIt from 'markdown-it';

/** Headings of a readme stand below those of the page. */
const HEADINGS_BELOW = 2;
const DEEPEST = 6;

/** A stranger's text: no HTML of its own, no pictures from elsewhere, and links only to where people can go. */
const markdown = new MarkdownIt('commonmark', { html: false, linkify: false }).enable('table').disable(['image', 'html_block', 'html_inline']);
const CLASSES: Readonly<Record<string, string>> = { paragraph: 'govuk-body', bullet_list: 'govuk-list govuk-list--bullet', ordered_list: 'govuk-list govuk-list--number', table: 'govuk-table', th: 'govuk-table__header', td: 'govuk-table__cell', blockquote: 'govuk-inset-text', heading: 'govuk-heading-s' };

markdown.core.ruler.push('house', ({ tokens }) => {
  for (const token of tokens) {
    const kind = token.type.replace(/_(open|close)$/, '');
    if (kind === 'heading') token.tag = `h${Math.min(DEEPEST, Number(token.tag.slice(1)) + HEADINGS_BELOW)}`;
    if (token.nesting === 1 && CLASSES[kind]) token.attrSet('class', CLASSES[kind]);
    for (const child of (token.children ?? []).filter(({ type }) => type === 'link_open')) {
      child.attrSet('rel', 'nofollow noopener');
      child.attrSet('class', 'govuk-link');
    }
  }
});
markdown.renderer.rules.fence = markdown.renderer.rules.code_block = (tokens, at) => `<pre class="gh-catalogue__code" tabindex="0"><code>${markdown.utils.escapeHtml(tokens[at]?.content ?? '')}</code></pre>\n`;
// A link within the readme's own repository leads nowhere from here.
const { validateLink } = markdown;
markdown.validateLink = (url) => /^(https?:|mailto:)/i.test(url) && validateLink(url);

/** A package's readme as HTML that cannot do anything. */
export function readmeHtml(readme: string): string { return markdown.render(readme); }
