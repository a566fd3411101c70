import { claimAt, textAt, textsAt } from './claims';

const CLAIMS = { name: ' Olwen ', empty: '  ', nul: 'a\0b', realm_access: { roles: ['a', 7, '', 'b'] }, 'https://claims.example/roles': ['c'], single: 'd', list: ['e'] };

describe('a claim', () => {
  it('is found by its name, by a path, and by a name that has dots in it', () => {
    expect(textAt(CLAIMS, 'name')).toBe('Olwen');
    expect(textsAt(CLAIMS, 'realm_access.roles')).toEqual(['a', 'b']);
    expect(textsAt(CLAIMS, 'https://claims.example/roles')).toEqual(['c']);
    expect(textsAt(CLAIMS, 'single')).toEqual(['d']);
  });

  it.each(['nothing', 'name.length', 'list.0', 'realm_access.roles.0', '__proto__', 'constructor', 'toString.name', ''])('called %j is none', (path) => {
    expect(claimAt(CLAIMS, path)).toBeUndefined();
  });

  it.each(['empty', 'nul', 'list', 'realm_access'])('called "%s" is no text', (name) => {
    expect(textAt(CLAIMS, name)).toBeUndefined();
  });
});
