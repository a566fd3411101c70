import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { startTestApp } from '@guildhall/kernel/testing';
import type { Answer, TestApp } from '@guildhall/kernel/testing';
import { SomeAddresses, councils } from '../test/councils';

let running: TestApp;

beforeAll(async () => { running = await startTestApp({ councils }); });
afterAll(() => running.close());

const resident = () => running.residentVisitor('01990000-0000-7000-8000-0000000000a1');
const officer = (role: string) => running.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', name: 'Ada Adviser', roles: [role] });

describe('the home page', () => {
  it('asks one question, shows warnings first, then what most people want', async () => {
    const { status, text } = await running.visitor().get('/');
    expect(status).toBe(200);
    expect(text).toContain('What do you need?');
    expect(text.indexOf('Snow')).toBeLessThan(text.indexOf('Office closed'));
    expect(text.indexOf('Snow')).toBeGreaterThan(0);
    expect([...text.matchAll(/gh-card__title"><a class="govuk-link" href="([^"]+)"/g)].map(([, href]) => href)).toEqual(['/services/missed-bin', '/services/garden-waste', '/services/pothole', '/services/street-light', '/services/chalk']);
  });
  it('comes although a panel is broken, and logs that without what it said', async () => {
    const { status } = await running.visitor().get('/');
    expect(status).toBe(200);
    expect(running.log.lines.some(({ event, ids }) => event === 'portal.panel-failed' && (ids as { panel?: string }).panel === 'services.broken')).toBe(true);
    expect(JSON.stringify(running.log.lines)).not.toContain('canary');
  });
  it('shows a resident their own affairs before what most people want, and nobody else', async () => {
    const { text } = await (await resident()).get('/');
    expect(text).toContain('id="yours-1">Your open cases</h2>');
    expect(text.indexOf('A hole in Mill Lane')).toBeGreaterThan(0);
    expect(text.indexOf('A hole in Mill Lane')).toBeLessThan(text.indexOf('id="most-used"'));
    expect((await running.visitor().get('/')).text).not.toContain('Your open cases');
  });
  it('is in the council’s own first language, with its own modules only', async () => {
    const { text } = await running.visitor('glanafon').get('/');
    expect(text).toContain('<html lang="cy"');
    expect(text).toContain('Beth sydd ei angen arnoch?');
    expect(text).not.toContain('action="/services"');
    expect(text).not.toContain('Mewngofnodi');
  });
  it('changes language where one stands', async () => {
    const visitor = running.visitor();
    const { text } = await visitor.get('/services?q=pothole&lang=cy');
    expect(text).toContain('Gwasanaethau ar gyfer “pothole”');
    expect(text).toContain('href="/services?q=pothole&amp;lang=en"');
    expect((await visitor.get('/services')).text).toContain('Gwasanaethau A i Y');
  });
});

describe('the list of services', () => {
  it('stands under its letters, in the alphabet of the language', async () => {
    const english = (await running.visitor().get('/services')).text;
    expect(english).toContain('<h2 class="govuk-heading-l" id="letter-c">C</h2>');
    expect(english).toContain('<h2 class="govuk-heading-l" id="letter-m">M</h2>');
    expect(english).toContain('Chalk &lt;board&gt;');
    const welsh = (await running.visitor().get('/services?lang=cy')).text;
    expect(welsh).toContain('<h2 class="govuk-heading-l" id="letter-ch">Ch</h2>');
    expect(welsh.indexOf('id="letter-c"')).toBeLessThan(welsh.indexOf('id="letter-ch"'));
  });
  it('can be narrowed to a subject or to some words', async () => {
    const subject = (await running.visitor().get('/services?category=bins-and-recycling')).text;
    expect(subject).toContain('Missed bin');
    expect(subject).not.toContain('Pothole');
    const found = (await running.visitor().get('/services?q=potole')).text;
    expect(found).toContain('Pothole in one sentence');
    expect(found).toContain('value="potole"');
  });
  it('says what next when nothing fits, and prints what was typed as text', async () => {
    const { text } = await running.visitor().get(`/services?q=${encodeURIComponent('<script>zzz')}`);
    expect(text).toContain('No service fits “&lt;script&gt;zzz”');
    expect(text).toContain('01632 960000');
    expect((await running.visitor().get('/services?q=a&q=b')).status).toBe(200);
  });
});

describe('your area', () => {
  const asks = async (fields: Record<string, string>, slug?: string): Promise<Answer> => {
    const visitor = running.visitor(slug);
    await visitor.get('/');
    await visitor.get('/your-area');
    return visitor.request('/your-area', { form: fields });
  };
  it('is asked for by a form, and shown in the other language by the same: where somebody lives stands in no address', async () => {
    const visitor = running.visitor();
    for (const page of ['/', '/your-area']) expect((await visitor.get(page)).text).toMatch(/<form[^>]* method="post" action="\/your-area"/);
    expect((await visitor.get('/your-area?postcode=ZZ99+9AD')).text).not.toContain('West Testing');
    const { text } = await visitor.post('/your-area', { postcode: 'zz99 9ad' });
    expect(text.match(/(href|action)="[^"]*(zz99|uprn)[^"]*"/gi)).toBeNull();
    expect(text).toMatch(/<form method="post" action="\/your-area\?lang=cy">.*<input type="hidden" name="postcode" value="zz99 9ad">.*Cymraeg<\/button>/);
    const welsh = (await visitor.post('/your-area?lang=cy', { postcode: 'zz99 9ad' })).text;
    expect(welsh).toContain('<html lang="cy"');
    expect(welsh).toContain('ZZ99 9AD');
    expect(welsh).toMatch(/Rownd finiau\s*<\/dt>\s*<dd[^>]*>\s*Dydd Mawrth/);
  });
  it('lists the addresses of a postcode, and tells of the one chosen', async () => {
    const list = (await asks({ postcode: 'zz999ad' })).text;
    expect(list).toContain('ZZ99 9AD');
    expect(list).toContain('West Testing');
    const [, uprn = ''] = /name="uprn" value="(\d+)"/.exec(list) ?? [];
    expect(uprn).not.toBe('');
    const one = (await asks({ postcode: 'ZZ99 9AD', uprn })).text;
    expect(one).toMatch(/Thursday for \d+ in West Testing/);
    expect(one).toContain('Bin days');
  });
  it('names the zones of an address, and of a postcode those in which all of its addresses lie', async () => {
    const zonesIn = (text: string): string[] => [...text.slice(0, text.indexOf('</dl>')).matchAll(/<dt[^>]*>\s*([^<]*?)\s*<\/dt>\s*<dd[^>]*>\s*([^<]*?)\s*<\/dd>/g)].map(([, title, name]) => `${title}: ${name}`);
    expect(zonesIn((await asks({ postcode: 'ZZ99 9AD' })).text)).toEqual(['Electoral ward: West Testing', 'Bin round: Tuesday', 'Conservation area: Old Village', 'Conservation area: High Street']);
    expect(zonesIn((await asks({ postcode: 'ZZ99 9AA' })).text)).toEqual(['Electoral ward: West Testing', 'Bin round: Tuesday', 'Conservation area: Old Village']);
  });
  it('names the councillors of the ward, and who looks after what', async () => {
    const { text } = await asks({ postcode: 'ZZ99 9AD' });
    expect(text).toContain('Cllr Pat Example');
    expect(text).not.toContain('Cllr Lee Elsewhere');
    expect(text).toContain('<a class="govuk-link" href="https://county.example/">The county council</a>');
  });
  it('asks for the house number where a postcode has many addresses', async () => {
    const many = (await asks({ postcode: 'ZZ99 9AA' })).text;
    expect(many).toContain('House number or name');
    expect(many).toMatch(/Show all 1\d addresses/);
    const one = (await asks({ postcode: 'ZZ99 9AA', building: '7' })).text;
    expect([...one.matchAll(/name="uprn" value="\d+">([^<]+)</g)].map(([, address]) => address)).toEqual([expect.stringMatching(/^7 High Street/)]);
    expect((await asks({ postcode: 'ZZ99 9AA', building: '<b>' })).text).toContain('fits “&lt;b&gt;”');
  });
  it('gives as examples what this council has: words that find its services, and a postcode that is found', async () => {
    const home = (await running.visitor().get('/')).text;
    const [, words = ''] = /id="q-hint">For example, ([^<]+)</.exec(home) ?? [];
    for (const word of words.split(', ')) expect((await running.visitor().get(`/services?q=${encodeURIComponent(word)}`)).text).not.toContain('No service fits');
    const [, postcode = ''] = /id="postcode-hint"[^>]*>\s*For example, ([A-Z0-9 ]+)/.exec((await running.visitor().get('/your-area')).text) ?? [];
    expect((await asks({ postcode: postcode.trim() })).text).toContain('Electoral ward');
  });
  it('says how to write a postcode when it is none', async () => {
    expect((await asks({ postcode: 'nonsense' })).text).toContain('<title>Error: Your area');
    expect((await asks({ postcode: '' })).text).toContain('Enter a postcode');
    expect((await running.visitor().get('/your-area')).text).not.toContain('govuk-error-summary');
  });
  it('says so when a postcode is unknown, or belongs to another council', async () => {
    expect((await asks({ postcode: 'ZZ99 1AA' })).text).toContain('We do not know any address with the postcode ZZ99 1AA');
    expect((await asks({ postcode: 'ZZ99 9AD' }, 'elsewhere')).text).toContain('This place is not in our area');
  });
  it('says so when addresses cannot be had', async () => {
    SomeAddresses.isDown = true;
    const { status, text } = await asks({ postcode: 'ZZ99 9AD' });
    SomeAddresses.isDown = false;
    expect([status, text.includes('We cannot look up addresses just now')]).toEqual([200, true]);
    expect((await asks({ postcode: 'ZZ99 9AD' }, 'glanafon')).text).toContain('Ni allwn chwilio am gyfeiriadau');
  });
});

describe('the account', () => {
  it('is for residents who have signed in; others are led to sign in and back', async () => {
    const answer = await running.visitor().request('/account');
    expect([answer.status, answer.headers['location']]).toEqual([303, '/sign-in?next=%2Faccount']);
  });
  it('begins with what waits, the soonest first, then the sections in their order', async () => {
    const { text } = await (await resident()).get('/account');
    const order = ['Waiting for you', 'Pay £55.00', 'by Friday 4 December 2026', 'Answer a question', 'Payments', 'Cases (2)', '&lt;Your pothole&gt;'];
    expect(order.map((words) => text.indexOf(words))).toEqual([...order.map((words) => text.indexOf(words))].sort((a, b) => a - b));
    expect(order.every((words) => text.includes(words))).toBe(true);
    expect(text).toContain('<a class="gh-header__tool" href="/account">Your account</a>');
  });
});

describe('the pages that every site must have', () => {
  const required = {
    '/accessibility': ['committed to making its website accessible', 'Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018', 'Web Content Accessibility Guidelines version 2.2 AA', 'Feedback and contact details', 'Enforcement procedure', 'Equality Advisory and Support Service', 'prepared on 23 November 2026', 'last tested on 23 November 2026', 'Content that is not within the scope'],
    '/privacy': ['is the controller', 'data protection officer', 'Taking your payment', 'Contract', '6 years', 'The bank', 'Keeping this website safe', 'Your rights', 'Information Commissioner’s Office'],
    '/cookies': ['__Host-session', '__Host-form', '__Host-language'],
    '/contact': ['01632 960000', 'help@riverbourne.example', 'Town Hall', '<strong>999</strong>', '18001'],
  };
  it.each(Object.entries(required))('%s says all that it must', async (address, words) => {
    const { status, text } = await running.visitor().get(address);
    expect(status).toBe(200);
    for (const word of words) expect(text).toContain(word);
  });
  it('are linked from the footer of every page, with what modules add', async () => {
    const { text } = await running.visitor().get('/contact');
    const footer = text.slice(text.indexOf('<footer'));
    expect([...footer.matchAll(/href="(\/[^"]+)"/g)].map(([, href]) => href)).toEqual(['/accessibility', '/privacy', '/cookies', '/our-data', '/contact']);
  });
  it('name every cookie that the kernel sets, and no other', async () => {
    const listed = [...(await running.visitor().get('/cookies')).text.matchAll(/>(__Host-[a-z]+)</g)].map(([, name]) => name).sort();
    const kernel = path.join(__dirname, '../../../kernel/module/src/http');
    const set = new Set(fs.readdirSync(kernel).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')).flatMap((file) => [...fs.readFileSync(path.join(kernel, file), 'utf8').matchAll(/'(__Host-[a-z]+)'/g)].map(([, name]) => name)));
    expect(listed).toEqual([...set].sort());
  });
  it('tell of what is not accessible, as the council declares it', async () => {
    const { text } = await running.visitor('glanafon').get('/accessibility?lang=en');
    for (const words of ['partially compliant', 'Old letters are scans. This fails WCAG 2.2 success criterion 1.1.1 Non-text content. We plan to mend it by 31 March 2027.', 'Disproportionate burden', 'Old films lack captions.', 'within 2 working days', 'The Centre tested it.']) expect(text).toContain(words);
    expect((await running.visitor('glanafon').get('/accessibility')).text).toContain('o fewn 2 ddiwrnod gwaith');
  });
});

describe('the desk’s navigation', () => {
  it('shows the areas that the officer may enter, where they are, and what is late', async () => {
    const { text } = await (await officer('adviser')).get('/desk/cases/RB-1');
    expect(text).toContain('<a href="/desk" aria-current="location" data-key="g w" data-key-name="Worklist">');
    expect(text).toContain('1,000+');
    expect(text).toContain('action="/desk/search"');
    expect(text).not.toContain('<a href="/desk/settings"');
    expect(text).toContain('Ada Adviser');
  });
  it('comes although a count is broken', async () => {
    const { status, text } = await (await officer('team-manager')).get('/desk');
    expect(status).toBe(200);
    expect(text).toContain('<a href="/desk/settings">Settings</a>');
  });
});

describe('errors', () => {
  it('are pages in the visitor’s language, with a reference and without anything of the inside', async () => {
    const { status, text } = await running.visitor().get('/no-such-page?lang=cy');
    expect(status).toBe(404);
    expect(text).toContain('Heb ddod o hyd i’r dudalen');
    expect((await running.visitor().get('/desk/no-such-page')).text).toContain('href="/desk/sign-in?next=%2Fdesk%2Fno-such-page"');
    const lost = await (await officer('adviser')).get('/desk/no-such-page');
    expect([lost.status, lost.text]).toEqual([404, expect.stringMatching(/Ada Adviser[^]*<a class="govuk-link" href="\/desk">Back to the desk: /)]);
    expect(lost.text).not.toContain('/sign-in');
    const fault = await running.visitor().get('/failing');
    expect(fault.status).toBe(500);
    expect(fault.text).toMatch(/Say that the reference is [0-9A-F]{4} [0-9A-F]{4}/);
    expect(fault.text).not.toContain('inside');
  });
});

describe('weight', () => {
  it('a first visit with stylesheet, script, emblem and theme stays below 60 kB, a later page below 15 kB', async () => {
    const { brotliCompressSync } = await import('node:zlib');
    const visitor = running.visitor();
    const { text } = await visitor.get('/');
    const files = [...new Set([...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, file]) => file as string))];
    expect(files.length).toBeGreaterThanOrEqual(4);
    let bytes = brotliCompressSync(text).length;
    for (const file of files) {
      const { status, headers } = await visitor.request(file, { headers: { 'accept-encoding': 'br' } });
      expect([status, headers['content-encoding'], headers['cache-control']]).toEqual([200, 'br', 'public, max-age=31536000, immutable']);
      bytes += Number(headers['content-length']);
    }
    expect(bytes).toBeLessThan(60_000);
    for (const later of ['/services', '/privacy', '/accessibility', '/your-area']) expect(brotliCompressSync((await visitor.get(later)).text).length).toBeLessThan(15_000);
    expect(brotliCompressSync((await visitor.post('/your-area', { postcode: 'ZZ99 9AD' })).text).length).toBeLessThan(15_000);
  });
});

describe('the content security policy', () => {
  it.each(['/', '/services', '/your-area', '/nothing-here'])('of %s allows the one script inside the page, by its hash, and no other', async (path) => {
    const { headers, text } = await running.visitor().get(path);
    const inside = [...text.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].filter(([, attributes = '']) => !/\ssrc=/.test(attributes)).map(([, , script = '']) => script);
    expect(inside).toHaveLength(1);
    const hash = createHash('sha256').update(inside[0] ?? '').digest('base64');
    expect(headers['content-security-policy']?.split('; ')).toContain(`script-src 'self' 'sha256-${hash}'`);
    expect(text).not.toMatch(/<[^>]+\son\w+=|(?:href|src|action)="\s*javascript:/i);
  });
});
