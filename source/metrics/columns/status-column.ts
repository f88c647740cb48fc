import type {Column} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import {statusOf} from '../model/status.ts';
import {toldOf} from '../reasons/missing.ts';
import {unlisted} from '../reasons/why-unset.ts';

/** The one word that `kubectl get` has for a row. */
export const status = <R extends Row>(explanation: string): Column<R> => ({
	id: 'status',
	heading: 'STATUS',
	unit: 'status',
	explanation,
	value: row => statusOf(row),
	why: toldOf(['node', 'pod', 'container'], unlisted('its node has not reported it yet')),
});
