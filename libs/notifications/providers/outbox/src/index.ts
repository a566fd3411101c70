export { outbox } from './outbox.provider';
export type { OutboxOptions } from './outbox.options';
