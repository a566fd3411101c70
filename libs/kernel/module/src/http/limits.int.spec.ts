import { Controller, Get, Module, Post, Req } from '@nestjs/common';
import { Limited, Public, Webhook, defineModule, type GuildhallRequest } from '../index';
import { startTestApp, testCouncilDefinition, type TestApp } from '../testing';

@Controller()
class AskedController {
  @Get('asked') @Public() asked(): object { return {}; }
  @Get('guessed') @Public() @Limited(2) guessed(): object { return {}; }
  @Post('told') @Webhook({ callsAMinute: 8 }) told(): object { return {}; }
  @Post('tried') @Webhook() @Limited(2) tried(@Req() { rawBody }: GuildhallRequest): object { return { bytes: rawBody?.byteLength }; }
  @Post('tried/otherwise') @Limited(2) @Webhook() triedOtherwise(@Req() { rawBody }: GuildhallRequest): object { return { bytes: rawBody?.byteLength }; }
}
@Module({ controllers: [AskedController] })
class AskedModule {}
const asked = defineModule({ id: 'asked', version: '0.1.0', packageFolder: __dirname, nest: AskedModule });

describe('how often one address may ask one council', () => {
  let running: TestApp;
  beforeEach(async () => { running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [asked()]), testCouncilDefinition('glanafon', 2, [asked()])], limits: { requestsPerMinute: 5 } }); });
  afterEach(() => running.close());

  it.each([['all its routes together', '/asked', 5], ['a route where something could be guessed', '/guessed', 2]])('is counted for %s, however the host is written', async (_what, path, most) => {
    const statuses: number[] = [];
    for (let number = 0; number <= most; number++) statuses.push((await running.visitor().request(path, { headers: { host: `${number % 2 ? 'LocalHost' : 'localhost'}:${10_000 + number}` } })).status);
    expect(statuses).toEqual([...Array<number>(most).fill(200), 429]);
    expect((await running.visitor('glanafon').request(path)).status).toBe(200);
  });

  it('is more for another system that has much to say, and has a limit too', async () => {
    const statuses: number[] = [];
    for (let number = 0; number <= 8; number++) statuses.push((await running.visitor().request('/told', { json: { number } })).status);
    expect(statuses).toEqual([...Array<number>(8).fill(201), 429]);
    expect((await running.visitor().request('/asked')).status).toBe(200);
  });

  it.each(['/tried', '/tried/otherwise'])('is less for another system that could guess, which still hands over its bytes: %s', async (path) => {
    const answers: unknown[] = [];
    for (let number = 0; number <= 2; number++) {
      const answer = await running.visitor().request(path, { json: { number } });
      answers.push(answer.status === 201 ? answer.json() : answer.status);
    }
    expect(answers).toEqual([{ bytes: 12 }, { bytes: 12 }, 429]);
  });
});
