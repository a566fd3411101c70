import type { Answer } from './answer';
import type { BucketFolder } from './bucket-folder';
import { S3Error } from './s3-error';
import { elementsOf, textOf, xmlOf } from './xml';

/** Deletes several objects at once; what is not there counts as deleted. */
export async function deleteObjects(bucket: BucketFolder, body: string): Promise<Answer> {
  const keys = elementsOf(body, 'Object').map((object) => textOf(object, 'Key')).filter((key) => key !== undefined);
  if (!keys.length || keys.length > 1_000) throw new S3Error('MalformedXML', 400, 'The XML you provided was not well-formed or did not validate against our published schema');
  for (const key of keys) await bucket.delete(key);
  return { status: 200, xml: xmlOf('DeleteResult', { Deleted: textOf(body, 'Quiet') === 'true' ? [] : keys.map((key) => ({ Key: key })) }) };
}
