import { NotAllowed, Unavailable, type Outbound, type OutboundRequest } from '@guildhall/kernel-contract';
import { fetchPhoto, type FetchPhotoOptions, type NotFetched } from './fetch-photo';

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

const fetched = (outbound: Outbound, url: string, options: Partial<FetchPhotoOptions> = {}): Promise<Uint8Array | NotFetched> => fetchPhoto(outbound, url, { secondsLeft: () => 60, ...options });

describe('a photo behind an address', () => {
  it('is fetched, with a time-out, a limit, and from public addresses only', async () => {
    const outbound = outboundOf({ 'https://photos.example/1.jpg': { body: 'picture' } });
    expect(Buffer.from((await fetched(outbound, 'https://photos.example/1.jpg')) as Uint8Array).toString()).toBe('picture');
    expect(outbound.asked[0]?.[1]).toMatchObject({ onlyPublic: { allowsHttp: true }, timeoutInSeconds: 10, mostBytes: 12 * 1024 * 1024 });
  });
  it('is followed where it leads, each place looked at anew, and not for ever', async () => {
    const outbound = outboundOf({ 'https://a.example/': { status: 302, location: '/b' }, 'https://a.example/b': { status: 301, location: 'https://c.example/' }, 'https://c.example/': { body: 'c' }, 'https://round.example/': { status: 302, location: 'https://round.example/' } });
    expect(Buffer.from((await fetched(outbound, 'https://a.example/')) as Uint8Array).toString()).toBe('c');
    expect(outbound.asked.every(([, request]) => request?.onlyPublic)).toBe(true);
    expect(await fetched(outbound, 'https://round.example/')).toBe('leads-on-and-on');
    expect(outbound.asked.length).toBe(3 + 4);
  });
  it('is left where it is when it leads to this machine, to a file, or nowhere', async () => {
    const outbound = outboundOf({ 'http://10.0.0.1/': new NotAllowed('not public'), 'https://sly.example/': { status: 302, location: 'http://10.0.0.1/' }, 'https://file.example/': { status: 302, location: 'file:///etc/hostname' }, 'https://gone.example/': { status: 404 } });
    expect([await fetched(outbound, 'http://10.0.0.1/'), await fetched(outbound, 'https://sly.example/'), await fetched(outbound, 'https://file.example/'), await fetched(outbound, 'https://gone.example/'), await fetched(outbound, 'https://nobody.example/')])
      .toEqual(['not-a-public-address', 'not-a-public-address', 'not-a-public-address', 'answers-with-no-photo', 'does-not-answer']);
  });
  it('may be where the council itself has named an origin', async () => {
    const outbound = outboundOf({ 'http://works.internal/1.jpg': { body: 'picture' } });
    await fetched(outbound, 'http://works.internal/1.jpg', { except: ['http://works.internal'] });
    expect(outbound.asked[0]?.[1]).toMatchObject({ onlyPublic: { except: ['http://works.internal'] } });
  });
  it('has no more time than is left, and is not asked for when none is', async () => {
    const outbound = outboundOf({ 'https://a.example/': { status: 302, location: '/b' } });
    const left = [4, 0];
    expect(await fetched(outbound, 'https://a.example/', { secondsLeft: () => left.shift() ?? 0 })).toBe('does-not-answer');
    expect(outbound.asked.map(([, request]) => request?.timeoutInSeconds)).toEqual([4]);
  });
});
