import type { BucketFolder } from './bucket-folder';
import { S3_FAULTS } from './faults';
import type { S3Operation } from './operation';
import type { S3Simulator } from './s3-simulator';
import { escapedXml as escaped } from './xml';

const MOST_SHOWN = 200;
const FAILING: readonly S3Operation[] = ['PutObject', 'GetObject', 'HeadObject', 'DeleteObject', 'ListObjectsV2', 'CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload', 'AbortMultipartUpload', 'HeadBucket'];

/** The page that shows what is in the buckets and what was asked, and by which the simulator is driven. It runs no script. */
export async function bucketPage(simulator: S3Simulator): Promise<string> {
  const planned = simulator.faults.planned.map(({ fault, on, left }) => `<li>${fault}${on ? ` on ${on}` : ''}, ${left === Number.POSITIVE_INFINITY ? 'until it is cleared' : `${left} more`}</li>`).join('');
  const seen = simulator.seen.toReversed().slice(0, MOST_SHOWN).map((one) => `<tr><td>${one.at.toISOString()}</td><td>${one.operation}</td><td><code>${escaped(one.bucket)}/${escaped(one.key)}</code></td><td>${one.status || ''} ${escaped(one.outcome)}</td></tr>`).join('');
  const buckets = await Promise.all(simulator.buckets.map(describe));
  const [key] = simulator.keys;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>S3 simulator</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #767676;padding:.25rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}button,select,input{font:inherit;padding:.3rem .6rem}</style></head><body>
<h1>S3 simulator</h1><p>It speaks as Amazon S3 does, and keeps everything on this machine. Origin <code>${escaped(simulator.origin)}</code>, region <code>${escaped(simulator.region)}</code>, access key <code>${escaped(key.accessKeyId)}</code>, secret <code>${escaped(key.secretAccessKey)}</code>.</p>
${buckets.join('')}
<h2>Make it fail</h2><form method="post" action="/_simulator/faults"><p><label>What happens <select name="fault">${S3_FAULTS.map((fault) => `<option>${fault}</option>`).join('')}</select></label> <label>on <select name="on"><option value="">every operation</option>${FAILING.map((on) => `<option>${on}</option>`).join('')}</select></label> <label>so many times <input name="times" value="1" inputmode="numeric" size="3"></label> <button>Plan it</button></p></form>
${planned ? `<h3>Planned</h3><ol>${planned}</ol>` : '<p>Nothing is planned.</p>'}
<form method="post" action="/_simulator/clock"><p><label>Its clock is so many minutes ahead <input name="minutes" value="${simulator.clockOffsetInSeconds / 60}" size="5"></label> <button>Set</button></p></form>
<form method="post" action="/_simulator/clear"><p><button>Clear faults and the list below</button></p></form>
<h2>Requests, the latest first</h2><table><thead><tr><th scope="col">When</th><th scope="col">Operation</th><th scope="col">Of what</th><th scope="col">Answer</th></tr></thead><tbody>${seen}</tbody></table></body></html>`;
}

async function describe(bucket: BucketFolder): Promise<string> {
  const objects = await bucket.all();
  const uploads = await bucket.uploads();
  const rows = objects.slice(0, MOST_SHOWN).map((object) => `<tr><td><a href="/_simulator/object?${new URLSearchParams({ bucket: bucket.name, key: object.key }).toString().replaceAll('&', '&amp;')}">${escaped(object.key)}</a></td><td>${object.sizeInBytes}</td><td>${escaped(object.contentType)}</td><td>${escaped(object.encryption)}</td><td>${object.modifiedAt}</td></tr>`).join('');
  return `<h2>Bucket ${escaped(bucket.name)}</h2><p>${objects.length} objects, ${uploads.length} unfinished uploads.</p><table><thead><tr><th scope="col">Key</th><th scope="col">Bytes</th><th scope="col">Type</th><th scope="col">Encryption</th><th scope="col">Changed</th></tr></thead><tbody>${rows}</tbody></table>`;
}
