export { glanafon, glanafonWith } from './council.config';
export { glanafonWithNeighboursPayments } from './neighbours-payments.config';
