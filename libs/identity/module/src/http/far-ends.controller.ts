import { Ctx, Public, Webhook, json } from '@guildhall/kernel';
import type { GuildhallRequest, JsonResult } from '@guildhall/kernel';
import { NotFound } from '@guildhall/kernel-contract';
import type { PublicKeySet } from '@guildhall/identity-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get, Header, Inject, Param, Post, Req } from '@nestjs/common';
import { EndElsewhere } from '../signing-in/end-elsewhere';
import { redirectOf } from '../signing-in/providers';
import type { Who } from '../signing-in/providers';

/** How long a far end may keep our keys: a new one is published long before it is used. */
const KEYS_FOR = 'public, max-age=3600';

/** What far ends ask of us, and tell us, without a browser in between. */
@Controller()
export class FarEndsController {
  constructor(@Inject(EndElsewhere) private readonly endElsewhere: EndElsewhere) {}

  @Get('sign-in/keys/:provider') @Public() @Header('cache-control', KEYS_FOR)
  residentKeys(@Ctx() ctx: RequestContext, @Param('provider') provider: string): Promise<PublicKeySet> { return keysOf(ctx, 'resident', provider); }

  @Get('desk/sign-in/keys/:provider') @Public() @Header('cache-control', KEYS_FOR)
  officerKeys(@Ctx() ctx: RequestContext, @Param('provider') provider: string): Promise<PublicKeySet> { return keysOf(ctx, 'officer', provider); }

  @Post('sign-in/logged-out/:provider') @Webhook()
  residentLoggedOut(@Req() req: GuildhallRequest, @Param('provider') provider: string): Promise<JsonResult> { return this.loggedOut(req, 'resident', provider); }

  @Post('desk/sign-in/logged-out/:provider') @Webhook()
  officerLoggedOut(@Req() req: GuildhallRequest, @Param('provider') provider: string): Promise<JsonResult> { return this.loggedOut(req, 'officer', provider); }

  /** 200 when nobody is signed in by it any more, 400 when the notice is none (OpenID Connect Back-Channel Logout 1.0, 2.8). Whatever else happens is ours to mend: the far end should send it again. */
  private async loggedOut({ guildhall: { ctx }, rawBody }: GuildhallRequest, who: Who, provider: string): Promise<JsonResult> {
    const outcome = await this.endElsewhere.end(ctx, { who, provider, body: rawBody?.toString('utf8') ?? '' });
    return outcome.ok ? json({}, 200) : json({ error: 'invalid_request', error_description: outcome.refusal.message }, 400);
  }
}

async function keysOf(ctx: RequestContext, who: Who, id: string): Promise<PublicKeySet> {
  const provider = redirectOf(ctx, who, id);
  if (!provider.publicKeys) throw new NotFound('This way to sign in has no keys.');
  return provider.publicKeys();
}
