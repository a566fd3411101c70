export { glanafonTheme } from './glanafon-theme';
