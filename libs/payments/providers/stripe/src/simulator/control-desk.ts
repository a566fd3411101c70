import type { IncomingMessage } from 'node:http';
import type { Answer, Json } from '@guildhall/payments-contract/far-end';
import { goTo, header, html, json, nothing, record } from '@guildhall/payments-contract/far-end';
import { controlPage } from './control-page';
import type { SimulatorControls } from './controls';
import { payerDoes } from './payer-does';
import { stripeProblem } from './problems';

/** `/simulator`: a page for people, and the same over JSON for programs. Other sites' pages are kept out: a program says so with a header that no form can send, and a form must come from here. */
export class ControlDesk {
  constructor(private readonly controls: SimulatorControls, private readonly now: () => Date) {}

  async answer(request: IncomingMessage, url: URL, body: string): Promise<Answer> {
    const isProgram = header(request, 'simulator-control') === 'yes';
    if (request.method === 'GET' && url.pathname === '/simulator') return html(200, controlPage(this.controls, this.now().toISOString().slice(0, 10), url.searchParams.get('done') ? 'Done.' : undefined));
    const isOwnForm = request.method === 'POST' && header(request, 'origin') === `http://${header(request, 'host') ?? ''}`;
    if (!isProgram && !isOwnForm) return stripeProblem(403, 'invalid_request_error', 'Send the header Simulator-Control: yes');
    const asked: Json = isProgram ? (record(body) ?? {}) : Object.fromEntries(new URLSearchParams(body));
    const found = await this.#act(request.method ?? 'GET', url, asked);
    return isProgram ? found : found.status < 300 ? goTo('/simulator?done=1') : found;
  }

  async #act(method: string, { pathname, searchParams }: URL, asked: Json): Promise<Answer> {
    const [, id = '', what = ''] = /^\/simulator\/payments\/(cs_[a-z0-9_]+)\/(payer|refund-outside|settle|dispute|dispute-status)$/.exec(pathname) ?? [];
    switch (`${method} ${what || pathname}`) {
      case 'GET /simulator/payments': return json(200, { payments: this.controls.sessions(searchParams.get('reference') ?? undefined).map((session) => this.controls.view(session)) });
      case 'POST payer': this.controls.payerDoes(id, payerDoes(String(asked.does))); return nothing(204);
      case 'POST refund-outside': this.controls.refundOutside(id, Number(asked.amountInPence)); return nothing(204);
      case 'POST settle': this.controls.settle(id, String(asked.on)); return nothing(204);
      case 'POST dispute': this.controls.dispute(id); return nothing(204);
      case 'POST dispute-status': this.controls.decideDispute(id, asked.status === 'won' ? 'won' : 'lost'); return nothing(204);
      case 'POST /simulator/refunds': this.controls.finishRefunds(asked.state === 'failed' ? 'failed' : 'succeeded'); return nothing(204);
      case 'POST /simulator/faults': this.controls.faults.plan(String(asked.operation), String(asked.fault), Math.min(100, Number(asked.times ?? 1) || 1), Number(asked.delayInSeconds ?? 1)); return nothing(204);
      case 'DELETE /simulator/faults': case 'POST /simulator/faults/clear': this.controls.faults.clear(); return nothing(204);
      case 'POST /simulator/webhooks': this.controls.setWebhook(String(asked.apiKey), String(asked.url), String(asked.secret)); return nothing(204);
      case 'POST /simulator/webhooks/hold': this.controls.webhooks.hold(); return nothing(204);
      case 'POST /simulator/webhooks/release': await this.controls.webhooks.release(asked.order === 'reversed'); return nothing(204);
      default: return stripeProblem(404, 'invalid_request_error', 'There is no such control.');
    }
  }
}
