import type { GuildhallRequest } from '@guildhall/kernel';
import type { Media } from '../receiving/media';
import { invalid } from './fields';

/** The photos that came with a form: FixMyStreet calls them `photo1`, `photo2`, …; any file counts. @throws InvalidInput for one that was cut off at the limit */
export function photosOf(req: GuildhallRequest): readonly Media[] {
  return (req.uploads ?? []).filter(({ bytes }) => bytes.byteLength > 0).map(({ field, filename, bytes, isTruncated }): Media => {
    if (isTruncated) throw invalid(field, 'is larger than photos may be');
    return { kind: 'bytes', bytes, filename: filename || field };
  });
}
