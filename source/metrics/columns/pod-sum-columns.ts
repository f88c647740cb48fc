import type {Column} from '../model/column.ts';
import {measuredClaims, sumLimits} from '../model/pod-limits.ts';
import type {PodSums} from '../model/row.ts';
import type {SumOfPods} from '../model/sum-of-pods.ts';
import {firstOf} from '../reasons/reason.ts';
import {unlisted} from '../reasons/unlisted.ts';
import {whyUnread} from '../reasons/unmeasured.ts';
import {claims, usedClaims} from './claim-columns.ts';
import {count} from './column-kinds.ts';
import {gpuRequest} from './gpu-columns.ts';
import {networkErrors} from './network-error-column.ts';
import {ephemeral, volumes} from './storage-columns.ts';
import {cpu, memory, received, rss, sent} from './usage-columns.ts';

export const noneListed = unlisted('none of its pods is listed');

const requests = ({bound}: Pick<PodSums, 'bound'>) => bound?.requests;

/** What all sums over pods have. */
export const podSums = <R extends SumOfPods>(): ReadonlyArray<Column<R>> => [
	count('pods', 'PODS', 'Its pods that are bound to a node and not finished.', row => row.podCount),
	count(
		'containers',
		['CONT', 'CONTAINERS'],
		'Running containers of its pods.',
		row => row.containerCount,
		firstOf(whyUnread, 'no node reports the containers of its pods'),
	),
	cpu(),
	memory(),
	rss(),
	received(),
	sent(),
	...usedClaims<R>(
		row => measuredClaims(row).requests,
		row => measuredClaims(row).limits,
		' of the pods whose usage is known',
	),
	...claims<R>(requests, sumLimits),
	gpuRequest<R>(row => row.bound?.extendedRequests),
	count(
		'restarts',
		['RST', 'RESTARTS'],
		'How often containers of its pods were restarted.',
		row => row.restarts,
		noneListed,
	),
	count(
		'oom-killed',
		['OOM', 'OUT OF MEMORY'],
		'Containers that were OOM-killed when they last ended.',
		row => row.oomKilled,
		noneListed,
	),
	networkErrors<R>(row => row.networkErrorsPerSecond),
	ephemeral<R>(row => row.ephemeralStorageUsedBytes),
	volumes<R>(
		'The fullest volume of its pods: the share of its size that is not available, which is more than its own use where it shares a disk.',
		row => row.fullestVolumeRatio,
	),
];
