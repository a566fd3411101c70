import { camel, pascal, problemsOfName, quoted } from './naming';
import { paletteOf, problemsOfBrand } from './colour';
import { generated, type Generator } from './generator';
import { folderOutside, houseOf, madeKnown, problemsOfHouse, stepsOf, type PackageOptions } from './house';
import { packageFiles, withRunner } from './package-files';
import { filled } from './template';

/** @public */
export interface ThemeOptions extends PackageOptions {
  /** `aldermoor` */
  readonly name: string;
  /** White words must be readable on it: `#1d4f3a`. */
  readonly brand: string;
}

/** A council's look as a package of its own: colours made of one, a typeface, an emblem to be replaced, and the test that everybody can read it. @public */
export const theme: Generator<ThemeOptions> = (options, world) => generated(world, [...problemsOfName('The name of the theme', options.name), ...problemsOfBrand(options.brand), ...problemsOfHouse(options)], () => {
  const { name } = options;
  const house = houseOf(world, options);
  const folder = house.isGuildhall ? `libs/themes/${name}` : folderOutside(world, `theme-${name}`);
  return {
    files: {
      ...packageFiles(house, {
        name: `theme-${name}`, folder, description: { en: 'The look of a council: colours, typeface, emblem.', cy: 'Golwg cyngor: lliwiau, ffurfdeip, arwyddlun.' }, layer: 'theme', capability: 'ui', dependencies: ['@guildhall/kernel-contract'],
        guildhall: { kind: 'theme', id: name },
      }),
      ...withRunner(house, filled('theme', { name, camel: camel(name), pascal: pascal(name), ...paletteOf(options.brand), title: quoted(name) }, folder)),
    },
    changes: madeKnown(world, house, folder),
    nextSteps: [...stepsOf(house), `Draw the council's own emblem in ${folder}/src/emblem.ts.`, `Use it in a council's configuration: theme: ${camel(name)}Theme.`],
  };
});
