import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/**
 * The headers by which every answer tells browsers what they may not do, beside its content policy. They are helmet's, asked for once: they never differ, and as middleware it would set
 * each of them anew for every answer, past Fastify's own headers.
 */
export const SAFEGUARDS: Readonly<Record<string, string>> = headersOf(helmet({
  contentSecurityPolicy: false, crossOriginEmbedderPolicy: false, frameguard: { action: 'deny' }, referrerPolicy: { policy: 'same-origin' }, strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
}));

function headersOf(middleware: ReturnType<typeof helmet>): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const response = { setHeader: (name: string, value: string) => { headers[name.toLowerCase()] = value; }, removeHeader: () => undefined };
  middleware({} as IncomingMessage, response as unknown as ServerResponse, (error?: unknown) => { if (error) throw error as Error; });
  return headers;
}
