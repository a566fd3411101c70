import type { Council, ProviderInstallation } from '@guildhall/kernel-contract';

/** Where a council's pages are, and whom one can be there: what its own providers say, not what a companion could do for others. */
export function aboutCouncil({ council, providerInstallations }: { readonly council: Pick<Council, 'name' | 'languages' | 'origin'>; readonly providerInstallations: readonly Pick<ProviderInstallation, 'hints'>[] }): readonly string[] {
  const hints = providerInstallations.flatMap((provider) => provider.hints ?? []);
  return [`  ${council.name[council.languages[0]]}`, `    residents   ${council.origin}/`, `    officers    ${council.origin}/desk`, `    messages    ${council.origin}/outbox`, ...hints.map((hint) => `    sign in     ${hint}`)];
}
