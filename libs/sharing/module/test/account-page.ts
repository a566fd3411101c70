import path from 'node:path';
import { Controller, Get, Module } from '@nestjs/common';
import { Ctx, ForResidents, defineModule, extensionsOf, page, type PageResult } from '@guildhall/kernel';
import type { Installation, RequestContext } from '@guildhall/kernel-contract';
import { ACCOUNT_SECTION } from '@guildhall/portal-contract';
import type { Visitor } from '@guildhall/kernel/testing';

@Controller('account')
class AccountController {
  @Get() @ForResidents()
  async show(@Ctx() ctx: RequestContext): Promise<PageResult> {
    const sections = await Promise.all(extensionsOf(ctx, ACCOUNT_SECTION).map((section) => section.load(ctx)));
    return page('account-page/account', { sections: sections.filter((section) => section !== undefined) });
  }
}
@Module({ controllers: [AccountController] })
class AccountPageModule {}

/** A resident's account with what modules put there, as the portal shows it. */
export function accountPage(): Installation { return defineModule({ id: 'account-page', version: '0.1.0', packageFolder: __dirname, nest: AccountPageModule, viewsFolder: path.join(__dirname, 'views') })(); }

const MAIN = /<main[\s\S]*<\/main>/;

/**
 * How many presses it takes at least from the account to the button that says this of an agreement, that button's press included: whatever links and buttons there are, the shortest way by them.
 * @returns undefined when no way leads there within as many pages as a site has
 */
export async function pressesTo(visitor: Visitor, agreementId: string, state: 'given' | 'withdrawn', from = '/account'): Promise<{ readonly presses: number; readonly way: readonly string[] } | undefined> {
  const seen = new Set<string>([from]);
  for (let pages: readonly (readonly string[])[] = [[from]]; pages.length > 0;) {
    const found: string[][] = [];
    for (const way of pages) {
      const main = MAIN.exec((await visitor.get(way.at(-1) ?? '')).text)?.[0] ?? '';
      const forms = [...main.matchAll(/<form method="post" action="([^"]+)"[\s\S]*?<\/form>/g)].filter(([form, action]) => action?.endsWith(`/agreements/${agreementId}`) && form.includes(`value="${state}" name="state"`));
      if (forms.length > 0) return { presses: way.length, way };
      for (const [, href = ''] of main.matchAll(/<a [^>]*href="(\/account[^"#]*)"/g)) {
        if (seen.has(href) || href.endsWith('/download')) continue;
        seen.add(href);
        found.push([...way, href]);
      }
    }
    pages = found;
  }
  return undefined;
}

/** Presses a switch on the page where it was found, as a browser without scripts does. */
export async function pressSwitch(visitor: Visitor, at: string, agreementId: string, state: 'given' | 'withdrawn'): Promise<Awaited<ReturnType<Visitor['get']>>> {
  const { text } = await visitor.get(at);
  const form = [...text.matchAll(/<form method="post" action="([^"]+)"[\s\S]*?<\/form>/g)].find(([whole, action]) => action?.endsWith(`/agreements/${agreementId}`) && whole.includes(`value="${state}" name="state"`));
  if (!form) throw new Error(`No switch on ${at} says ${state}.`);
  const back = /name="back" value="([^"]+)"/.exec(form[0])?.[1];
  return visitor.post(form[1] ?? '', { state, shown: /name="shown" value="([^"]+)"/.exec(form[0])?.[1] ?? '', ...(back !== undefined && { back }) });
}
