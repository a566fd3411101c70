export { allotmentPlots } from './allotment-plots';
