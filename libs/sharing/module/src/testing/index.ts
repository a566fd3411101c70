// The node's inner doors, for tests of other packages that need one which shares already.
export { AsksAgain } from '../asking/asks-again';
export { AsksExchange } from '../asking/asks-exchange';
export { Choices } from '../choosing/choices';
export { EvidenceStore } from '../evidence/evidence-store';
export { Bodies } from '../desk/bodies';
export { SignsAgreement } from '../desk/signs-agreement';
export { Agreements } from '../knowing/agreements';
export { Peers } from '../knowing/peers';
export { Links } from '../linking/links';
export { OwnNode } from '../node/own-node';
