import {columnsOf} from '../metrics/columns/columns.ts';
import type {Row} from '../metrics/model/row.ts';
import {parseFilter} from '../metrics/view/filter.ts';
import type {Selection} from '../options/options.ts';

/**
 * The selection that the screen opens with. If no level was given and nodes may not be listed, it is the table of pods:
 * nodes are then known only from their pods, and their table is nearly empty. A filter or sort column that only nodes have
 * keeps the table of nodes.
 */
export function firstSelection(selection: Selection, hidesNodes: boolean): Selection {
	const {isLevelGiven, sort, filter = '', group} = selection;
	const columns = columnsOf('pods');
	const fitsPods =
		group === undefined &&
		(sort === undefined || columns.some(({id}) => id === sort.column)) &&
		parseFilter<Row>(filter, columns).kind === 'ok';
	return hidesNodes && !isLevelGiven && fitsPods ? {...selection, level: 'pods'} : selection;
}
