import {chartedColumns} from '../../metrics/columns/charted-columns.ts';
import {layoutOf} from '../../metrics/columns/columns.ts';
import type {Level} from '../../metrics/model/view.ts';

/** How a page shows its rows: lines of a table, cells of a map, a small chart each, or the first ones in one chart. */
export const FORMS = ['table', 'map', 'wall', 'comparison'] as const;

export type Form = (typeof FORMS)[number];

/** Whether the rows of a level can be shown in a form. */
export function hasForm(level: Level | undefined, form: Form): boolean {
	switch (form) {
		case 'table':
			return true;
		case 'map':
			return level !== undefined && layoutOf(level).measures.length > 0;
		case 'wall':
		case 'comparison':
			return level !== undefined && chartedColumns(level).length > 0;
	}
}

/** The forms of a level in the order of the key that steps through them. */
export function formsOf(level: Level | undefined): readonly Form[] {
	return FORMS.filter(form => hasForm(level, form));
}
