import { PageRenderer, page } from '@guildhall/kernel';
import type { FormBody, PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';

/** A mistake in a form: at which field, and which of our messages says what to do. */
export interface FormFault { readonly field: string; readonly key: string }

/** Shows a form again with what is wrong in it. */
@Injectable()
export class Forms {
  constructor(@Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  show(ctx: RequestContext, view: string, data: object, faults: readonly FormFault[] = [], gotAt?: string): PageResult {
    return page(view, { ...data, errors: faults.map(({ field, key }) => ({ field, message: this.renderer.messages.t(ctx, `identity.errors.${key}`) })) }, { gotAt });
  }
}

/** One field as it was typed; the first when a form has it twice. */
export function fieldOf(form: FormBody, name: string): string {
  const value = form[name];
  return (typeof value === 'string' ? value : value?.[0] ?? '').trim();
}

/** The query as text; whatever came twice counts once. */
export function queryOf(query: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' ? value : Array.isArray(value) && typeof value[0] === 'string' ? value[0] : undefined;
}
