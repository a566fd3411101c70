export { redirectSignInKit } from './redirect-sign-in-kit';
export type { FarEndPerson, RedirectSignInHarness } from './redirect-sign-in-kit';
export { codeSignInKit } from './code-sign-in-kit';
export type { CodeSignInHarness } from './code-sign-in-kit';
export { STAFF, TEAMS, identityKit } from './identity-kit';
export type { IdentityHarness } from './identity-kit';
export { InMemoryIdentity, inMemoryIdentity } from './in-memory-identity';
export { SmallBrowser } from './small-browser';
