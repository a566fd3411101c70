// How a copy of what is held about somebody is written, for an app whose people have no account and whose requests come by letter.
export { CopyAsJson } from './copy-as-json';
export { CopyAsPdf } from './copy-as-pdf';
export { piecesOf } from './copy-content';
export type { CopiedRecord, CopyOf, CopyPiece, CopyWords } from './copy-content';
export { sourcesOf } from '../sources';
