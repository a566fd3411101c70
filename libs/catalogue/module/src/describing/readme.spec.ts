import { readmeHtml } from './readme';

describe('a stranger’s readme', () => {
  it.each([
    ['HTML', '<script>alert(1)</script>\n\nHello <img src=x onerror=alert(1)>', /<script|<img/],
    ['a link that runs', '[press](javascript:alert(1)) [press](data:text/html,x) [press](vbscript:x)', /<a /],
    ['a picture from elsewhere', '![seen](https://watching.example/pixel.png)', /<img/],
    ['an attribute in a title', '[x](https://a.example "\\" onclick=\\"alert(1)")', /"\s*onclick="/],
  ])('does nothing by %s', (_what, given, not) => expect(readmeHtml(given)).not.toMatch(not));

  it('is read as it was written: headings below the page’s, lists, tables, code and links', () => {
    const html = readmeHtml('# Parking\n\n- one\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```ts\nparking<Zone>()\n```\n\n[more](https://westmarch.example)');
    expect(html).toContain('<h3 class="govuk-heading-s">Parking</h3>');
    expect(html).toContain('<td class="govuk-table__cell">1</td>');
    expect(html).toContain('parking&lt;Zone&gt;()');
    expect(html).toContain('<a href="https://westmarch.example" rel="nofollow noopener" class="govuk-link">more</a>');
  });
});
