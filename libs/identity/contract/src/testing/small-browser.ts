/** A browser small enough for a spec of a redirecting provider: cookies, redirects, forms; every origin of its own. @public */
export class SmallBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** Opens an address and follows redirects as long as they stay at `origin`; returns where it ended. */
  async open(address: string, origin: string, form?: URLSearchParams): Promise<{ url: URL; status: number; body: string }> {
    let url = new URL(address);
    let body: URLSearchParams | undefined = form;
    for (let hops = 0; hops < 10; hops++) {
      if (url.origin !== origin) return { url, status: 0, body: '' };
      const response = await fetch(url, { method: body ? 'POST' : 'GET', body, redirect: 'manual', headers: { cookie: this.#cookieHeader(url) } });
      this.#keep(url, response.headers.getSetCookie());
      const location = response.headers.get('location');
      if (!location) return { url, status: response.status, body: await response.text() };
      await response.arrayBuffer();
      url = new URL(location, url);
      body = undefined;
    }
    throw new Error(`Too many redirects, the last to ${url.href}`);
  }

  #cookieHeader(url: URL): string {
    return [...this.#cookies.get(url.origin) ?? []].map(([name, value]) => `${name}=${value}`).join('; ');
  }
  #keep(url: URL, lines: readonly string[]): void {
    const jar = this.#cookies.get(url.origin) ?? new Map<string, string>();
    this.#cookies.set(url.origin, jar);
    for (const line of lines) {
      const [pair = ''] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      if (/expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name); else jar.set(name, value.join('='));
    }
  }
}
