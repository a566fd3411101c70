import { defineDeskTexts, defineTexts } from '@guildhall/kernel-contract';
import { checkTemplates } from './check-templates';
import { checkTexts } from './check-texts';

const texts = defineTexts({
  en: { title: 'Receipt', paid: 'You paid {amount}', terms: 'Read <terms>our terms</terms>', can: { one: 'one' } },
  cy: { title: 'Derbynneb', paid: 'Talwyd {amount} gennych', terms: 'Darllenwch <terms>ein telerau</terms>', can: { one: 'un' } },
});
const problemsOf = (source: string): readonly string[] => checkTemplates([{ name: 'x.njk', source }], [{ prefix: 'pay', texts }]).map(({ what }) => what);

describe('the check of templates', () => {
  it.each([
    ['words', '<p>Your receipt</p>', '"Your receipt" is not in the texts'],
    ['words between expressions', '<p>{{ a }} of {{ b }}</p>', '"of" is not in the texts'],
    ['words in an attribute', '<nav aria-label="More of it"></nav>', 'aria-label="More of it"'],
    ['words in a component', "{{ govukButton({ text: 'Pay now' }) }}", 'text: "Pay now"'],
    ['words deep in a component', "{{ govukSummaryList({ rows: [{ key: { text: 'Amount' } }] }) }}", 'text: "Amount"'],
    ['words in a macro of ours', "{{ empty({ title: 'Nothing here' }) }}", 'title: "Nothing here"'],
    ['an unknown message', "{{ t('pay.titel') }}", 'no module says "pay.titel" in en'],
    ['an unknown family of messages', "{{ t('pay.may.' + x) }}", 'no message begins with "pay.may."'],
    ['a message in a component', "{{ govukButton({ text: t('pay.nothing') }) }}", 'no module says "pay.nothing" in cy'],
    ['a missing value', "{{ t('pay.paid') }}", '"pay.paid" needs a value for {amount}'],
    ['another value', "{{ t('pay.paid', { sum: 1 }) }}", '"pay.paid" needs a value for {amount}'],
    ['tags printed as text', "{{ t('pay.terms') }}", 'print it with tHtml()'],
    ['a link that leads nowhere', "{{ tHtml('pay.terms') }}", 'needs an address for <terms>'],
    ['a style', '<p style="color: red"></p>', 'content security policy'],
    ['a script', '<script>alert()</script>', 'content security policy'],
    ['a script in an attribute', '<p onclick="x()"></p>', 'content security policy'],
    ['what is malformed', '{{ t(a b) }}', 'cannot be read'],
    ['a form without its token', '<form method="post"></form>', 'csrfField'],
  ])('finds %s', (_what, source, expected) => {
    expect(problemsOf(source).join('\n')).toContain(expected);
  });
  it('lets good templates pass', () => {
    const good = `{# Words in a comment #}{% extends "layouts/resident.njk" %}{% block pageTitle %}{{ t('pay.title') }}{% endblock %}
      <!-- a comment --><form method="post">{{ csrfField }}<p class="govuk-body{% if x %} wide{% endif %}">{{ t('pay.paid', { amount: formatMoney(1) }) }} – £5 &nbsp; {{ t('pay.can.' + which) }}</p></form>
      {{ tHtml('pay.terms', { terms: '/terms' }) }}{{ t(item.titleKey) }}{{ govukInput({ name: 'email', type: 'email', label: { text: t('pay.title') }, classes: 'wide' }) }}<script type="module" src="{{ asset('x.js') }}"></script>`;
    expect(problemsOf(good)).toEqual([]);
  });
});

describe('the check of texts', () => {
  const problems = (en: string, cy: string): string => checkTexts([{ prefix: 'x', texts: { en: { a: en }, cy: { a: cy } } }]).map(({ what }) => what).join('\n');
  it('finds what cannot be understood, what asks for other values, what is not Welsh', () => {
    expect(problems('Hello {name', 'Helo')).toContain('cannot be understood');
    expect(problems('Hello {name}', 'Helo {enw}')).toContain('asks for {name} in English and for {enw} in Welsh');
    expect(problems('We read your letter', 'We read your letter')).toContain('is the same in Welsh');
    expect(problems("Don't", 'Peidiwch')).toContain('straight apostrophe in English');
    expect(problems('Yes', ' ')).toContain('is empty in Welsh');
    expect(problems('{count, plural, one {# bin} other {# bins}}', '{count, plural, two {# fin} other {# bin}}')).toBe('');
  });
  it('does not ask officers’ texts for Welsh', () => {
    expect(checkTexts([{ prefix: 'x', texts: defineDeskTexts({ en: { a: 'Assign these cases to me' } }) }])).toEqual([]);
  });
  it('takes officers’ texts as far as they have Welsh: the rest is said in English', () => {
    const desk = (cy: Readonly<Record<string, string>>) => ({ prefix: 'x', texts: defineDeskTexts({ en: { a: 'Assign {count} cases to me', b: 'Take these cases away' }, cy }), isForDesk: true });
    expect(checkTexts([desk({ a: 'Neilltuo {count} achos i mi' })])).toEqual([]);
    expect(checkTexts([desk({ a: 'Neilltuo achosion i mi' })])).toEqual([{ where: 'x.a', what: 'asks for {count} in English and for nothing in Welsh' }]);
    expect(checkTexts([{ ...desk({ a: 'Neilltuo {count} achos i mi' }), isForDesk: false }])).toEqual([{ where: 'x.b', what: 'has no Welsh' }]);
    const template = [{ name: 'x.njk', source: "{{ t('x.b') }}" }];
    expect([checkTemplates(template, [desk({})]), checkTemplates(template, [{ ...desk({}), isForDesk: false }])]).toEqual([[], [{ where: 'x.njk:1', what: 'no module says "x.b" in cy' }]]);
  });
});
