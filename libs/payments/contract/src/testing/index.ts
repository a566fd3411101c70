export { InMemoryProvider } from './in-memory-provider';
export type { ProviderStyle } from './in-memory-provider';
export type { Awaitable } from './awaitable';
export type { FarEndFault, FarEndOperation, FarEndPayment, PayerDoes, PaymentFarEnd } from './far-end';
export { PAYMENT_PROVIDER_KIT } from './provider-kit';
export type { PaymentProviderHarness } from './provider-kit';
