import fs from 'node:fs';
import path from 'node:path';
import { Environment, FileSystemLoader, Template } from 'nunjucks';
import { COMPONENTS } from './catalogue';
import { safe } from './html';
import { COMPONENT_WORDS } from './words';

interface Fixture { readonly name: string; readonly options: Record<string, unknown>; readonly html: string }

const folder = path.join(path.dirname(require.resolve('govuk-frontend/package.json')), 'dist/govuk/components');

/** Space between tags and the order of attributes say nothing to a browser: compare without them. */
function comparable(html: string): string[] {
  const tokens = html.replace(/\s+/g, ' ').match(/<[^>]*>|[^<]+/g) ?? [];
  return tokens.map((token) => {
    if (!token.startsWith('<') || token.startsWith('</')) return token.trim();
    const [, name = '', rest = ''] = /^<([\w-]+)([\s\S]*?)\/?>$/.exec(token.trim()) ?? [];
    const attributes = [...rest.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)].map(([, attribute, value]) => (attribute === 'class' ? `class=${(value ?? '').split(' ').filter(Boolean).sort().join(' ')}` : `${attribute}=${value ?? ''}`));
    return `<${name} ${attributes.sort().join(' ')}>`;
  }).filter((token) => token !== '');
}

describe('components print what GOV.UK Frontend prints', () => {
  for (const [name, component] of Object.entries(COMPONENTS)) {
    const { fixtures } = JSON.parse(fs.readFileSync(path.join(folder, name, 'fixtures.json'), 'utf8')) as { fixtures: Fixture[] };
    it.each(fixtures.map((fixture): [string, Fixture] => [fixture.name, fixture]))(`${name}: %s`, (_title, { options, html }) => {
      const callBlock = typeof options['callBlock'] === 'string' ? safe(options['callBlock']) : undefined;
      const made = component(options as never, COMPONENT_WORDS.en, callBlock ? () => callBlock : undefined);
      expect(comparable(made)).toEqual(comparable(html));
    });
  }
});

describe('components in Welsh', () => {
  const cy = COMPONENT_WORDS.cy;
  it('say their own words in Welsh, and leave none in English', () => {
    expect(COMPONENTS['error-message']?.({ text: 'Rhowch eich enw' } as never, cy)).toContain('<span class="govuk-visually-hidden">Gwall:</span>');
    expect(COMPONENTS['back-link']?.({ href: '/' } as never, cy)).toContain('Yn ôl');
    const date = COMPONENTS['date-input']?.({ id: 'born', fieldset: { legend: { text: 'Pryd?' } } } as never, cy) ?? '';
    for (const word of ['Diwrnod', 'Mis', 'Blwyddyn']) expect(date).toContain(word);
    const count = COMPONENTS['character-count']?.({ name: 'what', maxlength: 500, label: { text: 'Beth?' } } as never, cy) ?? '';
    expect(count).toContain('Gallwch ddefnyddio hyd at 500 nod');
    expect(count).toContain('data-i18n.characters-over-limit.other="Mae gennych %{count} nod yn ormod"');
  });
});

describe('components cost little', () => {
  it('printing radios takes less than a third of what GOV.UK Frontend’s macro takes', () => {
    const options = { name: 'kind', fieldset: { legend: { text: 'What is it?', isPageHeading: true } }, items: ['one', 'two', 'three', 'four'].map((text) => ({ value: text, text })) };
    const environment = new Environment(new FileSystemLoader(path.join(folder, '../..')), { autoescape: true });
    const macro = new Template("{% from 'govuk/components/radios/macro.njk' import govukRadios %}{{ govukRadios(options) }}", environment, 'radios', true);
    const timeOf = (print: () => unknown): number => {
      let best = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 5; round++) {
        const startedAt = process.hrtime.bigint();
        for (let time = 0; time < 100; time++) print();
        best = Math.min(best, Number(process.hrtime.bigint() - startedAt));
      }
      return best;
    };
    const theirs = timeOf(() => macro.render({ options }));
    expect(timeOf(() => COMPONENTS['radios']?.(options as never, COMPONENT_WORDS.en))).toBeLessThan(theirs / 3);
  });
});

describe('what people typed is never HTML', () => {
  const attack = `"' onfocus=alert(1) "><script>alert(1)</script>`;
  it.each(Object.keys(COMPONENTS))('%s escapes every text, value, name and attribute', (name) => {
    const html = COMPONENTS[name]?.({
      text: attack, titleText: attack, summaryText: attack, name: attack, id: attack, value: attack, href: attack, classes: attack, caption: attack, maxlength: 10,
      label: { text: attack }, hint: { text: attack }, errorMessage: { text: attack }, fieldset: { legend: { text: attack } }, attributes: { [attack]: attack }, prefix: { text: attack },
      errorList: [{ text: attack, href: attack }], rows: name === 'table' ? [[{ text: attack }]] : [{ key: { text: attack }, value: { text: attack }, actions: { items: [{ text: attack, href: attack, visuallyHiddenText: attack }] } }],
      items: [{ text: attack, value: attack, href: attack, hint: { text: attack }, label: attack, title: { text: attack }, status: { text: attack }, number: attack, name: attack }],
      previous: { href: attack, text: attack, labelText: attack }, tag: { text: attack },
    } as never, COMPONENT_WORDS.en) ?? '';
    expect(html.length).toBeGreaterThan(0);
    expect(html).not.toContain('<script');
    expect(html).not.toContain(`"' onfocus`);
    expect(html).toContain('&quot;&#39; onfocus');
  });
});
