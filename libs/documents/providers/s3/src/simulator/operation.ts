import { S3Error } from './s3-error';

/** What can be asked of S3 here, by the names of its API reference. @public */
export type S3Operation = 'ListBuckets' | 'CreateBucket' | 'HeadBucket' | 'GetBucketLocation' | 'GetBucketVersioning' | 'ListObjects' | 'ListObjectsV2' | 'ListMultipartUploads' | 'DeleteObjects'
  | 'PutObject' | 'GetObject' | 'HeadObject' | 'DeleteObject' | 'CreateMultipartUpload' | 'UploadPart' | 'CompleteMultipartUpload' | 'AbortMultipartUpload' | 'ListParts';

/** Which operation a request is. @throws S3Error when it is none that is known here */
export function operationOf(method: string, bucket: string, key: string, query: URLSearchParams, isCopy: boolean): S3Operation {
  const has = (name: string): boolean => query.has(name);
  if (isCopy) throw new S3Error('NotImplemented', 501, 'Copying is not part of this simulator.');
  if (bucket === '') { if (method === 'GET') return 'ListBuckets'; } else if (key === '') {
    if (method === 'HEAD') return 'HeadBucket';
    if (method === 'PUT' && !query.size) return 'CreateBucket';
    if (method === 'POST' && has('delete')) return 'DeleteObjects';
    if (method === 'GET') {
      if (has('location')) return 'GetBucketLocation';
      if (has('versioning')) return 'GetBucketVersioning';
      if (has('uploads')) return 'ListMultipartUploads';
      if (![...query.keys()].some((name) => OTHER_QUESTIONS.has(name))) return query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
    }
  } else {
    if (method === 'PUT') return has('uploadId') ? 'UploadPart' : 'PutObject';
    if (method === 'GET') return has('uploadId') ? 'ListParts' : 'GetObject';
    if (method === 'HEAD') return 'HeadObject';
    if (method === 'DELETE') return has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject';
    if (method === 'POST' && has('uploads')) return 'CreateMultipartUpload';
    if (method === 'POST' && has('uploadId')) return 'CompleteMultipartUpload';
  }
  throw new S3Error('NotImplemented', 501, 'A header or query you provided implies functionality that is not part of this simulator.');
}

const OTHER_QUESTIONS: ReadonlySet<string> = new Set(['acl', 'policy', 'policyStatus', 'cors', 'lifecycle', 'encryption', 'tagging', 'versions', 'website', 'logging', 'notification', 'replication', 'object-lock', 'ownershipControls', 'publicAccessBlock', 'requestPayment', 'accelerate']);
