import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { component, contentDigest, signMessage, signatureBase, verifyMessage, type Fields, type HttpRequest, type HttpResponse, type Item, type Verifying } from './index';

/** The key of RFC 9421, appendix B.1.4, which is everybody's. */
const TEST_KEY = createPrivateKey('-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n');
const TEST_REQUEST: HttpRequest = {
  method: 'POST', targetUri: 'https://example.com/foo?param=Value&Pet=dog',
  fields: { Host: 'example.com', Date: 'Tue, 20 Apr 2021 02:07:55 GMT', 'Content-Type': 'application/json', 'Content-Length': '18' },
};
const valueIn = (message: HttpRequest | HttpResponse, item: Item): string => signatureBase(message, { items: [item], parameters: new Map() }).split('\n')[0] ?? '';
const request = (targetUri: string, fields: Fields = {}): HttpRequest => ({ method: 'GET', targetUri, fields });

describe('the parts of a message that are signed (RFC 9421)', () => {
  it.each<[string, Item, string]>([
    ['@method', component('@method'), '"@method": GET'], ['@target-uri', component('@target-uri'), '"@target-uri": https://www.Example.com:443/path?param=value'], ['@authority', component('@authority'), '"@authority": www.example.com'],
    ['@scheme', component('@scheme'), '"@scheme": https'], ['@request-target', component('@request-target'), '"@request-target": /path?param=value'], ['@path', component('@path'), '"@path": /path'], ['@query', component('@query'), '"@query": ?param=value'],
  ])('2.2: derives %s', (_name, item, line) => expect(valueIn(request('https://www.Example.com:443/path?param=value'), item)).toBe(line));
  it('2.2.6 and 2.2.7: have a path and a query where an address has neither', () => {
    expect([component('@path'), component('@query')].map((item) => valueIn(request('https://www.example.com'), item))).toEqual(['"@path": /', '"@query": ?']);
  });
  it('2.2.8: take parameters of the query once each, in percent-encoding', () => {
    const parameter = (query: string, name: string): string => valueIn(request(`https://www.example.com/path?${query}`), component('@query-param', { name }));
    expect(['baz', 'qux', 'param'].map((name) => parameter('param=value&foo=bar&baz=batman&qux=', name))).toEqual(['"@query-param";name="baz": batman', '"@query-param";name="qux": ', '"@query-param";name="param": value']);
    const odd = 'var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something';
    expect(['var', 'bar', 'fa%C3%A7ade%22%3A%20'].map((name) => parameter(odd, name))).toEqual(['"@query-param";name="var": this%20is%20a%20big%0Amultiline%20value', '"@query-param";name="bar": with%20plus%20whitespace', '"@query-param";name="fa%C3%A7ade%22%3A%20": something']);
    for (const query of ['a=1&a=2', 'b=1']) expect(() => parameter(query, 'a')).toThrow(SyntaxError);
  });
  it('2.1: take fields whatever their case, trimmed and joined', () => {
    const fields = { 'X-Empty': '', 'Cache-Control': ['max-age=60', '   must-revalidate'], 'X-Folded': 'Obsolete\r\n    line folding.', DATE: ' Tue, 20 Apr 2021 02:07:56 GMT ' };
    expect(Object.keys(fields).map((name) => valueIn(request('https://a.example/', fields), component(name.toLowerCase())))).toEqual(['"x-empty": ', '"cache-control": max-age=60, must-revalidate', '"x-folded": Obsolete line folding.', '"date": Tue, 20 Apr 2021 02:07:56 GMT']);
  });
  it('2.1.2: take one member of a dictionary, and 2.1.3: each line as bytes', () => {
    const fields = { 'Example-Dict': '  a=1,    b=2;x=1;y=2,   c=(a   b   c), d', 'Example-Header': ['value, with, lots', 'of, commas'] };
    const at = request('https://a.example/', fields);
    expect(['a', 'd', 'b', 'c'].map((key) => valueIn(at, component('example-dict', { key })))).toEqual(['"example-dict";key="a": 1', '"example-dict";key="d": ?1', '"example-dict";key="b": 2;x=1;y=2', '"example-dict";key="c": (a b c)']);
    expect(valueIn(at, component('example-header', { bs: true }))).toBe('"example-header";bs: :dmFsdWUsIHdpdGgsIGxvdHM=:, :b2YsIGNvbW1hcw==:');
  });
  it('2.1.1: take a field by its structure, written as strictly as there is only one way to', () => {
    const fields = { 'Example-Dict': '  a=1,    b=2;x=1;y=2,   c=(a   b   c)', 'Cache-Status': ['  "a";hit;ttl=1.50', 'b; fwd=miss  '], Deprecation: '@1688169599;  x' };
    expect(valueIn(request('https://a.example/', fields), component('example-dict'))).toBe('"example-dict": a=1,    b=2;x=1;y=2,   c=(a   b   c)');
    expect(Object.keys(fields).map((name) => valueIn(request('https://a.example/', fields), component(name.toLowerCase(), { sf: true })))).toEqual(['"example-dict";sf: a=1, b=2;x=1;y=2, c=(a b c)', '"cache-status";sf: "a";hit;ttl=1.5, b;fwd=miss', '"deprecation";sf: @1688169599;x']);
  });
  it('2.1.4: take trailers from behind the content alone, and headers from before it', () => {
    const answer: HttpResponse = { status: 200, fields: { 'Content-Type': 'text/plain', Trailer: 'Expires', Expires: 'Tue, 20 Apr 2021 02:07:56 GMT' }, trailers: { Expires: 'Wed, 9 Nov 2022 07:28:00 GMT', 'Example-Dict': 'a=1,   b' }, request: { ...TEST_REQUEST, trailers: { 'X-Sum': '7' } } };
    expect(signatureBase(answer, { items: [component('@status'), component('trailer'), component('expires', { tr: true }), component('expires'), component('example-dict', { tr: true, key: 'b' }), component('example-dict', { tr: true, sf: true }), component('x-sum', { req: true, tr: true })], parameters: new Map() }).split('\n').slice(0, -1))
      .toEqual(['"@status": 200', '"trailer": Expires', '"expires";tr: Wed, 9 Nov 2022 07:28:00 GMT', '"expires": Tue, 20 Apr 2021 02:07:56 GMT', '"example-dict";tr;key="b": ?1', '"example-dict";tr;sf: a=1, b', '"x-sum";req;tr: 7']);
  });
  it.each([
    ['absolute-form', 'GET', 'https://www.example.com/path?param=value', 'https://www.example.com/path?param=value'], ['authority-form', 'CONNECT', 'www.example.com:80', 'www.example.com:80'], ['asterisk-form', 'OPTIONS', 'https://www.example.com', '*'],
  ])('2.2.5: have the target of a request in %s', (_form, method, targetUri, requestTarget) => {
    expect(valueIn({ method, targetUri, requestTarget, fields: {} }, component('@request-target'))).toBe(`"@request-target": ${requestTarget}`);
  });
  it('2.4: of an answer have the parts of its request by saying so', () => {
    const response: HttpResponse = { status: 503, fields: {}, request: TEST_REQUEST };
    expect([component('@status'), component('@method', { req: true }), component('content-length', { req: true })].map((item) => valueIn(response, item))).toEqual(['"@status": 503', '"@method";req: POST', '"content-length";req: 18']);
  });
  it.each<[string, HttpRequest | HttpResponse, Item]>([
    ['a field that is not there', TEST_REQUEST, component('x-none')], ['a member that is not there', { ...TEST_REQUEST, fields: { 'Example-Dict': 'a=1' } }, component('example-dict', { key: 'b' })], ['a status of a request', TEST_REQUEST, component('@status')], ['a method of an answer', { status: 200, fields: {} }, component('@method')],
    ['a request that is not told', { status: 200, fields: {} }, component('@method', { req: true })], ['a name in capitals', TEST_REQUEST, component('Date')], ['a derived part that nobody knows', TEST_REQUEST, component('@unheard')], ['a trailer that is a header', TEST_REQUEST, component('date', { tr: true })], ['a field whose structure nobody knows', TEST_REQUEST, component('date', { sf: true })], ['a field that is not built as it should be', { ...TEST_REQUEST, fields: { 'Example-Dict': 'a=1,' } }, component('example-dict', { sf: true })],
    ['a flag that is a word', TEST_REQUEST, component('date', { sf: 'yes' })], ['bytes by their structure', { ...TEST_REQUEST, fields: { 'Example-Dict': 'a=1' } }, component('example-dict', { bs: true, sf: true })], ['a field of two lines in one', { ...TEST_REQUEST, fields: { 'X-Two': 'a\n"@method": GET' } }, component('x-two')], ['letters with accents', { ...TEST_REQUEST, fields: { 'X-Name': 'Si\u00e2n' } }, component('x-name')], ['a part of what is no address', { ...TEST_REQUEST, targetUri: '*' }, component('@path')],
    ['bytes of a member', { ...TEST_REQUEST, fields: { 'Example-Dict': 'a=1' } }, component('example-dict', { key: 'a', bs: true })], ['a parameter without its name', TEST_REQUEST, component('@query-param')], ['a parameter in no percent-encoding', TEST_REQUEST, component('@query-param', { name: '%zz' })], ['a path with a name', TEST_REQUEST, component('@path', { name: 'a' })],
  ])('have nothing for %s', (_what, message, item) => expect(() => signatureBase(message, { items: [item], parameters: new Map() })).toThrow(SyntaxError));
  it('2.5: are named once each', () => expect(() => signatureBase(TEST_REQUEST, { items: [component('date'), component('date')], parameters: new Map() })).toThrow(SyntaxError));
});

describe('signing a message (RFC 9421)', () => {
  it('appendix B.2.6: signs the example of the standard, byte for byte', () => {
    const components = ['date', '@method', '@path', '@authority', 'content-type', 'content-length'].map((name) => component(name));
    expect(signMessage(TEST_REQUEST, { label: 'sig-b26', components, created: 1618884473, keyid: 'test-key-ed25519', key: TEST_KEY })).toEqual({
      'signature-input': 'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
      signature: 'sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:',
    });
  });

  const NOW = new Date('2026-11-22T13:00:00Z');
  const [borough, county] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
  const keyFor: Verifying['keyFor'] = (keyid) => ({ 'borough-b#2026-1': borough.publicKey, 'county-a#2026-1': county.publicKey })[keyid];
  const asked = ['@method', '@target-uri', 'content-type', 'content-digest'].map((name) => component(name));
  const answered = [component('@status'), component('content-digest'), component('signature', { req: true, key: 'guildhall' }), component('@method', { req: true }), component('@target-uri', { req: true })];
  const expected: Verifying = { tag: 'guildhall-exchange', components: asked, keyFor, now: NOW };
  const seconds = NOW.getTime() / 1000;
  const question = (changes: Partial<Parameters<typeof signMessage>[1]> = {}): HttpRequest => {
    const message = { method: 'POST', targetUri: 'https://share.county-a.example/exchange', fields: { 'Content-Type': 'application/json', 'Content-Digest': contentDigest('{}') } };
    return { ...message, fields: { ...message.fields, ...signMessage(message, { label: 'guildhall', components: asked, created: seconds, nonce: 'q1w2e3r4t5y6', keyid: 'borough-b#2026-1', tag: 'guildhall-exchange', key: borough.privateKey, ...changes }) } };
  };
  const withField = (message: HttpRequest, name: string, change: (value: string) => string): HttpRequest => ({ ...message, fields: { ...message.fields, [name]: change(String(message.fields[name])) } });
  const why = (message: HttpRequest | HttpResponse, changes: Partial<Verifying> = {}): string => {
    const outcome = verifyMessage(message, { ...expected, ...changes });
    return outcome.ok ? 'holds' : outcome.refusal.reason;
  };

  it('3.2: holds for what was signed, and tells by whom, when and which number was used once', () => {
    expect(verifyMessage(question(), expected)).toEqual({ ok: true, value: { label: 'guildhall', keyid: 'borough-b#2026-1', created: NOW, nonce: 'q1w2e3r4t5y6', components: asked } });
    expect(why(question({ components: [...asked, component('@path')] }))).toBe('holds');
  });
  it('4.3: holds beside the signature of another, which a proxy has added in the standard’s other forms', () => {
    const message = withField(withField(question(), 'signature-input', (value) => `proxy=("signature";key="guildhall" "example-dict";sf "expires";tr);created=1763800000;x=1.5;at=@1763800000;by=%"t%c5%b7", ${value}`), 'signature', (value) => `proxy=:AA==:, ${value}`);
    expect(why(message)).toBe('holds');
    expect(why(withField(message, 'signature-input', (value) => value.replace(/created=\d+;nonce/, 'created=1.5;nonce')))).toBe('malformed');
  });
  it('2.4: an answer is bound to the request that it answers', () => {
    const request = question();
    const message: HttpResponse = { status: 200, fields: { 'Content-Digest': contentDigest('{"allow":true}') }, request };
    const answer: HttpResponse = { ...message, fields: { ...message.fields, ...signMessage(message, { label: 'guildhall', components: answered, created: seconds, keyid: 'county-a#2026-1', tag: 'guildhall-exchange', key: county.privateKey }) } };
    expect(why(answer, { components: answered })).toBe('holds');
    expect(why({ ...answer, request: question({ nonce: 'another' }) }, { components: answered })).toBe('wrong-signature');
    expect(why({ ...answer, status: 403 }, { components: answered })).toBe('wrong-signature');
    expect(why({ ...answer, request: undefined }, { components: answered })).toBe('malformed');
  });
  it.each<[string, HttpRequest, Partial<Verifying>, string]>([
    ['of another method', { ...question(), method: 'PUT' }, {}, 'wrong-signature'], ['of another address', { ...question(), targetUri: 'https://share.county-a.example/choices' }, {}, 'wrong-signature'], ['of other content', withField(question(), 'Content-Digest', () => contentDigest('[]')), {}, 'wrong-signature'],
    ['by another key of the same name', question({ key: county.privateKey }), {}, 'wrong-signature'], ['by a key that is not known', question({ keyid: 'stranger#1' }), {}, 'unknown-key'], ['for another use', question({ tag: 'guildhall-choice' }), {}, 'not-signed'], ['that is not there', { ...question(), fields: {} }, {}, 'not-signed'],
    ['that covers too little', question({ components: asked.slice(1) }), {}, 'not-covered'], ['from the future', question({ created: seconds + 31 }), {}, 'clock'], ['of long ago', question({ created: seconds - 331 }), {}, 'old'], ['that has run out', question({ created: seconds - 100, expires: seconds - 31 }), {}, 'old'], ['of no time', question({ created: undefined }), {}, 'malformed'],
    ['by nobody', question({ keyid: undefined }), {}, 'malformed'], ['whose key is of another kind', question(), { keyFor: () => createPublicKey(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey) }, 'wrong-signature'], ['that says another algorithm', withField(question(), 'signature-input', (value) => value.replace(';keyid', ';alg="hmac-sha256";keyid')), {}, 'malformed'],
    ['whose value is not there', withField(question(), 'signature', (value) => value.replace('guildhall', 'other')), {}, 'malformed'], ['that cannot be read', withField(question(), 'signature-input', (value) => `${value},`), {}, 'malformed'], ['whose time is a word', withField(question(), 'signature-input', (value) => value.replace(/created=\d+/, 'created="now"')), {}, 'malformed'],
    ['that is there twice', withField(withField(question(), 'signature-input', (value) => `${value}, ${value.replace('guildhall=', 'second=')}`), 'signature', (value) => `${value}, ${value.replace('guildhall=', 'second=')}`), {}, 'malformed'],
  ])('is refused: a signature %s', (_what, message, changes, reason) => expect(why(message, changes)).toBe(reason));
  it('is held at the edges of what clocks and time allow', () => {
    for (const created of [seconds + 30, seconds - 330]) expect(why(question({ created }))).toBe('holds');
  });
});
