/** Now or soon: a far end in memory answers at once, one behind HTTP does not. @public */
export type Awaitable<Value> = Value | Promise<Value>;
