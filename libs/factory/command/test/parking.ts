/** A small package of an invented regional body, as it is in its own repository. */
export function parking({ name = '@westmarch/parking', version = '1.0.0', kind = 'service-pack', ...more }: { readonly name?: string; readonly version?: string; readonly kind?: string; readonly [more: string]: unknown } = {}): Readonly<Record<string, unknown>> {
  return {
    'package.json': {
      name, version, license: 'MIT', description: 'Parking permits for residents.', type: 'commonjs', main: './dist/index.js', files: ['dist'], publishConfig: { access: 'public' }, engines: { node: '>=20.19' }, repository: { type: 'git', url: 'https://git.westmarch.example/parking' },
      dependencies: {}, guildhall: { kind, id: 'parking', owner: 'Westmarch Digital', maturity: 'beta', personalData: [], languages: ['en', 'cy'], descriptions: { cy: 'Trwyddedau parcio i breswylwyr.' }, ...(kind === 'provider' && { provides: { 'payments.payment-provider': '0.1.0' } }) }, ...more,
    },
    'dist/index.js': 'exports.parking = () => ({});\n',
    'README.md': '# Parking\n\nParking permits for residents.\n', LICENSE: 'MIT License\n\nCopyright (c) 2026 Westmarch Digital\n',
  };
}
