import type {Column, Why} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import {toldOf} from '../reasons/missing.ts';
import {unmeasured} from '../reasons/why-unmeasured.ts';
import {amount, share} from './column-kinds.ts';

/** Volumes of pods and ephemeral storage. */

export const noVolume = (otherwise: string): Why =>
	toldOf(
		['pod', 'namespace'],
		unmeasured(row =>
			row.kind === 'pod' && row.volumes.length > 0
				? otherwise
				: 'there is no volume, or none of a kind that kubelets measure',
		),
	);

export const ephemeralUnmeasured = toldOf(
	['pod', 'namespace'],
	unmeasured('what the node sends does not tell what pods write'),
);

export const ephemeral = <R extends Row>(value: (row: R) => number | undefined): Column<R> =>
	amount(
		'ephemeral',
		'EPHEM',
		'bytes',
		'Ephemeral storage: logs, layers and emptyDirs, for which pods are evicted.',
		value,
		ephemeralUnmeasured,
	);

export const volumes = <R extends Row>(
	explanation: string,
	value: (row: R) => number | undefined,
): Column<R> => share('volumes%', 'VOL%', explanation, value, noVolume('no volume tells its size'));
