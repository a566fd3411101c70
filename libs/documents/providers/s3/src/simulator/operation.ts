import { notImplemented } from './s3-error';

/** What can be asked of S3 here, by the names of its API reference. @public */
export type S3Operation = 'ListBuckets' | 'CreateBucket' | 'HeadBucket' | 'GetBucketLocation' | 'GetBucketVersioning' | 'ListObjects' | 'ListObjectsV2' | 'ListMultipartUploads' | 'DeleteObjects'
  | 'PutObject' | 'GetObject' | 'HeadObject' | 'DeleteObject' | 'CreateMultipartUpload' | 'UploadPart' | 'CompleteMultipartUpload' | 'AbortMultipartUpload' | 'ListParts';

/** Which operation a request is. @throws S3Error when it is none of these: 501 NotImplemented, as stores answer that do not have all of Amazon's (S3 API reference, "Error responses") */
export function operationOf(method: string, bucket: string, key: string, query: URLSearchParams, isCopy: boolean): S3Operation {
  const has = (name: string): boolean => query.has(name);
  if (isCopy) throw notImplemented('Copying');
  // Else `PUT /bucket/key?tagging` would write the tags over the object.
  const other = [...query.keys()].find((name) => OTHER_PARTS.has(name));
  if (other !== undefined) throw notImplemented(other);
  if (bucket === '') { if (method === 'GET') return 'ListBuckets'; } else if (key === '') {
    if (method === 'HEAD') return 'HeadBucket';
    if (method === 'PUT' && !query.size) return 'CreateBucket';
    if (method === 'POST' && has('delete')) return 'DeleteObjects';
    if (method === 'GET') {
      if (has('location')) return 'GetBucketLocation';
      if (has('versioning')) return 'GetBucketVersioning';
      if (has('uploads')) return 'ListMultipartUploads';
      return query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
    }
  } else {
    if (method === 'PUT') return has('uploadId') ? 'UploadPart' : 'PutObject';
    if (method === 'GET') return has('uploadId') ? 'ListParts' : 'GetObject';
    if (method === 'HEAD') return 'HeadObject';
    if (method === 'DELETE') return has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject';
    if (method === 'POST' && has('uploads')) return 'CreateMultipartUpload';
    if (method === 'POST' && has('uploadId')) return 'CompleteMultipartUpload';
  }
  throw notImplemented(`${method} here`);
}

/** Parts of buckets and objects that S3 addresses by a query of this name, and that are not kept here. */
const OTHER_PARTS: ReadonlySet<string> = new Set(['acl', 'policy', 'policyStatus', 'cors', 'lifecycle', 'encryption', 'tagging', 'versions', 'versionId', 'website', 'logging', 'notification', 'replication', 'object-lock', 'retention', 'legal-hold', 'ownershipControls', 'publicAccessBlock', 'requestPayment', 'accelerate', 'attributes', 'torrent', 'restore', 'select']);
