import { testConformance } from '@guildhall/kernel-contract';
import { SERVICE, type ServiceRegistration } from '@guildhall/services-contract';
import { serviceKit } from '@guildhall/services-contract/testing';
import { reportAProblem } from './report-a-problem';

const registrationOf = (installation: ReturnType<typeof reportAProblem>): ServiceRegistration => installation.registers.find(({ point }) => point.id === SERVICE.id)?.extension as ServiceRegistration;

testConformance(serviceKit, { describe, it }, { open: async () => ({ registration: registrationOf(reportAProblem()), today: '2026-11-23' }) });
