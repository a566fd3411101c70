import { HttpOutbound } from './outbound';
import { isPublicAddress, lookUpPublic } from './public-addresses';

describe('addresses that somebody else chose', () => {
  const outbound = new HttpOutbound();
  afterAll(() => outbound.close());

  it.each(['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.0.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', 'nonsense'])('does not take %s for public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
  it.each(['8.8.8.8', '2a00:1450:4009::1'])('takes %s for public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
  it.each(['http://127.0.0.1/', 'http://127.1/', 'http://0x7f000001/', 'http://2130706433/', 'http://[::1]/', 'http://[::ffff:10.0.0.1]/', 'http://localhost/', 'http://riverbourne.localhost./', 'http://metadata/', 'https://169.254.169.254/latest/'])('never calls %s', async (url) => {
    await expect(outbound.fetch(url, { onlyPublicAddresses: true })).rejects.toMatchObject({ code: 'invalid-input' });
  });
  it('refuses a name that leads to this machine when it is connected to, not before', async () => {
    const failed = await new Promise<unknown>((resolve) => lookUpPublic('localhost', { all: true }, (error) => resolve(error)));
    expect(failed).toMatchObject({ code: 'invalid-input' });
  });
});
