import { testConformance } from '@guildhall/kernel-contract';
import { SERVICE, type ServiceRegistration } from '@guildhall/services-contract';
import { serviceKit } from '@guildhall/services-contract/testing';
import { gardenWaste } from './garden-waste';

const registrationOf = (installation: ReturnType<typeof gardenWaste>): ServiceRegistration => installation.registers.find(({ point }) => point.id === SERVICE.id)?.extension as ServiceRegistration;

testConformance(serviceKit, { describe, it }, { open: async () => ({ registration: registrationOf(gardenWaste()), today: '2026-11-23' }) });
