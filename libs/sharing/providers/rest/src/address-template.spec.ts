import { AddressTemplate } from './address-template';

const people = new AddressTemplate('https://office.example/api/people/{id}', '{id}');
const search = new AddressTemplate('https://office.example/api/people?number={id}&all=no', '{id}');

describe('the address of one person', () => {
  it.each([
    ['CT-1001', 'CT-1001'], ['12/345', '12%2F345'], ['a b', 'a%20b'], ['a?b=c#d', 'a%3Fb%3Dc%23d'], ['100%', '100%25'], ['%2e%2e', '%252e%252e'], ['a&b', 'a%26b'], ['a\\b', 'a%5Cb'], ["O'Brien (2)!*", 'O%27Brien%20%282%29%21%2A'], ['//evil.example', '%2F%2Fevil.example'], ['@evil.example', '%40evil.example'],
    ['Siân', 'Si%C3%A2n'], ['$&', '%24%26'], ['{id}', '%7Bid%7D'], ['...', '...'], ['1.2', '1.2'],
  ])('of %j has it in its place as %s', (id, written) => {
    expect(people.of(id)).toBe(`https://office.example/api/people/${written}`);
    expect(search.of(id)).toBe(`https://office.example/api/people?number=${written}&all=no`);
    const url = new URL(search.of(id) ?? '');
    expect([url.origin, url.pathname, url.searchParams.get('number'), url.searchParams.get('all'), url.hash]).toEqual(['https://office.example', '/api/people', id, 'no', '']);
  });
  it.each(['', '.', '..', '../admin', 'a/../b', '..\\..\\admin', './a', 'a/.', '\0', 'a\n', 'a\u0085', '\ud800', 'x'.repeat(201)])('of %j there is none', (id) => {
    expect(people.of(id)).toBeUndefined();
    expect(search.of(id)).toBeUndefined();
  });
  it('is never another part of the path, whatever stands beside it', () => {
    expect(new AddressTemplate('https://office.example/api/.{id}', '{id}').of('.')).toBeUndefined();
    expect(new AddressTemplate('https://office.example/api/{id}.json', '{id}').of('a')).toBe('https://office.example/api/a.json');
  });
});

describe('an address that cannot work is refused', () => {
  it.each([
    ['https://office.example/api', 'must have {id} in it once'], ['https://office.example/{id}/{id}', 'must have {id} in it once'], ['https://office.example/{id}/{day}', 'no other braces'], ['office/{id}', 'is none'], ['http://office.example/{id}', 'must begin with https://'], ['ftp://office.example/{id}', 'must begin with https://'],
    ['http://localhost.evil.example/{id}', 'must begin with https://'], ['https://{id}.office.example/', 'in the path or the query'], ['https://office.example:4{id}/', 'in the path or the query'], ['https://office.example/#{id}', 'in the path or the query'], ['https://office.example{id}', 'in the path or the query'],
    ['https://Office.example/{id}', 'must be written as it is called'], ['https://office.example:443/{id}', 'must be written as it is called'], ['https://office.example/a b/{id}', 'must be written as it is called'], ['https://office.example/a/../{id}', 'must be written as it is called'],
  ])('%s: %s', (address, sentence) => expect(() => new AddressTemplate(address, '{id}')).toThrow(sentence));
  it('without a word of the password in it', () => expect(() => new AddressTemplate('https://reads:hunter2@office.example/{id}', '{id}')).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') as string })));
  it.each(['http://localhost:4000/{id}', 'http://office.localhost:4000/{id}', 'http://127.0.0.1:4000/{id}', 'http://[::1]:4000/{id}'])('but not %s, on this machine', (address) => expect(new AddressTemplate(address, '{id}').isHere).toBe(true));
});
