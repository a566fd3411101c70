export { riverbourneTheme } from './riverbourne-theme';
