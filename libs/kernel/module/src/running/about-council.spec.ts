import { definePort } from '@guildhall/kernel-contract';
import { aboutCouncil } from './about-council';

const council = { name: { en: 'Glanafon Council', cy: 'Cyngor Glanafon' }, languages: ['cy', 'en'], origin: 'http://localhost:3000' } as const;
const by = (id: string) => ({ port: definePort<unknown>(id, '0.1.0') });
const [residents, officers, messages] = [by('identity.resident-sign-in'), by('identity.officer-sign-in'), by('kit.messages')];

it('says whom one can be as the council’s own providers say, in the council’s first language', () => {
  const lines = aboutCouncil({ council, providerInstallations: [{ ...officers, hints: ['as an officer: Gwen Parry'] }, residents, { ...messages, page: { title: 'messages', path: '/outbox' } }] });
  expect(lines).toEqual(['  Cyngor Glanafon', '    residents   http://localhost:3000/', '    officers    http://localhost:3000/desk/sign-in', '    messages    http://localhost:3000/outbox', '    sign in     as an officer: Gwen Parry']);
});

it('speaks of no residents where none signs in, as at a node that only exchanges with other bodies, and of officers where they do', () => {
  expect(aboutCouncil({ council, providerInstallations: [messages] })).toEqual(['  Cyngor Glanafon', '    address     http://localhost:3000']);
  expect(aboutCouncil({ council, providerInstallations: [officers] })).toEqual(['  Cyngor Glanafon', '    address     http://localhost:3000', '    officers    http://localhost:3000/desk/sign-in']);
});
