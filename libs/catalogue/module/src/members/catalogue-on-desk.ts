import type { DeskArea } from '@guildhall/portal-contract';
import { CONTRIBUTE } from './permissions';

/** Where publishers and councils write. */
export const catalogueOnDesk: DeskArea = { id: 'catalogue.contributing', order: 100, titleKey: 'catalogue.desk.area', href: '/desk/catalogue', permission: CONTRIBUTE };
