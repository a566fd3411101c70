import { definePermission } from '@guildhall/kernel-contract';
import { deskStartOf } from './desk-start';

describe('where the desk begins', () => {
  const forAll = definePermission('kit.see', 'See', ['adviser', 'case-officer', 'team-manager']);
  const forManagers = definePermission('kit.manage', 'Manage', ['team-manager']);
  const areas = [{ href: '/desk', order: 100, permission: forAll }, { href: '/desk/assist', order: 200, startFor: ['adviser'] as const, permission: forAll }];
  it.each([[['adviser'], '/desk/assist'], [['adviser', 'case-officer'], '/desk'], [['team-manager'], '/desk'], [[], '/desk']])('for %j is %s', (roles, href) => expect(deskStartOf(areas, roles)).toBe(href));
  it('is the worklist where no area is anybody’s start', () => expect(deskStartOf(areas.slice(0, 1), ['adviser'])).toBe('/desk'));
  it.each([[['team-manager'], '/desk/sharing'], [['adviser'], '/desk/credentials'], [[], '/desk']])('for %j is %s where there is no worklist', (roles, href) => {
    expect(deskStartOf([{ href: '/desk/credentials', order: 810, permission: forAll }, { href: '/desk/sharing', order: 700, permission: forManagers }], roles)).toBe(href);
  });
});
