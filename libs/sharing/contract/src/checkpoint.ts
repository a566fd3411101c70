/** How far a log has come: its name, how many entries it has, and the root of its tree. @public */
export interface Checkpoint {
  /** Unique among logs: `borough-b.example/log`. */
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

const ROOT_BYTES = 32;

/** The text of a checkpoint, for `signNote` (C2SP tlog-checkpoint, "Note text"). @public @throws SyntaxError */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!/^[^\s+]+$/u.test(origin) || !Number.isSafeInteger(size) || size < 0 || root.byteLength !== ROOT_BYTES) throw new SyntaxError('A checkpoint has a name without spaces, a whole number of entries and a root of 32 bytes.');
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/** Reads it; lines that others have added below are let be. @public @throws SyntaxError */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', root = '', ...more] = text.split('\n');
  const bytes = Buffer.from(root, 'base64');
  if (more.pop() !== '' || more.includes('') || !origin || !/^(0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(Number(size)) || bytes.byteLength !== ROOT_BYTES || bytes.toString('base64') !== root) throw new SyntaxError('This is not a checkpoint.');
  return { origin, size: Number(size), root: new Uint8Array(bytes) };
}
