export { sandboxSession } from './sandbox-session';
export type { SandboxSessionOptions } from './sandbox-session';
