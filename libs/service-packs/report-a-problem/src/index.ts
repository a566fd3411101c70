export { reportAProblem, reportAProblemService } from './report-a-problem';
