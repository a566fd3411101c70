import type { Council, ProviderInstallation } from '@guildhall/kernel-contract';

/** Where a council's pages are, and whom one can be there: what its own providers say, not what a companion could do for others. */
export function aboutCouncil({ council, providerInstallations }: { readonly council: Pick<Council, 'name' | 'languages' | 'origin'>; readonly providerInstallations: readonly Pick<ProviderInstallation, 'hints' | 'page'>[] }): readonly string[] {
  const hints = providerInstallations.flatMap((provider) => provider.hints ?? []);
  const pages = providerInstallations.flatMap(({ page }) => (page ? [`    ${page.title.padEnd(11)} ${council.origin}${page.path}`] : []));
  return [`  ${council.name[council.languages[0]]}`, `    residents   ${council.origin}/`, `    officers    ${council.origin}/desk`, ...pages, ...hints.map((hint) => `    sign in     ${hint}`)];
}
