import {fullness} from '../model/fullness.ts';
import {inodeRatio} from '../model/inode-ratio.ts';
import type {NodeCondition} from '../model/inventory.ts';
import {nodeCapacity} from '../model/node-capacity.ts';
import type {Problem} from '../model/problem.ts';
import {ratio} from '../model/ratio.ts';
import type {NodeRow} from '../model/row.ts';
import {crossedThreshold} from './crossed-threshold.ts';

/** A node that is not ready, under pressure, not read, or nearly full. */
export function nodeProblems(row: NodeRow): readonly Problem[] {
	return [
		// A node that stopped reporting is not ready, and whether it is under pressure is not known.
		...(row.info?.problems ?? [])
			.filter(({type, status}) => type === 'Ready' || status === 'True')
			.map(conditionProblem),
		...unread(row),
		...(isUnread(row) ? [] : nearlyFull(row)),
	];
}

/** Whether the figures of the node, its pods and containers are stale or from the past. */
export function isUnread({state}: NodeRow): boolean {
	return state.kind === 'failed';
}

function conditionProblem({type, reason, message, sinceMs}: NodeCondition): Problem {
	return {
		level: 'critical',
		reason: type === 'Ready' ? 'not ready' : type,
		message: [reason, message].filter(part => part !== undefined && part !== '').join(': '),
		container: undefined,
		sinceMs,
	};
}

function unread({state, info}: NodeRow): readonly Problem[] {
	const failure = state.kind === 'failed' || state.kind === 'stored' ? state.failure : undefined;
	return failure === undefined || info?.isVirtual === true
		? []
		: [
				{
					level: info?.readiness === 'Ready' ? 'warning' : 'critical',
					reason: 'not read',
					message: failure.message,
					container: undefined,
					sinceMs: state.kind === 'failed' ? state.sinceMs : undefined,
				},
			];
}

function nearlyFull(row: NodeRow): readonly Problem[] {
	const {filesystems, pressure} = row;
	const capacity = nodeCapacity(row);
	return [
		...crossedThreshold(
			'cpu',
			ratio(row.cpuCores, capacity.cpuCores),
			percent => `${percent} of its CPU is in use`,
		),
		...crossedThreshold(
			'memory',
			ratio(row.memoryWorkingSetBytes, capacity.memoryBytes),
			percent => `${percent} of its memory is in use`,
		),
		...filesystems.flatMap(filesystem => [
			...crossedThreshold(
				'file system',
				fullness(filesystem),
				percent => `${filesystem.name} is ${percent} full`,
			),
			...crossedThreshold(
				'inodes',
				inodeRatio(filesystem),
				percent => `${percent} of the inodes of ${filesystem.name} are in use`,
			),
		]),
		...waitsFor('CPU pressure', pressure?.cpuSomePercent, 'a CPU'),
		...waitsFor('memory pressure', pressure?.memorySomePercent, 'memory'),
		...waitsFor('I/O pressure', pressure?.ioSomePercent, 'a disk'),
	];
}

function waitsFor(
	what: 'CPU pressure' | 'memory pressure' | 'I/O pressure',
	somePercent: number | undefined,
	resource: string,
): readonly Problem[] {
	const share = somePercent === undefined ? undefined : somePercent / 100;
	return crossedThreshold(
		what,
		share,
		percent => `a process waits for ${resource} in ${percent} of the time`,
	);
}
