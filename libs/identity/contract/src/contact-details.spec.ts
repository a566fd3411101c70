import { normaliseEmail, normalisePhone, takesTexts } from './contact-details';

describe('an email address', () => {
  it.each([
    [' Mary.Jones@Post.Example ', 'mary.jones@post.example'],
    ['o’brien+bins@post.example', 'o’brien+bins@post.example'],
    ["o'brien@sub.post.example", "o'brien@sub.post.example"],
  ])('%j is compared as %j', (given, normal) => expect(normaliseEmail(given)).toBe(normal));

  it.each(['', 'mary', 'mary@', '@post.example', 'mary@post', 'ma ry@post.example', 'mary@post..example', 'ma..ry@post.example', '.mary@post.example', 'mary.@post.example', 'a@b@post.example', 'mary@-post.example', `${'a'.repeat(250)}@post.example`, 'mary@post.example\r\nBcc: x@y.example'])('%j is not one', (given) => expect(normaliseEmail(given)).toBeUndefined());
});

describe('a telephone number', () => {
  it.each([
    ['07700 900123', '+447700900123'],
    ['+44 (0)7700 900-123', '+447700900123'],
    ['0044 7700 900123', '+447700900123'],
    ['01632 960123', '+441632960123'],
    ['020 7946 0123', '+442079460123'],
    ['+353 20 912 3456', '+353209123456'],
    ['０７７００ ９００１２３', '+447700900123'],
  ])('%j is compared as %j', (given, normal) => expect(normalisePhone(given)).toBe(normal));

  it.each(['', '12', 'phone', '7700 900123', '+44 0', '0770090012345678', '07700 9OO123', '+0 1632 960123', '01632 96'])('%j is not one', (given) => expect(normalisePhone(given)).toBeUndefined());

  it('takes a text message when it is a mobile one', () => {
    expect(takesTexts('+447700900123')).toBe(true);
    expect(takesTexts('+447624900123')).toBe(true);
    expect(takesTexts('+447600900123')).toBe(false);
    expect(takesTexts('+441632960123')).toBe(false);
    expect(takesTexts('+353209123456')).toBe(true);
  });
});
