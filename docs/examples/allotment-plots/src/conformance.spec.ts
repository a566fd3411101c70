import { describe, it } from 'node:test';
import { testConformance } from '@guildhall/kernel-contract';
import { SERVICE, type ServiceRegistration } from '@guildhall/services-contract';
import { serviceKit } from '@guildhall/services-contract/testing';
import { allotmentPlots } from './allotment-plots';

const registration = allotmentPlots().registers.find(({ point }) => point.id === SERVICE.id)?.extension as ServiceRegistration;

testConformance(serviceKit, { describe, it }, { open: async () => ({ registration, today: '2026-11-23' }) });
