import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isPicturePath, pictureFault, type PackagePicture } from '@guildhall/catalogue-contract';
import { advice, mend, type Finding, type ToCheck } from './checked';

/** The pictures that it brings of itself: those that its manifest names can be shown, with words for whoever does not see them; and none lies there that nobody would see. */
export function checkPictures({ folder, json: { guildhall: { screenshots = [] } = {} }, files }: ToCheck): readonly Finding[] {
  const named = screenshots.flatMap(({ file, text }): readonly PackagePicture[] => (typeof file === 'string' && text?.en && text.cy ? [{ path: file.replace(/^\.\//, ''), text: { en: text.en, cy: text.cy } }] : []));
  const fault = pictureFault(named, new Map(named.filter((one) => files.has(one.path)).map((one) => [one.path, readFileSync(path.join(folder, one.path))])));
  const unseen = [...files.keys()].filter((file) => isPicturePath(file) && !screenshots.some((one) => one.file?.replace(/^\.\//, '') === file));
  return [
    ...(fault ? [mend('pictures', fault.message)] : []),
    ...unseen.map((file) => advice('pictures', `${file} would not be shown: name it in the manifest under "screenshots", with what is seen in it in English and Welsh.`)),
  ];
}
