import { defineTexts } from '@guildhall/kernel-contract';
import { testContext, testCouncil } from '@guildhall/kernel-contract/testing';
import type { CouncilId } from '@guildhall/kernel-contract';
import { safe } from '../components/html';
import { createMessages } from './messages';

const texts = defineTexts({
  en: {
    title: 'Garden waste', greeting: 'Hello {name}', quote: "Don't worry, {name}'s fine",
    bins: '{count, plural, one {# bin} other {# bins}}', more: 'Read <link>how we use {what}</link> and <strong>more</strong>.',
    deep: { down: 'Here' },
  },
  cy: {
    title: 'Gwastraff gardd', greeting: 'Helo {name}', quote: "Peidiwch â phoeni, mae {name} yn iawn",
    bins: '{count, plural, one {# bin} two {# fin} other {# bin}}', more: 'Darllenwch <link>sut rydym yn defnyddio {what}</link> a <strong>mwy</strong>.',
    deep: { down: 'Yma' },
  },
});
const make = (isStrict = true, onUnknown?: (key: string) => void) => createMessages({ sources: [{ prefix: 'garden', texts }], isStrict, onUnknown });

describe('messages', () => {
  it('are found by module and path, in the language asked for', () => {
    const messages = make();
    expect(messages.t('en', 'garden.title')).toBe('Garden waste');
    expect(messages.t('cy', 'garden.deep.down')).toBe('Yma');
    expect(messages.t('cy', { en: 'Pothole', cy: 'Twll yn y ffordd' })).toBe('Twll yn y ffordd');
  });
  it('fill in values, keep apostrophes, and count as each language counts', () => {
    const messages = make();
    expect(messages.t('en', 'garden.quote', { name: 'Ann' })).toBe("Don't worry, Ann's fine");
    expect([1, 2].map((count) => messages.t('en', 'garden.bins', { count }))).toEqual(['1 bin', '2 bins']);
    expect([1, 2, 3].map((count) => messages.t('cy', 'garden.bins', { count }))).toEqual(['1 bin', '2 fin', '3 bin']);
  });
  it('refuse a value that is missing, whether or not they are strict', () => {
    expect(() => make().t('en', 'garden.greeting')).toThrow('needs a value for {name}');
    expect(() => make(false).t('en', 'garden.bins', {})).toThrow('needs a value for {count}');
  });
  it('throw for an unknown key where strict, else print it and tell', () => {
    expect(() => make().t('en', 'garden.nothing')).toThrow('No installed module says "garden.nothing"');
    const told: string[] = [];
    expect(make(false, (key) => told.push(key)).t('en', 'garden.nothing')).toBe('garden.nothing');
    expect(told).toEqual(['garden.nothing']);
  });
  it('make links and emphasis, and escape words and values alike', () => {
    const html = make().html('en', 'garden.more', { link: '/privacy?a=1&b="2"', what: '<b>data</b>' });
    expect(html.toString()).toBe('Read <a class="govuk-link" href="/privacy?a=1&amp;b=&quot;2&quot;">how we use &lt;b&gt;data&lt;/b&gt;</a> and <strong>more</strong>.');
    expect(make().html('en', 'garden.greeting', { name: '<Ann>' }).toString()).toBe('Hello &lt;Ann&gt;');
    expect(make().html('en', 'garden.greeting', { name: safe('<em>Ann</em>') }).toString()).toBe('Hello <em>Ann</em>');
    expect(() => make().t('en', 'garden.more', { what: 'x' })).toThrow('tHtml');
    expect(() => make().html('en', 'garden.more', { what: 'x' })).toThrow('a value "link" must say where it leads');
  });
  it('take the same key from two sources of a module only once', () => {
    expect(() => createMessages({ isStrict: true, sources: [{ prefix: 'garden', texts }, { prefix: 'garden', texts }] })).toThrow('declared twice');
  });
});

describe('a council may use words of its own', () => {
  const other = testCouncil({ id: '01990000-0000-7000-8000-000000000002' as CouncilId });
  it('for itself and for nobody else', () => {
    const messages = make();
    messages.setWording(testCouncil().id, { en: { 'garden.title': 'Brown bins' } });
    expect(messages.t(testContext(), 'garden.title')).toBe('Brown bins');
    expect(messages.t(testContext({ language: 'cy' }), 'garden.title')).toBe('Gwastraff gardd');
    expect(messages.t(testContext({ council: other }), 'garden.title')).toBe('Garden waste');
  });
  it('but not for keys that nobody says, nor with values that nobody gives', () => {
    expect(() => make().setWording(other.id, { en: { 'garden.titel': 'x' } })).toThrow('names "garden.titel", which no installed module says');
    expect(() => make().setWording(other.id, { en: { 'garden.greeting': 'Hi {surname}' } })).toThrow('uses {surname}, which the module does not give. It may use: {name}');
    expect(() => make().setWording(other.id, { en: { 'garden.greeting': 'Hi {name' } })).toThrow('cannot be understood');
  });
});
