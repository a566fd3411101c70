import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { BytesAtRest, RequestContext } from '@guildhall/kernel-contract';

/** A file that came with a form, on the disk for as long as its route is at work. Limits are already applied: a file over the limit is cut and says so. @public */
export interface UploadedFile extends BytesAtRest { readonly field: string; readonly filename: string; readonly mimetype: string; readonly isTruncated: boolean }

/** What a route may know of its caller's session. @public */
export interface SessionView {
  /** The session's public name: the hash under which it is stored, never the secret in the cookie. */
  readonly id: string;
  /** The session that this one replaced when somebody signed in: its drafts can be claimed. */
  readonly previousId?: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

declare module 'fastify' {
  interface FastifyRequest {
    guildhall: { ctx: RequestContext; reply: FastifyReply; startedAt: bigint };
    session?: SessionView;
    /** The files that came with a multipart form; only on routes marked @TakesFiles(). */
    uploads?: readonly UploadedFile[];
    /** The bytes as they came; only on routes marked @Webhook(). */
    rawBody?: Buffer;
  }
}

/** A Fastify request as Guildhall's routes see it. @public */
export type GuildhallRequest = FastifyRequest;

/** The request's context as a parameter. @public */
export const Ctx = createParamDecorator((_data: unknown, execution: ExecutionContext): RequestContext => execution.switchToHttp().getRequest<GuildhallRequest>().guildhall.ctx);
