import type { applications as en } from '../en/applications.ts';

export const applications: typeof en = {};
