import type { FooterLink } from '@guildhall/portal-contract';

/** The register can be found from every page. */
export const registerInFooter: FooterLink = { id: 'sharing.register', order: 500, titleKey: 'sharing.register.link', href: '/sharing/register' };
