export { open311Client } from './open311-client';
export type { Open311ClientOptions } from './open311-client.options';
