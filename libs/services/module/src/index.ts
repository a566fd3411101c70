export { services } from './services.module';
