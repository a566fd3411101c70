import { defineTemplate } from './template';
import type { MessageTemplate } from './template';
import { renderMessage } from './rendering/render-message';
import { toPlainText } from './rendering/plain-text';
import { messageOf } from './notifications-api';

const council = { origin: 'https://apps.riverbourne.example' };

const started = defineTemplate({
  id: 'garden-waste.subscription-started',
  title: { en: 'Your garden waste subscription', cy: 'Eich tanysgrifiad gwastraff gardd' },
  placeholders: { firstName: 'text', bins: 'list', isRenewal: 'flag', statusLink: 'link', note: 'paragraphs' },
  channels: {
    email: {
      subject: { en: 'Bins for ((first name))', cy: 'Biniau i ((First_Name))' },
      body: {
        en: '# Hello ((FIRST NAME))\n\n((is renewal??Thank you for renewing.))\n\nWe will empty:\n((bins))\n\n^ Look at https://www.riverbourne.example/bins.\n\n1. Put the bin out\n2. Take it in\n\n[See your subscription](((status link)))\n\n((note))\n\n---\n\nThe bins team',
        cy: '# Helo ((firstname))\n\n((is renewal??Diolch am adnewyddu.))\n\nByddwn yn gwagio:\n((bins))\n\n[Gweld eich tanysgrifiad](((status link)))\n\n((note))',
      },
    },
    sms: { body: { en: '((firstname)), we will empty ((bins)). ((isrenewal??Renewed. ))((statuslink)) ((note))', cy: '((firstname)), byddwn yn gwagio ((bins)). ((isrenewal??Adnewyddwyd. ))((statuslink)) ((note))' } },
  },
});
const values = { firstName: 'Ann', bins: ['one brown bin', 'one sack'], isRenewal: true, statusLink: '/status/RB-7K3F-92QD', note: 'First.\nSecond.\n\nThird.' };

const emailOf = (language: 'en' | 'cy' | 'both', changes: object = {}) => {
  const message = renderMessage(started, 'email', language, { ...values, ...changes }, council);
  if (message.channel !== 'email') throw new Error('not an e-mail');
  return message;
};

describe('message templates', () => {
  const anotherTemplate = (changes: Partial<MessageTemplate>): MessageTemplate => ({ id: 'a.b', title: { en: 'A', cy: 'A' }, placeholders: { name: 'text' }, channels: { sms: { body: { en: '((name))', cy: '((name))' } } }, ...changes });

  it.each([
    ['a placeholder that is not declared', { channels: { sms: { body: { en: '((name)) ((other))', cy: '((name))' } } } }, 'the sms body in "en" uses ((other)), which is not among its placeholders'],
    ['a placeholder used in one language only', { placeholders: { name: 'text', extra: 'text' }, channels: { sms: { body: { en: '((name)) ((extra))', cy: '((name))' } } } }, 'uses ((extra)) in English only'],
    ['a declared placeholder that nothing uses', { placeholders: { name: 'text', extra: 'text' } }, 'the placeholder extra is used nowhere'],
    ['an empty translation', { channels: { sms: { body: { en: '((name))', cy: ' ' } } } }, 'the sms body in "cy" is empty'],
    ['a condition on what is not a flag', { channels: { sms: { body: { en: '((name??x))', cy: '((name??x))' } } } }, 'only a flag decides'],
    ['a flag written as a word', { placeholders: { name: 'flag' } }, 'write ((name??words))'],
    ['two names that are one', { placeholders: { name: 'text', 'NA ME': 'text' } }, 'are the same but for case'],
    ['a subject of two lines', { channels: { email: { subject: { en: '((name))\nX', cy: '((name))' }, body: { en: 'b', cy: 'b' } } } }, 'the email subject in "en" must be one line'],
    ['no channel', { channels: {}, placeholders: {} }, 'it has no channel'],
    ['a malformed id', { id: 'Started' }, 'its id must be'],
    ['a text that is too long', { placeholders: {}, channels: { sms: { body: { en: 'x'.repeat(919), cy: 'x' } } } }, 'longer than 918'],
  ] as const)('refuse %s when declared', (_, changes, words) => {
    expect(() => defineTemplate(anotherTemplate(changes as Partial<MessageTemplate>))).toThrow(words);
  });

  it('find a placeholder whatever its case, spaces, hyphens and underscores', () => {
    expect(emailOf('en').subject).toBe('Bins for Ann');
    expect(emailOf('cy').subject).toBe('Biniau i Ann');
  });

  it('become plain text with headings, bullets, numbers, insets and links', () => {
    expect(toPlainText(emailOf('en').parts)).toBe([
      'Hello Ann\n---------', 'Thank you for renewing.', 'We will empty:', '* one brown bin\n* one sack', '  Look at https://www.riverbourne.example/bins.', '1. Put the bin out\n2. Take it in',
      'See your subscription: https://apps.riverbourne.example/status/RB-7K3F-92QD', 'First.\nSecond.', 'Third.', '---', 'The bins team',
    ].join('\n\n'));
  });

  it('leave the full stop after an address out of the link', () => {
    const inset = emailOf('en').parts[0]?.blocks.find((block) => block.kind === 'inset');
    expect(inset).toEqual({ kind: 'inset', children: [{ kind: 'words', words: 'Look at ' }, { kind: 'link', words: 'https://www.riverbourne.example/bins', address: 'https://www.riverbourne.example/bins' }, { kind: 'words', words: '.' }] });
  });

  it('put Welsh first when the wish is not known, each part under its own language', () => {
    const both = emailOf('both');
    expect(both.parts.map((part) => part.language)).toEqual(['cy', 'en']);
    expect(both.subject).toBe('Biniau i Ann / Bins for Ann');
    expect(both.title).toBe('Eich tanysgrifiad gwastraff gardd / Your garden waste subscription');
  });

  it.each(['yes', 'y', 'true', 't', '1', 'include', 'show', 'YES', ' True ', true])('show conditional words for %p', (flag) => {
    expect(toPlainText(emailOf('en', { isRenewal: flag }).parts)).toContain('Thank you for renewing.');
  });
  it.each(['no', 'n', 'false', 'f', '0', '', 'hide', 'yess', 'on', false])('hide conditional words for %p', (flag) => {
    expect(toPlainText(emailOf('en', { isRenewal: flag }).parts)).not.toContain('Thank you');
  });

  it('join a list in a sentence as each language does', () => {
    const text = (language: 'en' | 'cy', bins: string[]) => { const message = renderMessage(started, 'sms', language, { ...values, bins }, council); return message.channel === 'sms' ? message.text : ''; };
    expect(text('en', ['a', 'b', 'c'])).toContain('empty a, b and c. Renewed.');
    expect(text('cy', ['sach', 'un bin'])).toContain('gwagio sach ac un bin.');
    expect(text('cy', ['un bin', 'sach'])).toContain('gwagio un bin a sach.');
    expect(text('en', ['a'])).toContain('empty a.');
  });

  it('take the words of a value in the language of the message', () => {
    expect(emailOf('cy', { firstName: { en: 'resident', cy: 'breswylydd' } }).subject).toBe('Biniau i breswylydd');
  });

  describe('refuse values that do not fit', () => {
    it.each([
      ['missing', { firstName: undefined }, 'Missing value: firstName'],
      ['null', { firstName: null }, 'Missing value: firstName'],
      ['unknown', { nickname: 'x' }, 'has no placeholder "nickname"'],
      ['of the wrong kind: words for a list', { bins: 'one' }, 'bins must be a list'],
      ['of the wrong kind: a list for words', { firstName: ['x'] }, 'firstName must be words'],
      ['a list of what are not words', { bins: [1] }, 'bins must be a list of words'],
      ['a script as a link', { statusLink: 'javascript:alert(1)' }, 'statusLink must be a web address'],
      ['a link with another site behind a path', { statusLink: '//elsewhere.example/x' }, 'statusLink must be a web address'],
      ['a link with a backslash path', { statusLink: '/\\elsewhere.example' }, 'statusLink must be a web address'],
      ['a link with a password', { statusLink: 'https://council@elsewhere.example' }, 'statusLink must be a web address'],
      ['given twice', { FIRSTNAME: 'x' }, 'is given twice'],
    ])('%s', (_, changes, words) => {
      expect(() => emailOf('en', changes)).toThrow(words);
    });
    it('and name every one of them at once', () => {
      expect(() => emailOf('en', { firstName: undefined, bins: 'x' })).toThrow(expect.objectContaining({ code: 'invalid-input', fields: [expect.objectContaining({ field: 'values.firstName' }), expect.objectContaining({ field: 'values.bins' })] }));
    });
  });

  it('lead to pages in the language that they are written in, where the council’s first language is the other', () => {
    const linkIn = (languages: readonly ['en' | 'cy', ...('en' | 'cy')[]], language: 'en' | 'cy', statusLink: string): string => /https:[^\s"]+\/status\/[^\s"]+/.exec(JSON.stringify(renderMessage(started, 'sms', language, { ...values, statusLink }, { ...council, languages })))?.[0] ?? '';
    expect(linkIn(['en', 'cy'], 'cy', '/status/RB-7K3F-92QD?key=a')).toBe('https://apps.riverbourne.example/status/RB-7K3F-92QD?key=a&lang=cy');
    expect(linkIn(['en', 'cy'], 'en', '/status/RB-7K3F-92QD')).toBe('https://apps.riverbourne.example/status/RB-7K3F-92QD');
    expect(linkIn(['cy', 'en'], 'en', '/status/RB-7K3F-92QD')).toBe('https://apps.riverbourne.example/status/RB-7K3F-92QD?lang=en');
    expect(linkIn(['en', 'cy'], 'cy', 'https://elsewhere.example/status/1')).toBe('https://elsewhere.example/status/1');
  });
  describe('never let a value become markup', () => {
    it('neither a link, a heading, nor another placeholder', () => {
      const { parts, subject } = emailOf('en', { firstName: '[Win](https://elsewhere.example) ((bins)) # x', note: '# Not a heading\n* not a bullet\n[x](https://elsewhere.example)' });
      expect(subject).toBe('Bins for [Win](https: //elsewhere. example) ((bins)) # x');
      const links = parts.flatMap((part) => part.blocks).flatMap((block) => ('children' in block ? block.children : [])).filter((child) => child.kind === 'link');
      expect(links.map((link) => link.address)).toEqual(['https://www.riverbourne.example/bins', 'https://apps.riverbourne.example/status/RB-7K3F-92QD']);
      expect(parts[0]?.blocks.filter((block) => block.kind === 'heading')).toHaveLength(1);
    });
    it('nor a second line of a subject', () => {
      expect(emailOf('en', { firstName: 'Ann\r\nBcc: everybody@elsewhere.example' }).subject).toBe('Bins for Ann Bcc: everybody@elsewhere.example');
    });
    it.each([
      ['see www.elsewhere.example/prize now', 'see www. elsewhere. example/prize now'],
      ['Ann O\'Neill-Jones, Flat 2.1, 12 St Mary\'s', 'Ann O\'Neill-Jones, Flat 2.1, 12 St Mary\'s'],
      ['£45.00', '£45.00'], ['ann.jones@riverbourne.example', 'ann.jones@riverbourne.example'], ['RB-7K3F-92QD', 'RB-7K3F-92QD'], ['a\u202Eb\u0000c', 'a b c'],
    ])('nor an address in %p a link in the reader\'s program', (given, shown) => {
      expect(emailOf('en', { firstName: given }).subject).toBe(`Bins for ${shown}`);
    });
  });

  it('refuse a text message that its values make too long', () => {
    expect(() => renderMessage(started, 'sms', 'en', { ...values, note: 'x'.repeat(900) }, council)).toThrow('918 is the most');
  });

  it('refuse a channel that the template lacks', () => {
    expect(() => renderMessage(started, 'letter', 'en', values, council)).toThrow('has no letter');
  });

  it('make a message whose values the compiler checks', () => {
    const message = messageOf(started, { messageId: 'm', idempotencyKey: 'k', to: {}, language: 'en', values });
    expect(message.templateId).toBe('garden-waste.subscription-started');
    // @ts-expect-error a list is missing
    messageOf(started, { messageId: 'm', idempotencyKey: 'k', to: {}, language: 'en', values: { firstName: 'Ann', isRenewal: true, statusLink: '/x', note: '' } });
  });
});
