export { glanafon } from './council.config';
export { glanafonWithNeighboursPayments } from './neighbours-payments.config';
