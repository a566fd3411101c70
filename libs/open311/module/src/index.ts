export { open311 } from './open311.module';
export type { Open311Options } from './options';
