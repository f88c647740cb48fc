/** How a page shows its rows: lines of a table, or cells of a map. */
export const FORMS = ['table', 'map'] as const;

export type Form = (typeof FORMS)[number];
