import type { ServerResponse } from 'node:http';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './answer';
import type { S3Fault } from './faults';

/** Sends an answer, and spoils its body on the way where that is planned. */
export async function sendAnswer(response: ServerResponse, answer: Answer, fault: S3Fault | undefined, isHead: boolean): Promise<void> {
  const { xml, stream } = answer;
  const headers: Record<string, string> = { ...(xml === undefined ? {} : { 'content-type': 'application/xml', 'content-length': String(Buffer.byteLength(xml)) }), ...answer.headers };
  if (fault === 'cut-xml' && xml !== undefined) return void response.writeHead(answer.status, { ...headers, 'content-length': String(Buffer.byteLength(xml) >> 1) }).end(Buffer.from(xml).subarray(0, Buffer.byteLength(xml) >> 1));
  response.writeHead(answer.status, headers);
  if (isHead || !stream) return void response.end(isHead ? undefined : xml);
  const size = Number(headers['content-length'] ?? 0);
  await pipeline(stream, spoiling(fault, size, response), response).catch(() => response.destroy());
}

function spoiling(fault: S3Fault | undefined, size: number, response: ServerResponse): Transform {
  let seen = 0;
  return new Transform({
    async transform(chunk: Buffer, _encoding, done) {
      const before = seen;
      seen += chunk.byteLength;
      const half = size >> 1;
      if ((fault === 'cut-body' || fault === 'stall-body') && seen > half) {
        this.push(chunk.subarray(0, Math.max(0, half - before)));
        if (fault === 'stall-body') return;
        // What was pushed is given time to leave.
        await wait(20);
        return void response.destroy();
      }
      if (fault === 'damage-body' && before === 0) { chunk = Buffer.from(chunk); chunk[0] = (chunk[0] ?? 0) ^ 1; }
      if (fault === 'slow-body') await wait(20);
      done(null, chunk);
    },
  });
}

/** A page of a network in between, as guests of a network get it. */
export function signInPage(): Answer { return { status: 200, headers: { 'content-type': 'text/html', 'content-length': '64' }, stream: Readable.from([Buffer.from('<!DOCTYPE html><title>Network</title><p>Sign in to the network.</p>'.slice(0, 64).padEnd(64))]) }; }
