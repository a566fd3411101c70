import { createRequire } from 'node:module';

const { Visitor } = createRequire(import.meta.url)('@guildhall/kernel/testing');

/** Signs somebody in once, as they would by the pages, so that the council knows them. @param origin the council's @param person who they are at the practice sign-in */
export async function signsInOnce(origin, { who, name }) {
  const sites = new Map();
  const at = (url) => {
    if (!sites.has(url.host)) sites.set(url.host, new Visitor(Number(url.port), url.hostname));
    return sites.get(url.host);
  };
  const go = async (address, form) => {
    for (let [url, sent] = [new URL(address), form], hops = 0; hops < 20; hops++) {
      const answer = await at(url).request(`${url.pathname}${url.search}`, sent ? { form: sent } : {});
      if (answer.status < 300 || answer.status >= 400) return { url, ...answer };
      [url, sent] = [new URL(answer.headers.location, url), undefined];
    }
    throw new Error(`Signing in at ${origin} leads from page to page.`);
  };
  const start = await go(`${origin}/sign-in?next=/account`);
  const action = /action="(\/sign-in\/with\/[^"]+)"/.exec(start.text)?.[1]?.replaceAll('&amp;', '&');
  if (!action) throw new Error(`${origin} has no practice sign-in.`);
  const people = await go(new URL(action, start.url), {});
  let page = await go(people.url, { choice: `resident-${who}` });
  if (page.url.pathname === '/sign-in/details') page = await go(page.url, { language: 'en', ...(page.text.includes('name="name"') && { name }) });
  if (page.url.pathname !== '/account') throw new Error(`${who} could not sign in at ${origin}: ${page.url.href} answered ${page.status}.`);
}
