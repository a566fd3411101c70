import { finished } from 'node:stream';
import { InvalidInput, Unavailable } from '@guildhall/kernel-contract';
import { refuseNul } from './dto';
import type { Limits } from './front-door';
import type { GuildhallRequest, UploadedFile } from './request';

/**
 * Reads forms with files, once it is known who sends them. What all of them together hold in memory is bounded: whoever comes when it is full is asked to come again.
 */
export class Uploads {
  #heldInBytes = 0;

  constructor(private readonly limits: Limits) {}

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
    const body: Record<string, string | string[]> = {};
    request.body = body;
    request.uploads = files;
    const hold = this.holdingFor(request);
    let textInBytes = 0;
    try {
      for await (const part of request.parts()) {
        if (part.type === 'file') {
          beforeFiles();
          const chunks: Buffer[] = [];
          for await (const chunk of part.file as AsyncIterable<Buffer>) {
            hold(chunk.byteLength);
            chunks.push(chunk);
          }
          if (chunks.length || part.filename) files.push({ field: part.fieldname, filename: part.filename.slice(0, 200), mimetype: part.mimetype, bytes: Buffer.concat(chunks), isTruncated: part.file.truncated });
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

  /** Counts what a request holds until it has been answered. */
  private holdingFor(request: GuildhallRequest): (bytes: number) => void {
    let held = 0;
    finished(request.guildhall.reply.raw, () => { this.#heldInBytes -= held; });
    return (bytes) => {
      if (this.#heldInBytes + bytes > this.limits.uploadsInBytes) throw new Unavailable('Many files are being received at the moment. Send the form again.', 10);
      this.#heldInBytes += bytes;
      held += bytes;
    };
  }
}

function refusal(statusCode: number, message: string): Error {
  return Object.assign(new Error(message), { statusCode });
}
