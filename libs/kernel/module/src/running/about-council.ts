import type { Council, ProviderInstallation } from '@guildhall/kernel-contract';

/** Where a council's pages are, and whom one can be there: what its own providers say, not what a companion could do for others. */
export function aboutCouncil({ council, providerInstallations }: { readonly council: Pick<Council, 'name' | 'languages' | 'origin'>; readonly providerInstallations: readonly Pick<ProviderInstallation, 'port' | 'hints' | 'page'>[] }): readonly string[] {
  const hints = providerInstallations.flatMap((provider) => provider.hints ?? []);
  const pages = providerInstallations.flatMap(({ page }) => (page ? [`    ${page.title.padEnd(11)} ${council.origin}${page.path}`] : []));
  return [
    `  ${council.name[council.languages[0]]}`, letsSignIn('resident', { providerInstallations }) ? `    residents   ${council.origin}/` : `    address     ${council.origin}`,
    ...(letsSignIn('officer', { providerInstallations }) ? [`    officers    ${council.origin}/desk/sign-in`] : []), ...pages, ...hints.map((hint) => `    sign in     ${hint}`),
  ];
}

/** Whether these people sign in there at all: to a node that only exchanges with other bodies no resident does. */
export function letsSignIn(who: 'resident' | 'officer', { providerInstallations }: { readonly providerInstallations: readonly Pick<ProviderInstallation, 'port'>[] }): boolean {
  return providerInstallations.some(({ port }) => port.id === `identity.${who}-sign-in`);
}
