import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Theme } from '@guildhall/kernel-contract';
import { defineTexts } from '@guildhall/kernel-contract';
import { testContext, testCouncil, testOfficer, testResident } from '@guildhall/kernel-contract/testing';
import { Assets } from '../assets/assets';
import { viewsFolder } from '../assets/built-assets';
import { uiTexts } from '../texts';
import { createMessages } from '../wording/messages';
import { createViews } from './views';
import type { ViewRequest, Views } from './views';

const theme: Theme = { id: 'testham', brand: '#00606a', brandDark: '#003c43', ground: '#f4f2ee', link: '#00606a', fontStack: 'sans-serif', emblemSvg: '<svg xmlns="http://www.w3.org/2000/svg"/>', faviconSvg: '<svg xmlns="http://www.w3.org/2000/svg"/>' };
const texts = defineTexts({
  en: { ask: { title: 'What is your <name>?', empty: 'Enter your name', hint: 'As on a letter' }, terms: 'Read <link>our terms</link>' },
  cy: { ask: { title: 'Beth yw eich <enw>?', empty: 'Rhowch eich enw', hint: 'Fel ar lythyr' }, terms: 'Darllenwch <link>ein telerau</link>' },
});

const templates: Readonly<Record<string, string>> = {
  'ask/name.njk': `{% extends "layouts/question.njk" %}{% from "govuk/components/input/macro.njk" import govukInput %}
    {% block pageTitle %}Name{% endblock %}
    {% block question %}{{ govukInput({ name: 'name', label: { text: t('ask.ask.empty'), isPageHeading: true }, value: value, errorMessage: errorFor('name') }) }}{% endblock %}`,
  'ask/macro.njk': `{% macro inner() %}{{ language }} {{ t('ask.ask.hint') }} {{ formatDate('2026-12-04') }} {{ csrfField }}{% endmacro %}`,
  'ask/uses-macro.njk': `{% from "ask/macro.njk" import inner %}{{ inner() }}`,
  'ask/call.njk': `{% call govukInsetText({}) %}<b>{{ who }}</b>{% endcall %}{{ tHtml('ask.terms', { link: '/terms' }) }}`,
  'ask/accordion.njk': `{% from "govuk/components/accordion/macro.njk" import govukAccordion %}{{ govukAccordion({ id: 'a', items: [{ heading: { text: 'One' }, content: { text: who } }] }) }}`,
  'ask/include.njk': `{% for panel in panels %}{% include panel.template %}{% endfor %}`,
  'ask/panel.njk': `[{{ panel.data.what }} {{ language }}]`,
  'ask/unknown.njk': `{{ t('ask.nothing') }}`,
  'ask/desk.njk': `{% extends "layouts/desk.njk" %}{% block pageTitle %}Cases{% endblock %}{% block content %}<h1>Cases</h1>{% endblock %}`,
  'ask/parts.njk': `{% from "ui/timeline.njk" import timeline %}{% from "ui/pages.njk" import pages %}{% from "ui/empty.njk" import empty %}{% from "ui/status-tag.njk" import statusTag %}{% from "ui/chart.njk" import chart %}
    {{ timeline([{ title: 'Opened', at: at, byline: who }]) }}{{ pages('/?newer=1', undefined) }}{{ empty({ title: 'None', text: 'Because', href: '/x', linkText: 'Next' }) }}{{ statusTag('Late', 'late') }}
    {{ chart({ title: 'Cases', nameOfRows: 'Kind', nameOfValues: 'How many', rows: [{ name: 'Potholes', value: 10 }, { name: '<b>', value: 2500 }] }) }}`,
};

let folder: string;
let views: Views;
const english: ViewRequest = { ...testContext(), path: '/ask?step=2&lang=cy', csrfToken: 'token"1', frame: { account: { signInHref: '/sign-in', accountHref: '/account', signOutHref: '/sign-out' }, footerLinks: [{ title: 'Privacy', href: '/privacy' }] } };
const welsh: ViewRequest = { ...english, language: 'cy' };

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'views-'));
  for (const [name, source] of Object.entries(templates)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), source);
  }
  const messages = createMessages({ sources: [{ prefix: 'ask', texts }, { prefix: 'ui', texts: uiTexts }], isStrict: true });
  views = createViews({ folders: [folder, viewsFolder], messages, assets: new Assets() });
  views.dress(testCouncil().id, theme);
});
afterAll(() => { fs.rmSync(folder, { recursive: true }); });

describe('a page', () => {
  it('is in the language of the request, with the council, its look and a switch that stays in place', () => {
    const html = views.render(welsh, 'ask/name');
    expect(html).toContain('<html lang="cy"');
    expect(html).toContain('Cyngor Bwrdeistref Testham');
    expect(html).toContain('href="/ask?step=2&amp;lang=en" lang="en" hreflang="en"');
    expect(html).toMatch(/<link rel="stylesheet" href="\/assets\/theme-testham-[0-9a-f]{10}\.css">/);
    expect(html).toContain('Mewngofnodi');
    expect(html).toContain('Neidio i’r prif gynnwys');
    expect(html).not.toMatch(/style="|<style/);
  });
  it('offers the account to residents who have signed in, and says nothing of accounts where there are none', () => {
    expect(views.render({ ...english, actor: testResident() }, 'ask/name')).toContain('<a class="gh-header__tool" href="/account">Your account</a>');
    expect(views.render({ ...english, frame: undefined }, 'ask/name')).not.toContain('Sign in');
  });
  it('carries the form token, escaped, and the back link', () => {
    const html = views.render(english, 'ask/name', { backHref: '/before' });
    expect(html).toContain('<input type="hidden" name="_csrf" value="token&quot;1">');
    expect(html).toContain('<a href="/before" class="govuk-back-link">Back</a>');
  });
  it('reads the form token only when a form needs it', () => {
    let reads = 0;
    const request: ViewRequest = { ...testContext(), get csrfToken() { reads += 1; return 'x'; } };
    views.render(request, 'errors/404');
    expect(reads).toBe(0);
    views.render(request, 'ask/name');
    expect(reads).toBe(1);
  });
  it('says Error in its title, in the summary and at the field, and keeps what was typed', () => {
    const html = views.render(english, 'ask/name', { errors: [{ field: 'name', message: 'Enter your name, like <Ann>' }], value: '"Ann"' });
    expect(html).toContain('<title>Error: Name – Testham Borough Council</title>');
    expect(html).toContain('<a href="#name">Enter your name, like &lt;Ann&gt;</a>');
    expect(html).toContain('<p id="name-error" class="govuk-error-message">');
    expect(html).toContain('value="&quot;Ann&quot;"');
    expect(views.render(welsh, 'ask/name', { errors: [{ field: 'name', message: 'x' }] })).toContain('Mae problem wedi codi');
  });
  it('without errors says nothing of them', () => {
    expect(views.render(english, 'ask/name', { errors: [] })).not.toContain('govuk-error-summary');
  });
});

describe('templates', () => {
  it('let macros see words, language and forms as pages do', () => {
    expect(views.render(welsh, 'ask/uses-macro')).toBe('cy Fel ar lythyr Dydd Gwener 4 Rhagfyr 2026 <input type="hidden" name="_csrf" value="token&quot;1">');
  });
  it('take components without importing them, with call blocks, and GOV.UK’s own where we have none', () => {
    const html = views.render(english, 'ask/call', { who: '<Ann>' });
    expect(html).toContain('<b>&lt;Ann&gt;</b>');
    expect(html).toContain('Read <a class="govuk-link" href="/terms">our terms</a>');
    expect(views.render(english, 'ask/accordion', { who: '<Ann>' })).toContain('&lt;Ann&gt;');
  });
  it('show panels of other modules with their own data', () => {
    expect(views.render(english, 'ask/include', { panels: [{ template: 'ask/panel.njk', data: { what: 'one' } }, { template: 'ask/panel.njk', data: { what: 'two' } }] })).toBe('[one en][two en]');
  });
  it('print timelines, pages, empty states, tags and charts', () => {
    const html = views.render(english, 'ask/parts', { at: new Date('2026-12-04T14:30:00Z'), who: '<Ann>' });
    expect(html).toContain('<time datetime="2026-12-04T14:30:00.000Z">Friday 4 December 2026 at 2:30pm</time>');
    expect(html).toContain('by &lt;Ann&gt;');
    expect(html).toContain('rel="prev"');
    expect(html).not.toContain('rel="next"');
    expect(html).toContain('<strong class="govuk-tag govuk-tag--red">Late</strong>');
    expect(html).toContain('<rect width="100" height="10"/>');
    expect(html).toContain('<rect width="0.4" height="10"/>');
    expect(html).toContain('2,500');
    expect(html).toContain('&lt;b&gt;');
  });
  it('fail for words that nobody says and for templates that are not there', () => {
    expect(() => views.render(english, 'ask/unknown')).toThrow('No installed module says "ask.nothing"');
    expect(() => views.render(english, 'ask/missing')).toThrow('template not found: ask/missing.njk');
    expect(views.has('ask/missing')).toBe(false);
    expect(views.has('ask/name')).toBe(true);
    expect(() => views.render(english, '../../../../etc/passwd')).toThrow('template not found');
  });
  it('are at rest again after a failure: the next page is as it should be', () => {
    expect(() => views.render(welsh, 'ask/unknown')).toThrow();
    expect(views.render(english, 'ask/uses-macro')).toContain('en As on a letter');
  });
});

const officer: ViewRequest = {
  ...testContext({ actor: testOfficer([], { name: 'Sam <Officer>' }) }),
  frame: { desk: { signOutHref: '/desk/sign-out', searchHref: '/desk/search', links: [{ title: 'Worklist', href: '/desk', isCurrent: true, shortcut: 'w', badge: { text: '12', isUrgent: true } }, { title: 'Assist', href: '/desk/assist', isCurrent: false }] } },
};

describe('the desk', () => {
  it('has its areas, its search and who is signed in', () => {
    const html = views.render(officer, 'ask/desk');
    expect(html).toContain('Sam &lt;Officer&gt;');
    expect(html).toContain('action="/desk/search"');
    expect(html).toContain('<a href="/desk" aria-current="location" data-key="g w" data-key-name="Worklist">');
    expect(html).toContain('(some are late)');
  });
});

describe('error pages', () => {
  it.each(['400', '401', '403', '404', '409', '413', '421', '429', '500', '503', 'stale-form'])('%s says what happened, that nothing was lost, what to do and a reference, in both languages', (name) => {
    for (const request of [english, welsh]) {
      const html = views.render({ ...request, correlationId: '7f3a91c2-0000-4000-8000-000000000000' }, `errors/${name}`, { status: 0 });
      expect(html).toContain('7F3A 91C2');
      expect(html).toContain('01632 960000');
      expect(/<h1 class="govuk-heading-l">(.+)<\/h1>/.exec(html)?.[1]).toBeTruthy();
      expect(html).toContain(`<html lang="${request.language}"`);
    }
    const onDesk = views.render({ ...officer, path: '/desk/cases/TE-1' }, `errors/${name}`, { status: 0 });
    expect(onDesk).toContain('Back to the desk: Worklist');
    expect(onDesk).not.toContain('href="/"');
  });
  it('show what was written, as text, and nothing where nothing was', () => {
    const html = views.render(english, 'errors/401', { status: 401, written: 'The lamp <b>by</b> the bridge\nis out' });
    expect(html).toMatch(/<textarea class="govuk-textarea" id="written" name="written" rows="8" aria-describedby="written-hint" readonly="?(true|)"?>The lamp &lt;b&gt;by&lt;\/b&gt; the bridge\nis out<\/textarea>/);
    expect(views.render(english, 'errors/401', { status: 401, written: '' })).not.toContain('<textarea');
  });
});
