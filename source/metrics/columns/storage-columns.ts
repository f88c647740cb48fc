import type {Column, Why} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import {onlyFor} from '../reasons/reason.ts';
import {unmeasured} from '../reasons/unmeasured.ts';
import {amount, share} from './column-kinds.ts';

/** Volumes of pods and ephemeral storage. */

export const noVolume = (otherwise: string): Why =>
	onlyFor(
		['pod', 'namespace', 'workload'],
		unmeasured(row =>
			row.kind === 'pod' && row.volumes.length > 0
				? otherwise
				: 'it has no volume of a kind that kubelets measure',
		),
	);

export const ephemeralUnmeasured = onlyFor(
	['pod', 'namespace', 'workload'],
	unmeasured('the samples of the node do not contain it'),
);

export const ephemeral = <R extends Row>(value: (row: R) => number | undefined): Column<R> =>
	amount(
		'ephemeral',
		['EPHEM', 'EPHEMERAL STORAGE'],
		'bytes',
		'Ephemeral storage: logs, layers and emptyDirs, for which pods are evicted.',
		value,
		ephemeralUnmeasured,
	);

export const volumes = <R extends Row>(
	explanation: string,
	value: (row: R) => number | undefined,
): Column<R> =>
	share('volumes%', ['VOL%', 'FULLEST VOLUME %'], explanation, value, noVolume('no volume reports its size'));
