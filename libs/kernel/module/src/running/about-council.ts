import type { Council, ProviderInstallation } from '@guildhall/kernel-contract';

/** Where a council's pages are, and whom one can be there: what its own providers say, not what a companion could do for others. */
export function aboutCouncil({ council, providerInstallations, installations }: { readonly council: Pick<Council, 'name' | 'languages' | 'origin'>; readonly providerInstallations: readonly Pick<ProviderInstallation, 'hints' | 'page'>[]; readonly installations: Pick<ReadonlyMap<string, unknown>, 'has'> }): readonly string[] {
  const hints = providerInstallations.flatMap((provider) => provider.hints ?? []);
  const pages = providerInstallations.flatMap(({ page }) => (page ? [`    ${page.title.padEnd(11)} ${council.origin}${page.path}`] : []));
  return [`  ${council.name[council.languages[0]]}`, ...(letsSignIn({ installations }) ? [`    residents   ${council.origin}/`, `    officers    ${council.origin}/desk`] : [`    address     ${council.origin}`]), ...pages, ...hints.map((hint) => `    sign in     ${hint}`)];
}

/** Whether people sign in there at all: to a node that only exchanges with other bodies nobody does. */
export function letsSignIn({ installations }: { readonly installations: Pick<ReadonlyMap<string, unknown>, 'has'> }): boolean { return installations.has('identity'); }
