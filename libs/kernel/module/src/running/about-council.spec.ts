import { aboutCouncil } from './about-council';

const council = { name: { en: 'Glanafon Council', cy: 'Cyngor Glanafon' }, languages: ['cy', 'en'], origin: 'http://localhost:3000' } as const;

it('says whom one can be as the council’s own providers say, in the council’s first language', () => {
  const lines = aboutCouncil({ council, providerInstallations: [{ hints: ['as an officer: Gwen Parry'] }, {}, { page: { title: 'messages', path: '/outbox' } }], installations: new Map([['identity', {}]]) });
  expect(lines).toContain('    residents   http://localhost:3000/');
  expect(lines[0]).toBe('  Cyngor Glanafon');
  expect(lines).toContain('    messages    http://localhost:3000/outbox');
  expect(lines.filter((line) => line.includes('sign in'))).toEqual(['    sign in     as an officer: Gwen Parry']);
});

it('speaks of no residents and no officers where nobody signs in, as at a node that only exchanges with other bodies', () => {
  expect(aboutCouncil({ council, providerInstallations: [], installations: new Map([['sharing', {}]]) })).toEqual(['  Cyngor Glanafon', '    address     http://localhost:3000']);
});
