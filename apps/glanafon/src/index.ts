export { glanafon } from './council.config';
