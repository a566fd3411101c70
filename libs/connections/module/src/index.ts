export { connections } from './connections.module';
export { SEE_CONNECTIONS } from './permissions';
