import {fullness} from '../model/fullness.ts';
import {inodeRatio} from '../model/inode-ratio.ts';
import {type ContainerInfo, isFinished, type PodInfo, type Termination} from '../model/inventory.ts';
import {podLimits} from '../model/pod-limits.ts';
import type {Problem} from '../model/problem.ts';
import {ratio} from '../model/ratio.ts';
import type {PodRow} from '../model/row.ts';
import {highestFullnessOf, highestInodeRatioOf} from '../model/volumes.ts';
import {crossedThreshold, isCrossed, NO_PROBLEMS} from './crossed-threshold.ts';

/** A pod that starts, and a container that is not ready yet, is no problem before this time. */
const START_MS = 60_000;

/** What ended longer ago is history. */
const RECENT_MS = 3_600_000;

/** The states of a container that starts. */
const STARTS: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

/** A pod that is not placed, does not start, failed or was OOM killed lately, or is not ready: by the API server. */
export function podProblems({info}: PodRow, nowMs: number): readonly Problem[] {
	if (info === undefined || isAtRest(info)) {
		return NO_PROBLEMS;
	}

	return isFinished(info)
		? failed(info, nowMs)
		: [
				...unplaced(info, nowMs),
				...info.containers.flatMap(container => containerState(info, container, nowMs)),
			];
}

/** Whether `podProblems` of a pod may be others at another time. */
export function hasPassingProblems({info}: PodRow): boolean {
	return info !== undefined && !isAtRest(info);
}

function isAtRest({nodeName, phase, containers}: PodInfo): boolean {
	return nodeName !== undefined && phase !== 'Failed' && containers.every(isQuiet);
}

/** A pod at its limits, by the samples of its node. */
export function podFigures(row: PodRow): readonly Problem[] {
	if (!isPodAtLimit(row)) {
		return NO_PROBLEMS;
	}

	return [
		...crossedThreshold(
			'memory of limit',
			memoryOfLimit(row),
			percent => `uses ${percent} of its memory limit`,
		),
		...Array.from(row.volumes).flatMap(volume => [
			...crossedThreshold('volume', fullness(volume), percent => `volume ${volume.name} is ${percent} full`),
			...crossedThreshold(
				'inodes',
				inodeRatio(volume),
				percent => `${percent} of the inodes of volume ${volume.name} are in use`,
			),
		]),
	];
}

/** Whether `podFigures` has any. */
export function isPodAtLimit(row: PodRow): boolean {
	return (
		isCrossed('memory of limit', memoryOfLimit(row)) ||
		isCrossed('volume', highestFullnessOf(row.volumes)) ||
		isCrossed('inodes', highestInodeRatioOf(row.volumes))
	);
}

/** The limit of a pod's only container is that container's problem. */
function memoryOfLimit(row: PodRow): number | undefined {
	const limitBytes = row.info?.containers.length === 1 ? undefined : podLimits(row)?.memoryBytes;
	return ratio(row.memoryWorkingSetBytes, limitBytes);
}

/** Runs well and never ended otherwise, or has done its work. */
function isQuiet({kind, state, isReady, lastTermination}: ContainerInfo): boolean {
	return state.kind === 'running'
		? (isReady || kind === 'ephemeral') && lastTermination === undefined
		: state.kind === 'terminated' && state.exitCode === 0 && state.reason !== 'OOMKilled';
}

function failed(info: PodInfo, nowMs: number): readonly Problem[] {
	const ends = info.containers.flatMap(({state}) => (state.kind === 'terminated' ? [state] : []));
	const endMs = ends.map(({finishedAtMs}) => finishedAtMs ?? Number.NEGATIVE_INFINITY);
	// An evicted pod has no containers that say when they ended.
	const sinceMs = ends.length === 0 ? (info.startTimeMs ?? info.createdAtMs) : Math.max(...endMs);
	return info.phase === 'Failed' && isRecent(sinceMs, nowMs)
		? [
				{
					level: 'warning',
					reason: info.reason,
					message: info.message ?? `has failed${exitCode(ends.find(end => end.exitCode !== 0))}`,
					container: undefined,
					sinceMs,
				},
			]
		: [];
}

function unplaced({nodeName, createdAtMs, reason, message}: PodInfo, nowMs: number): readonly Problem[] {
	return nodeName !== undefined || isStarting(createdAtMs, nowMs)
		? []
		: [
				{
					level: 'critical',
					reason,
					message: message ?? 'is on no node yet',
					container: undefined,
					sinceMs: createdAtMs,
				},
			];
}

function containerState(info: PodInfo, container: ContainerInfo, nowMs: number): readonly Problem[] {
	const {name, state} = container;
	switch (state.kind) {
		case 'waiting': {
			const reason = state.reason ?? 'waiting';
			const startedMs = info.startTimeMs ?? info.createdAtMs;
			const isLate = !STARTS.has(reason) || !isStarting(startedMs, nowMs);
			return [
				// App containers wait until those before them have ended, which is not theirs to say.
				...(isLate && !(reason === 'PodInitializing' && info.containers.some(isBeforeApps))
					? [
							{
								level: 'critical' as const,
								reason,
								message: state.message ?? `${name} waits${lastEnd(container)}`,
								container: name,
								sinceMs: STARTS.has(reason) ? startedMs : container.lastTermination?.finishedAtMs,
							},
						]
					: []),
				...oomKilled(container, container.lastTermination, nowMs),
			];
		}

		case 'running':
			return [
				...oomKilled(container, container.lastTermination, nowMs),
				...(container.isReady || container.kind === 'ephemeral' || isStarting(state.startedAtMs, nowMs)
					? []
					: [
							{
								level: 'warning' as const,
								reason: 'not ready',
								message: `${name} runs and is not ready`,
								container: name,
								sinceMs: undefined,
							},
						]),
			];
		case 'terminated':
			return [
				...oomKilled(container, state, nowMs),
				...(state.exitCode === 0 || state.reason === 'OOMKilled' || state.exitCode === undefined
					? []
					: [
							{
								level: 'critical' as const,
								reason: state.reason ?? 'failed',
								message: `${name} has ended${exitCode(state)}`,
								container: name,
								sinceMs: state.finishedAtMs,
							},
						]),
			];
		case 'unknown':
			return [];
	}
}

function isBeforeApps({kind, state}: ContainerInfo): boolean {
	return kind === 'init' && !(state.kind === 'terminated' && state.exitCode === 0);
}

function oomKilled(
	{name, restarts, limits}: ContainerInfo,
	ended: Termination | undefined,
	nowMs: number,
): readonly Problem[] {
	return ended?.reason === 'OOMKilled' && isRecent(ended.finishedAtMs, nowMs)
		? [
				{
					level: 'warning',
					reason: 'OOM killed',
					message: `${name} was killed for memory${limits.memoryBytes === undefined ? '' : ' at its limit'}, ${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`,
					container: name,
					sinceMs: ended.finishedAtMs,
				},
			]
		: [];
}

function lastEnd({lastTermination}: ContainerInfo): string {
	return lastTermination === undefined
		? ''
		: `; it last ended with ${lastTermination.reason ?? 'no reason'}${exitCode(lastTermination)}`;
}

function exitCode(ended: Termination | undefined): string {
	return ended?.exitCode === undefined ? '' : `, exit code ${ended.exitCode}`;
}

function isStarting(sinceMs: number | undefined, nowMs: number): boolean {
	return sinceMs !== undefined && nowMs - sinceMs < START_MS;
}

function isRecent(atMs: number | undefined, nowMs: number): boolean {
	return atMs !== undefined && nowMs - atMs < RECENT_MS;
}
