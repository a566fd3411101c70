export { PhotoAlbum } from './photo-album';
export type { FetchedPhoto } from './photo-album';
