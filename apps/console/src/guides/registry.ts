import type { Guide } from './guide.types.ts';

/** Every integration guide there is, in the order of the gallery. */
export const guides: Guide[] = [];
