import { defineExtensionPoint, type FieldError } from '@guildhall/kernel-contract';

/** What went wrong with a request, as far as its sender may know it. @public */
export interface ProblemToTell { readonly status: number; readonly code: string; readonly detail?: string; readonly fields: readonly FieldError[] }

/** How errors read below a path whose protocol has an error format of its own. @public */
export interface ErrorFormat {
  /** With both slashes: `/open311/`. */
  readonly path: string;
  /** @param url the path with its query, as it was asked for */
  write(problem: ProblemToTell, url: string): { readonly status: number; readonly contentType: string; readonly body: string };
}
/** Where a module registers it: then also what is refused before any of its controllers (too large, too often, no such address) reads so. @public */
export const ERROR_FORMAT = defineExtensionPoint<ErrorFormat>('kernel.error-format');
