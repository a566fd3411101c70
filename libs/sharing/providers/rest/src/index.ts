export { restRegister } from './rest-register';
export type { RestFind, RestRegisterOptions } from './rest-register.options';
