import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { describeModule } from './openapi.mjs';

const FILES: Record<string, string> = {
  'lib.ts': `
    type Decorate = (...given: never[]) => (...at: never[]) => void;
    export declare const Controller: Decorate, Get: Decorate, Post: Decorate, Delete: Decorate, HttpCode: Decorate, Param: Decorate, Query: Decorate, Body: Decorate, Requires: Decorate, Public: Decorate, Webhook: Decorate, ForOfficers: Decorate;
    export declare const IsUUID: Decorate, IsInt: Decorate, Min: Decorate, MaxLength: Decorate, Matches: Decorate, IsOptional: Decorate, IsString: Decorate, ArrayMaxSize: Decorate;
    export declare class JsonResult { readonly body: unknown; }
    export declare function json(body: unknown, status?: number): JsonResult;
    export declare function dto(type: unknown): never;
    export declare function definePermission(id: string, title: string): { readonly id: string };
    export type Outcome<Value, Reason extends string> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: { readonly reason: Reason } };`,
  'contract.ts': `
    import { IsUUID, IsInt, Min, MaxLength, Matches, IsOptional, IsString, ArrayMaxSize, definePermission } from './lib';
    const MOST_LINES = 7;
    export const REFUND = definePermission('payments.refund', 'Pay money back');
    export type PaymentId = string & { readonly __brand: 'PaymentId' };
    /** Money that was paid. */
    export interface Payment { readonly id: PaymentId; readonly amountInPence: number; readonly status: 'succeeded' | 'failed'; readonly paidAt?: Date; readonly title: Readonly<Record<'en' | 'cy', string>>; readonly refunds: readonly Payment[]; readonly note: string | null; total(): number }
    export class RefundPayment {
      /** Made by the caller. */
      @IsUUID() refundId!: string;
      @IsInt() @Min(1) amountInPence!: number;
      @IsOptional() @MaxLength(200) reason?: string;
      @ArrayMaxSize(MOST_LINES) @IsString({ each: true }) @Matches(/^[A-Z]+$/, { each: true }) codes!: string[];
    }`,
  'module/payments.controller.ts': `
    import { Body, Controller, Delete, ForOfficers, Get, HttpCode, JsonResult, Param, Post, Public, Query, Requires, Webhook, dto, json, type Outcome } from '../lib';
    import { Payment, REFUND, RefundPayment } from '../contract';
    declare function refund(body: RefundPayment): Promise<Outcome<Payment, 'too-much' | 'not-paid'>>;
    declare function look(): Promise<Outcome<Payment, 'gone'>>;
    function answer(outcome: Outcome<Payment, 'gone'>): JsonResult { return json(outcome); }
    @Controller('api/payments/v1/payments')
    export class PaymentsApiController {
      /** One payment. */
      @Get(':paymentId') @Public()
      async find(@Param('paymentId') id: string, @Query('language') language?: string): Promise<Payment> { throw new Error(id + language); }
      @Post(':paymentId/refunds') @Requires(REFUND)
      async refund(@Body(dto(RefundPayment)) body: RefundPayment): Promise<JsonResult> { return json(await refund(body), 202); }
      @Post('answers') @ForOfficers() @HttpCode(200)
      async answers(): Promise<JsonResult> { return answer(await look()); }
      @Delete(':paymentId') @Webhook() @HttpCode(204)
      async remove(): Promise<void> {}
    }
    @Controller('payments')
    export class PagesController { @Get('receipt') @Public() page(): string { return ''; } }`,
};

let folder: string;
let document: ReturnType<typeof describeModule>;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'guildhall-openapi-'));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const program = ts.createProgram([path.join(folder, 'module/payments.controller.ts')], { experimentalDecorators: true, strict: true, module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], types: [] });
  document = describeModule(program, path.join(folder, 'module'), { title: 'payments', version: '0.1.0', licence: 'MIT' });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the OpenAPI report', () => {
  it('has the paths of the REST interface, and no pages', () => {
    expect(Object.entries(document.paths).flatMap(([at, verbs]) => Object.keys(verbs as object).map((verb) => `${verb} ${at}`))).toEqual([
      'post /api/payments/v1/payments/answers', 'delete /api/payments/v1/payments/{paymentId}', 'get /api/payments/v1/payments/{paymentId}', 'post /api/payments/v1/payments/{paymentId}/refunds',
    ]);
  });

  it('says who may call, by the permission itself', () => {
    const at = (key: string, verb: string) => (document.paths as Record<string, Record<string, object>>)[`/api/payments/v1/payments/${key}`]?.[verb];
    expect(at('{paymentId}/refunds', 'post')).toMatchObject({ security: [{ machine: ['payments.refund'] }, { session: ['payments.refund'] }] });
    expect(at('{paymentId}', 'get')).toMatchObject({ summary: 'One payment.', security: [], parameters: [{ name: 'paymentId', in: 'path', required: true }, { name: 'language', in: 'query', required: false }] });
    expect(at('answers', 'post')).toMatchObject({ security: [{ session: [] }] });
    expect(at('{paymentId}', 'delete')).toMatchObject({ responses: { 204: { description: 'Done.' } } });
  });

  it('describes a body by its types and by the rules that check it', () => {
    expect(document.components.schemas).toMatchObject({
      RefundPayment: {
        required: ['refundId', 'amountInPence', 'codes'],
        properties: {
          refundId: { type: 'string', format: 'uuid', description: 'Made by the caller.' }, amountInPence: { type: 'integer', minimum: 1 }, reason: { type: 'string', maxLength: 200 },
          codes: { type: 'array', maxItems: 7, items: { type: 'string', pattern: '^[A-Z]+$' } },
        },
      },
    });
  });

  it('describes an answer as JSON makes it: dates as text, brands as text, functions not at all', () => {
    const { Payment } = document.components.schemas as Record<string, { properties: object; required: string[]; description: string }>;
    expect(Payment).toEqual({
      description: 'Money that was paid.', type: 'object', required: ['id', 'amountInPence', 'status', 'title', 'refunds', 'note'],
      properties: {
        id: { type: 'string' }, amountInPence: { type: 'number' }, status: { type: 'string', enum: ['failed', 'succeeded'] }, paidAt: { type: 'string', format: 'date-time' },
        title: { type: 'object', properties: { en: { type: 'string' }, cy: { type: 'string' } }, required: ['en', 'cy'] },
        refunds: { type: 'array', items: { $ref: '#/components/schemas/Payment' } }, note: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      },
    });
  });

  it('splits an outcome: what was done comes with success, a refusal with 422 and its reasons', () => {
    const operation = (document.paths as Record<string, { post: { responses: Record<string, { content: Record<string, { schema: object }> }> } }>)['/api/payments/v1/payments/{paymentId}/refunds']?.post;
    expect(Object.keys(operation?.responses ?? {})).toEqual(['202', '422', 'default']);
    expect(operation?.responses['422']?.content['application/json']?.schema).toMatchObject({ properties: { refusal: { properties: { reason: { enum: ['not-paid', 'too-much'] } } } } });
    const answers = (document.paths as Record<string, { post: { responses: object } }>)['/api/payments/v1/payments/answers']?.post;
    expect(Object.keys(answers?.responses ?? {})).toEqual(['200', '422', 'default']);
  });
});
