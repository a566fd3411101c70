import type { FooterLink } from '@guildhall/portal-contract';

/** What can be found from every page. */
export const catalogueInFooter: FooterLink = { id: 'catalogue.browse', order: 500, titleKey: 'catalogue.browse.link', href: '/catalogue' };
