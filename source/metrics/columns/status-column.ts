import type {Column} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import {statusOf} from '../model/status.ts';
import {onlyFor} from '../reasons/reason.ts';
import {unlisted} from '../reasons/unlisted.ts';

/** The one word that `kubectl get` has for a row. */
export const status = <R extends Row>(explanation: string): Column<R> => ({
	id: 'status',
	heading: 'STATUS',
	unit: 'status',
	explanation,
	value: row => statusOf(row),
	why: onlyFor(['node', 'pod', 'container'], unlisted('its node has not reported it yet')),
});
