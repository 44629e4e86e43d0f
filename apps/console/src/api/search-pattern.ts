/** Words as the API's search takes them; the pattern is SQL's LIKE, in which the reader's own % and _ would be wild. */
export const containing = (search: string | undefined): string | undefined =>
  search === undefined ? undefined : `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
