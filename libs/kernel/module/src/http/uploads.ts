import { InvalidInput } from '@guildhall/kernel-contract';
import type { TemporaryFile, TemporaryFiles } from '../working/temporary-files';
import { refuseNul } from './dto';
import type { Limits } from './front-door';
import type { GuildhallRequest, UploadedFile } from './request';

/**
 * Reads forms with files, once it is known who sends them. The files wait on the disk for the route that takes them, and are let go when it has done its work.
 */
export class Uploads {
  readonly #kept = new WeakMap<GuildhallRequest, TemporaryFile[]>();

  constructor(private readonly limits: Limits, private readonly files: TemporaryFiles) {}

  /**
   * Fills in the request's `body` and `uploads`.
   * @param beforeFiles refuses the form by its fields so far, before anything of a file is kept
   */
  async read(request: GuildhallRequest, beforeFiles: () => void): Promise<void> {
    const { raw } = request;
    const length = Number(request.headers['content-length']);
    if (!Number.isInteger(length)) throw refusal(411, 'A form with files says how long it is.');
    if (length > this.limits.formInBytes) throw refusal(413, 'The form is too large.');
    const files: UploadedFile[] = [];
    const kept: TemporaryFile[] = [];
    const body: Record<string, string | string[]> = {};
    request.body = body;
    request.uploads = files;
    this.#kept.set(request, kept);
    let textInBytes = 0;
    try {
      for await (const part of request.parts()) {
        if (part.type === 'file') {
          beforeFiles();
          const file = await this.files.write(part.file);
          kept.push(file);
          const { sizeInBytes, sha256, read } = file;
          if (sizeInBytes || part.filename) files.push({ field: part.fieldname, filename: part.filename.slice(0, 200), mimetype: part.mimetype, sizeInBytes, sha256, read, isTruncated: part.file.truncated });
        } else {
          const value = String(part.value);
          textInBytes += Buffer.byteLength(value);
          if (textInBytes > this.limits.bodyInBytes) throw refusal(413, 'The form is too large.');
          const earlier = Object.hasOwn(body, part.fieldname) ? body[part.fieldname] : undefined;
          body[part.fieldname] = earlier === undefined ? value : [...(Array.isArray(earlier) ? earlier : [earlier]), value];
        }
      }
      if (!raw.complete) throw new InvalidInput('The form was cut off. Send it again.');
      refuseNul(body);
    } catch (error) {
      // Of what still comes nothing more is kept.
      raw.unpipe();
      throw error;
    }
  }

  /** Lets go of what came with a request. */
  async letGo(request: GuildhallRequest): Promise<void> {
    for (const file of this.#kept.get(request) ?? []) await file.discard();
    this.#kept.delete(request);
  }
}

function refusal(statusCode: number, message: string): Error {
  return Object.assign(new Error(message), { statusCode });
}
