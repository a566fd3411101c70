export { sandboxRedirect } from './sandbox-redirect';
export type { SandboxRedirectOptions } from './sandbox-redirect';
