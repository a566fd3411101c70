import { NotAllowed, Unavailable, type Outbound, type OutboundRequest } from '@guildhall/kernel-contract';
import { FetchPhoto } from './fetch-photo';

function outboundOf(pages: Readonly<Record<string, { status?: number; location?: string; body?: string } | Error>>): Outbound & { readonly asked: [string, OutboundRequest | undefined][] } {
  const asked: [string, OutboundRequest | undefined][] = [];
  return {
    asked,
    async fetch(url, request) {
      asked.push([url, request]);
      const page = pages[url] ?? new Unavailable('nobody there');
      if (page instanceof Error) throw page;
      const bytes = Buffer.from(page.body ?? '');
      return { status: page.status ?? 200, headers: (page.location === undefined ? {} : { location: page.location }) as Record<string, string>, bytes: () => bytes, text: () => bytes.toString(), json: () => undefined };
    },
  };
}

describe('a photo behind an address', () => {
  it('is fetched, with a time-out, a limit, and from public addresses only', async () => {
    const outbound = outboundOf({ 'https://photos.example/1.jpg': { body: 'picture' } });
    expect(Buffer.from((await new FetchPhoto(outbound).fetch('https://photos.example/1.jpg')) as Uint8Array).toString()).toBe('picture');
    expect(outbound.asked[0]?.[1]).toMatchObject({ onlyPublic: { allowsHttp: true }, timeoutInSeconds: 10, mostBytes: 12 * 1024 * 1024 });
  });
  it('is followed where it leads, each place looked at anew, and not for ever', async () => {
    const outbound = outboundOf({ 'https://a.example/': { status: 302, location: '/b' }, 'https://a.example/b': { status: 301, location: 'https://c.example/' }, 'https://c.example/': { body: 'c' }, 'https://round.example/': { status: 302, location: 'https://round.example/' } });
    expect(Buffer.from((await new FetchPhoto(outbound).fetch('https://a.example/')) as Uint8Array).toString()).toBe('c');
    expect(outbound.asked.every(([, request]) => request?.onlyPublic)).toBe(true);
    expect(await new FetchPhoto(outbound).fetch('https://round.example/')).toBe('leads-on-and-on');
    expect(outbound.asked.length).toBe(3 + 4);
  });
  it('is left where it is when it leads to this machine, to a file, or nowhere', async () => {
    const photos = new FetchPhoto(outboundOf({ 'http://10.0.0.1/': new NotAllowed('not public'), 'https://sly.example/': { status: 302, location: 'http://10.0.0.1/' }, 'https://file.example/': { status: 302, location: 'file:///etc/hostname' }, 'https://gone.example/': { status: 404 } }));
    expect([await photos.fetch('http://10.0.0.1/'), await photos.fetch('https://sly.example/'), await photos.fetch('https://file.example/'), await photos.fetch('https://gone.example/'), await photos.fetch('https://nobody.example/')])
      .toEqual(['not-a-public-address', 'not-a-public-address', 'not-a-public-address', 'answers-with-no-photo', 'does-not-answer']);
  });
});
