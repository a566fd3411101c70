import { plainOutbound } from '@guildhall/kernel-contract/testing';

/**
 * Goes to a far end's page as a payer's browser does: whether it is let in to pay. A page whose address works once leads on to another there, with a cookie.
 * @public
 */
export async function letsIn(nextUrl: string): Promise<boolean> {
  const { status, headers } = await plainOutbound.fetch(nextUrl);
  const onward = new URL(headers['location'] ?? '', nextUrl);
  const [cookie = ''] = (headers['set-cookie'] ?? '').split(';');
  if (status !== 303 || cookie === '' || onward.origin !== new URL(nextUrl).origin) return status === 200;
  return (await plainOutbound.fetch(onward.href, { headers: { cookie } })).status === 200;
}
