import { contentDigest, verifyContentDigest } from './index';

const CONTENT = '{"hello": "world"}';

describe('the digest of content (RFC 9530)', () => {
  it('appendix B and section 2: is that of the standard’s examples', () => {
    expect(contentDigest(CONTENT)).toBe('sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:');
    expect(contentDigest(`${CONTENT}\n`)).toBe('sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:');
    expect(contentDigest(CONTENT, 'sha-512')).toBe('sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:');
  });
  it('holds for the content by each algorithm that is known, and looks at no other', () => {
    for (const field of [contentDigest(CONTENT), contentDigest(CONTENT, 'sha-512'), `${contentDigest(CONTENT)}, ${contentDigest(CONTENT, 'sha-512')}`, `unheard=:AAAA:, ${contentDigest(CONTENT)}`, `${contentDigest(CONTENT)};of=content`]) expect({ field, holds: verifyContentDigest(field, CONTENT) }).toEqual({ field, holds: true });
  });
  it.each([
    ['of other content', contentDigest('{}')], ['of one right and one wrong', `${contentDigest(CONTENT)}, ${contentDigest('{}', 'sha-512')}`], ['by an algorithm that is not known alone', 'md5=:AAAA:'], ['that is none', 'sha-256'], ['that is a list', 'sha-256=(:AAAA:)'],
    ['that is cut', contentDigest(CONTENT).slice(0, -1)], ['that is short', 'sha-256=:AAAA:'], ['of nothing', ''], ['under the name of a method of objects', 'constructor=:AAAA:'],
  ])('does not hold by a field %s', (_what, field) => expect(verifyContentDigest(field, CONTENT)).toBe(false));
});
