export { guide } from './http-email.ts';
