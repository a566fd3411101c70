import type { GuildhallRequest } from '@guildhall/kernel';
import type { OfferedPhoto } from '@guildhall/documents-contract/from-elsewhere';
import { invalid } from './fields';

/** The photos that came with a form: FixMyStreet calls them `photo1`, `photo2`, …; any file counts. @throws InvalidInput for one that was cut off at the limit */
export function photosOf(req: GuildhallRequest): readonly OfferedPhoto[] {
  return (req.uploads ?? []).filter(({ sizeInBytes }) => sizeInBytes > 0).map((file): OfferedPhoto => {
    if (file.isTruncated) throw invalid(file.field, 'is larger than photos may be');
    return { kind: 'bytes', bytes: file, filename: file.filename || file.field };
  });
}
