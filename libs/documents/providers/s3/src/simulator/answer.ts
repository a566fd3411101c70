import type { Readable } from 'node:stream';

/** What is answered: XML, a stream, or headers alone. */
export interface Answer { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly xml?: string; readonly stream?: Readable }
