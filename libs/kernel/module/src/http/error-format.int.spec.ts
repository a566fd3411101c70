import { Body, Controller, Module, Post, Req } from '@nestjs/common';
import { register } from '@guildhall/kernel-contract';
import { ERROR_FORMAT, TakesFiles, Webhook, defineModule, form, type ErrorFormat, type FormBody, type GuildhallRequest } from '../index';
import { startTestApp, testCouncilDefinition, type TestApp } from '../testing';

const format: ErrorFormat = { path: '/reports/', write: ({ status, code }) => ({ status, contentType: 'text/x-errors', body: `${status} ${code}` }) };

@Controller('reports')
class ReportsController {
  @Post('send') @Webhook({ keepsRawBody: false, bodyInBytes: 2_000_000 }) @TakesFiles()
  send(@Req() req: GuildhallRequest, @Body(form()) body: FormBody): object { return { fields: Object.keys(body), files: req.uploads?.map(({ field }) => field) ?? [], keptRaw: req.rawBody !== undefined }; }
  @Post('short') @Webhook({ keepsRawBody: false })
  short(@Body(form()) body: FormBody): object { return body; }
}
@Module({ controllers: [ReportsController] })
class ReportsModule {}
const reports = defineModule({ id: 'reports', version: '0.1.0', packageFolder: __dirname, nest: ReportsModule, registers: [register(ERROR_FORMAT, format)] });

describe('a module that other programs speak to in their own way', () => {
  let app: TestApp;
  beforeAll(async () => { app = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [reports()]), testCouncilDefinition('bareham', 2, [])] }); });
  afterAll(() => app.close());
  const send = (path: string, body: string | Buffer, type = 'application/x-www-form-urlencoded', slug?: string) => app.visitor(slug).request(`/reports/${path}`, { method: 'POST', body, headers: { 'content-type': type } });

  it('has its errors in its own format, also those before any of its controllers', async () => {
    for (const [answer, said] of [[await send('nowhere', ''), '404'], [await send('send', '<a/>', 'text/xml'), '415'], [await send('short', `a=${'x'.repeat(1_500_000)}`), '413']] as const) {
      expect([answer.text.split(' ')[0], answer.headers['content-type']]).toEqual([said, 'text/x-errors']);
    }
  });
  it('keeps its format to its own path and to councils that have it', async () => {
    expect((await app.visitor().request('/elsewhere')).headers['content-type']).toContain('text/html');
    expect((await send('send', 'a=1', undefined, 'bareham')).headers['content-type']).toContain('text/html');
  });
  it('takes forms without a session’s token: longer ones where it says so, and files', async () => {
    expect((await send('send', `a=${'x'.repeat(1_500_000)}`)).json()).toEqual({ fields: ['a'], files: [], keptRaw: false });
    const parts = ['--x', 'Content-Disposition: form-data; name="a"', '', '1', '--x', 'Content-Disposition: form-data; name="photo1"; filename="a.png"', 'Content-Type: image/png', '', 'png', '--x--', ''].join('\r\n');
    expect((await send('send', parts, 'multipart/form-data; boundary=x')).json()).toEqual({ fields: ['a'], files: ['photo1'], keptRaw: false });
  });
});
