export { demoOfficers, demoResidents } from './demo-sign-in.provider';
