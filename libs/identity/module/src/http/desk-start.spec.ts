import { deskStartOf } from './desk-start';

describe('where the desk begins', () => {
  const areas = [{ href: '/desk', order: 100 }, { href: '/desk/assist', order: 200, startFor: ['adviser'] as const }];
  it.each([[['adviser'], '/desk/assist'], [['adviser', 'case-officer'], '/desk'], [['team-manager'], '/desk'], [[], '/desk']])('for %j is %s', (roles, href) => expect(deskStartOf(areas, roles)).toBe(href));
  it('is the worklist where no area is anybody’s start', () => expect(deskStartOf(areas.slice(0, 1), ['adviser'])).toBe('/desk'));
});
