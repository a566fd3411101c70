export { fetchPhoto } from './fetch-photo';
export type { FetchPhotoOptions, NotFetched } from './fetch-photo';
export { keepPhotos, lostPhotosInWords } from './keep-photos';
export type { KeepingPhotos, KeptPhotos } from './keep-photos';
export { MOST_OFFERED_PHOTOS, photoHashesOf, readOfferedPhotos } from './offered-photo';
export type { OfferedPhoto } from './offered-photo';
