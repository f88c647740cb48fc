import type {Column} from '../model/column.ts';
import {type ExtendedAmounts, gpusOf} from '../model/extended-resources.ts';
import {allocatableGpus, requestedGpus} from '../model/node-gpus.ts';
import {ratio} from '../model/ratio.ts';
import type {NodeRow, Row} from '../model/row.ts';
import {unlisted, unlistedSum} from '../reasons/unlisted.ts';
import {count, share} from './column-kinds.ts';

const COUNTED =
	'whole ones, shared ones and parts, as device plugins count them. What is claimed by dynamic resource allocation is not in it.';

const NO_GPU = 'it has no GPU that a device plugin reports';

/** The GPUs that a pod, a container or the pods of a sum request. */
export const gpuRequest = <R extends Row>(requests: (row: R) => ExtendedAmounts | undefined): Column<R> =>
	count(
		'gpu-request',
		['GPUREQ', 'GPU REQUEST'],
		`GPUs requested: ${COUNTED}`,
		row => gpusOf(requests(row)),
		unlisted(row => (row.kind === 'container' ? 'it requests no GPU' : 'no container of it requests a GPU')),
	);

export const nodeGpus: ReadonlyArray<Column<NodeRow>> = [
	count(
		'gpu-request',
		['GPUREQ', 'GPU REQUEST'],
		`GPUs that the pods on the node request: ${COUNTED}`,
		requestedGpus,
		unlistedSum(NO_GPU),
	),
	count(
		'gpu-allocatable',
		['GPUALL', 'GPU ALLOCATABLE'],
		`GPUs that pods can request: ${COUNTED}`,
		allocatableGpus,
		unlisted(NO_GPU),
	),
	share(
		'gpu%requested',
		['GPU%R', 'GPU % REQUESTED'],
		'GPUs that the pods on the node request as a share of its allocatable GPUs.',
		row => ratio(requestedGpus(row), allocatableGpus(row)),
		unlistedSum(NO_GPU),
	),
];
