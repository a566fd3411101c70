import type { Text } from '@guildhall/kernel-contract';
import type { PhotoRefused } from '../photos/add-photos';

/** What went wrong with one photo, and what to do. The others are kept. */
export const PHOTO_PROBLEMS: Readonly<Record<PhotoRefused['reason'] | 'none', Text>> = {
  none: { en: 'Choose a photo first, then add it', cy: 'Dewiswch lun yn gyntaf, yna ychwanegwch ef' },
  empty: { en: 'the file is empty. Choose another one', cy: 'mae’r ffeil yn wag. Dewiswch un arall' },
  'too-large': { en: 'the photo is too large. It must be smaller than 10 MB', cy: 'mae’r llun yn rhy fawr. Rhaid iddo fod yn llai na 10 MB' },
  'type-not-allowed': { en: 'this is not a photo. Use JPG, PNG, WebP or GIF', cy: 'nid llun yw hwn. Defnyddiwch JPG, PNG, WebP neu GIF' },
  unreadable: { en: 'the photo is damaged. Try another one', cy: 'mae’r llun wedi’i ddifrodi. Rhowch gynnig ar un arall' },
  'too-many-pixels': { en: 'the photo has too many pixels. Take it with a smaller setting', cy: 'mae gan y llun ormod o bicseli. Tynnwch ef â gosodiad llai' },
  infected: { en: 'our check found something harmful in it. Choose another one', cy: 'daeth ein gwiriad o hyd i rywbeth niweidiol ynddo. Dewiswch un arall' },
  'too-many': { en: 'you have added as many photos as you can. Remove one first', cy: 'rydych wedi ychwanegu cymaint o luniau ag y gallwch. Tynnwch un yn gyntaf' },
  'cut-off': { en: 'the photo did not arrive whole. Try again', cy: 'ni chyrhaeddodd y llun yn gyfan. Rhowch gynnig arall arni' },
  unavailable: { en: 'we cannot take photos just now. Try again, or go on without it', cy: 'ni allwn dderbyn lluniau ar hyn o bryd. Rhowch gynnig arall arni, neu ewch ymlaen hebddo' },
};
