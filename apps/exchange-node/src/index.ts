export { exchangeNode } from './node-config';
export type { NodeConfig } from './node-config';
