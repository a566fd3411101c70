import { MerkleTree, consistencyProofFrom, emptyRoot, inclusionProofFrom, leafHash, nodesAskedFor, rootFrom, verifyConsistency, verifyInclusion, type NodeAt } from './index';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
/** The entries with which Certificate Transparency tests its own trees. */
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
function treeOf(size: number): MerkleTree {
  const tree = new MerkleTree();
  for (let index = 0; index < size; index++) expect(tree.append(leafHash(`entry ${index}`))).toBe(index);
  return tree;
}

describe('the Merkle tree of a log (RFC 6962 and 9162)', () => {
  const tree = new MerkleTree();
  for (const entry of ENTRIES) tree.append(leafHash(bytes(entry)));

  it('2.1.1: has the roots of the known trees, also of those that it was', () => {
    expect(ROOTS.map((_root, at) => hex(tree.root(at + 1)))).toEqual(ROOTS);
    expect(hex(tree.root(0))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
  it.each<[number, number, readonly string[]]>([
    [0, 8, ['96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7', '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4']],
    [5, 8, ['bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7']],
    [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
    [0, 1, []],
  ])('2.1.3.1: has the known proof that entry %d is in the tree of %d', (index, size, proof) => expect(tree.inclusionProof(index, size).map(hex)).toEqual(proof));
  it.each<[number, number, readonly string[]]>([
    [1, 8, ['96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7', '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4']],
    [6, 8, ['0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7']],
    [2, 5, ['5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b']],
    [8, 8, []],
  ])('2.1.4.1: has the known proof that the tree of %d became that of %d', (earlier, size, proof) => expect(tree.consistencyProof(earlier, size).map(hex)).toEqual(proof));

  it('2.1.3.2: proves each entry of each tree up to 40, and none at another place, in another tree or by an altered proof', () => {
    const whole = treeOf(40);
    for (let size = 1; size <= 40; size++) {
      for (let index = 0; index < size; index++) {
        const said = { index, size, leaf: leafHash(`entry ${index}`), proof: whole.inclusionProof(index, size), root: whole.root(size) };
        expect(verifyInclusion(said)).toBe(true);
        for (const wrong of [
          { index: index + 1 }, { leaf: leafHash('another') }, { root: whole.root(size - 1) }, { proof: [...said.proof, leafHash('more')] }, ...(said.proof.length ? [{ proof: said.proof.slice(1) }, { proof: [leafHash('other'), ...said.proof.slice(1)] }] : []),
          { index: -1 }, { index: 0.5 }, { size: 0 }, { proof: said.proof.map((each) => each.slice(1)), root: whole.root(size).slice(1) },
        ]) expect({ size, index, wrong: Object.keys(wrong), holds: verifyInclusion({ ...said, ...wrong }) }).toEqual({ size, index, wrong: Object.keys(wrong), holds: false });
      }
    }
  });
  it('2.1.4.2: proves that each tree up to 40 is the beginning of each later one, and nothing else', () => {
    const whole = treeOf(40);
    const other = new MerkleTree();
    for (let index = 0; index < 40; index++) other.append(leafHash(index === 0 ? 'altered' : `entry ${index}`));
    for (let size = 1; size <= 40; size++) {
      for (let earlier = 0; earlier <= size; earlier++) {
        const said = { earlier, size, proof: whole.consistencyProof(earlier, size), earlierRoot: whole.root(earlier), root: whole.root(size) };
        expect(verifyConsistency(said)).toBe(true);
        for (const wrong of [{ earlierRoot: leafHash('another') }, { proof: [...said.proof, leafHash('more')] }, { earlier: size + 1 }, { earlier: -1 }, ...(earlier > 0 ? [{ root: other.root(size) }, { earlierRoot: other.root(earlier) }] : []), ...(said.proof.length ? [{ proof: said.proof.slice(1) }, { proof: [] }] : [])]) {
          expect({ size, earlier, wrong: Object.keys(wrong), holds: verifyConsistency({ ...said, ...wrong }) }).toEqual({ size, earlier, wrong: Object.keys(wrong), holds: false });
        }
      }
    }
    expect(hex(emptyRoot())).toBe(hex(new MerkleTree().root()));
  });
  it('carries on from its peaks as if it had never stopped, and says which subtrees are new', () => {
    const whole = treeOf(40);
    for (let size = 0; size <= 40; size++) {
      const kept = new Map(treeOf(size).nodesSince(0).map(({ height, position, hash }) => [`${height} ${position}`, hash]));
      const carriedOn = MerkleTree.resume(size, treeOf(size).peaks);
      expect(hex(carriedOn.root())).toBe(hex(whole.root(size)));
      for (let index = size; index < 40; index++) expect(carriedOn.append(leafHash(`entry ${index}`))).toBe(index);
      expect(carriedOn.peaks.map(hex)).toEqual(whole.peaks.map(hex));
      for (let index = size; index < 40; index++) expect(carriedOn.inclusionProof(index).map(hex)).toEqual(whole.inclusionProof(index).map(hex));
      for (const { height, position, hash } of carriedOn.nodesSince(size)) kept.set(`${height} ${position}`, hash);
      expect([...kept].map(([name, hash]) => `${name} ${hex(hash)}`).sort()).toEqual(whole.nodesSince(0).map(({ height, position, hash }) => `${height} ${position} ${hex(hash)}`).sort());
    }
    for (const [size, peaks] of [[3, 1], [4, 2], [0, 1], [5, 3]] as const) expect(() => MerkleTree.resume(size, Array.from({ length: peaks }, () => leafHash('x')))).toThrow(RangeError);
    expect(() => MerkleTree.resume(4, [leafHash('x')]).inclusionProof(0)).toThrow(RangeError);
  });
  it('proves the same from the whole subtrees that a store keeps, of which it asks for no more than it needs', () => {
    const whole = treeOf(1000);
    const kept = new Map(whole.nodesSince(0).map(({ height, position, hash }) => [`${height} ${position}`, hash]));
    const nodeAt: NodeAt = (height, position) => {
      const hash = kept.get(`${height} ${position}`);
      if (!hash) throw new RangeError(`${height} ${position} is not kept.`);
      return hash;
    };
    for (const [index, size] of [[0, 1], [700, 1000], [999, 1000], [511, 513], [0, 777]] as const) {
      expect(inclusionProofFrom(nodeAt, index, size).map(hex)).toEqual(whole.inclusionProof(index, size).map(hex));
      expect(consistencyProofFrom(nodeAt, index, size).map(hex)).toEqual(whole.consistencyProof(index, size).map(hex));
      expect(hex(rootFrom(nodeAt, size))).toBe(hex(whole.root(size)));
      expect(nodesAskedFor((asked) => inclusionProofFrom(asked, index, size)).length).toBeLessThanOrEqual(20);
    }
  });
  it('has no proof of what is not there', () => {
    for (const prove of [() => tree.inclusionProof(8), () => tree.inclusionProof(0, 9), () => tree.inclusionProof(3, 3), () => tree.inclusionProof(-1), () => tree.consistencyProof(5, 4), () => tree.consistencyProof(1, 9), () => tree.root(9), () => tree.root(1.5)]) expect(prove).toThrow(RangeError);
  });
});
