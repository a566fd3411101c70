import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../..');
const written = ['README.md', ...['docs', 'docs/guides', 'docs/decisions', 'docs/standards', 'docs/examples'].flatMap((folder) => readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`))];

describe('what is written', () => {
  it.each(written)('%s leads only to files that are there', (file) => {
    const text = readFileSync(path.join(root, file), 'utf8').replace(/```[\s\S]*?```/g, '');
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link]) => link ?? '').filter((link) => !/^(https?:|mailto:)/.test(link));
    expect(links.filter((link) => !existsSync(path.join(root, path.dirname(file), link)))).toEqual([]);
  });
  it.each(written)('%s names only folders and files of this repository that are there', (file) => {
    const text = readFileSync(path.join(root, file), 'utf8').replace(/```[\s\S]*?```/g, '');
    const named = [...text.matchAll(/`((?:apps|libs|tools|docs)\/[A-Za-z0-9_./-]+)`/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !existsSync(path.join(root, name)) && !/apps\/marshborough/.test(name))).toEqual([]);
  });
  it('every decision is listed', () => {
    const list = readFileSync(path.join(root, 'docs/decisions/README.md'), 'utf8');
    for (const name of readdirSync(path.join(root, 'docs/decisions')).filter((each) => /^\d{4}-/.test(each))) expect(list).toContain(`(${name})`);
  });
});
