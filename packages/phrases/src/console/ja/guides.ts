import type { guides as en } from '../en/guides.ts';

export const guides: typeof en = {};
