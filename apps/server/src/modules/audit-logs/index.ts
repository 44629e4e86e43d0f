export { readWindow } from './log-window.ts';
