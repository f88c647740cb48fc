import type {Surroundings, Why} from '../model/column.ts';
import {failureOf} from '../model/node-state.ts';
import {isOfCpuAndMemoryAlone, type Route, routeText} from '../model/route.ts';
import type {NodeRow, ObjectRow} from '../model/row.ts';
import {isSumOfPods, type SumOfPods} from '../model/sum-of-pods.ts';
import {whyNotRunning} from './not-running.ts';
import {firstOf} from './reason.ts';

/**
 * Answers for figures that come with a node's samples (CPU, memory, network, disks, pressure): why is this one unknown?
 * The causes are tried in order: no sample at all, a past moment, the route that the node is read by, and then what is
 * particular to the figure. Functions named `why…` give a reason or undefined; constants and functions named
 * `…unmeasured` always give one.
 */

/** The second sample of a kubelet arrives within this time. */
const SECOND_SAMPLE_MS = 60_000;

/** Minor version of the first kubelet that reports pressure by default (KEP-4205, beta). */
const PRESSURE_SINCE_MINOR = 34;

function nodeOf(row: ObjectRow, {node}: Surroundings): NodeRow | undefined {
	return row.kind === 'node' ? row : node;
}

/** Why there is no sample of a row at all; undefined where there is one. */
export function whyUnread(row: ObjectRow, around: Surroundings): string | undefined {
	if (isSumOfPods(row)) {
		return row.cpuCores !== undefined || row.memoryWorkingSetBytes !== undefined
			? undefined
			: row.podCount === 0
				? 'none of its pods is running'
				: around.isPast
					? 'ktop has no sample of its pods from that time'
					: 'none of its pods was read; see the reason of each pod';
	}

	if (row.receivedAtMs !== undefined) {
		return undefined;
	}

	return around.isPast
		? 'ktop has no sample from that time'
		: (whyNotRunning(row) ?? whyNodeSilent(row, around));
}

function whyNodeSilent(row: Exclude<ObjectRow, SumOfPods>, around: Surroundings): string {
	const node = nodeOf(row, around);
	if (node === undefined) {
		return row.kind === 'node' || row.node === ''
			? 'it is on no node'
			: `node ${row.node} is not among those that are read`;
	}

	const name = row.kind === 'node' ? 'the node' : `node ${node.name}`;
	const failure = failureOf(node.state);
	switch (node.state.kind) {
		case 'failed':
			return node.info?.isVirtual
				? `${name} is virtual, and neither the API server’s proxy nor metrics-server reports it`
				: `${name} cannot be read: ${node.state.failure.brief}`;
		case 'stored':
			return failure === undefined
				? `${node.state.store} has no data of it`
				: `${node.state.store} has no data of it, and ${name} cannot be read: ${failure.brief}`;
		case 'waiting':
			return `${name} has not answered yet`;
		case 'past':
		case 'live':
			return row.kind === 'node'
				? 'the samples of the node contain only its pods'
				: `${name} answers and does not report it${mayBeGone(row)}`;
	}
}

function mayBeGone(row: Exclude<ObjectRow, SumOfPods | NodeRow>): string {
	return row.kind !== 'process' && row.isFrozen
		? ': it may be gone, since the API server is out of reach'
		: '';
}

/** Why the node's route, or the store in its place, does not report it. */
function whyNotOnRoute(row: ObjectRow, around: Surroundings): string | undefined {
	const node = nodeOf(row, around);
	switch (node?.state.kind) {
		case 'live': {
			const {route, degraded} = node.state;
			return isOfCpuAndMemoryAlone(route)
				? `${routeText(route)} reports only CPU and memory${degraded === undefined ? whyLess(route) : `; the better route failed: ${degraded.brief}`}`
				: undefined;
		}

		case 'stored':
			return `${node.state.store} does not store it${failureOf(node.state) === undefined ? '' : ', and its node cannot be read'}`;
		case 'failed':
			return `it was not in the last sample, and the node cannot be read since: ${node.state.failure.brief}`;
		default:
			return undefined;
	}
}

/** No other endpoint failed: the row was off the screen, and a round of full reads took longer than the interval. */
function whyLess(route: Route): string {
	return route.kind === 'kubelet' && route.endpoint === 'cpu+mem'
		? ', which nodes off the screen are asked for alone while a round is late'
		: '';
}

/** For the series that rings keep: CPU, memory, RSS, network, the fullest file system and throttling. */
const kept = (row: ObjectRow, {isPast}: Surroundings): string | undefined =>
	isPast ? (isSumOfPods(row) ? undefined : 'the sample from that time does not contain it') : undefined;

const notKept = (_row: ObjectRow, {isPast}: Surroundings): string | undefined =>
	isPast ? 'its history is not kept' : undefined;

/** For what every route reports. */
export const cpuUnmeasured: Why = firstOf(whyUnread, kept, whyNotRunning, whyNoRate);
export const memoryUnmeasured: Why = firstOf(
	whyUnread,
	kept,
	whyNotRunning,
	'the newest sample does not contain it',
);

/** For what only some routes report. `otherwise` is the reason where the route does report such figures. */
export const unmeasured = (otherwise: Why | string): Why =>
	firstOf(whyUnread, notKept, whyNotOnRoute, otherwise);
export const unmeasuredSeries = (otherwise: Why | string): Why =>
	firstOf(whyUnread, kept, whyNotOnRoute, otherwise);

export function whyNoRate(row: ObjectRow, {watchedMs, nowMs}: Surroundings): string {
	const startedMs = isSumOfPods(row) ? undefined : row.startTimeMs;
	const isYoung = startedMs !== undefined && nowMs - startedMs < SECOND_SAMPLE_MS;
	return watchedMs < SECOND_SAMPLE_MS || isYoung
		? 'a rate needs two samples, and there is only one yet'
		: 'the samples of the node do not count it, or its counter was reset';
}

export const networkUnmeasured: Why = firstOf(
	row => {
		switch (row.kind) {
			case 'container':
				return row.pod === undefined ? undefined : 'a container shares the network of its pod; see the pod';
			case 'pod':
				return row.isHostNetwork
					? 'a hostNetwork pod uses the network of its node, so its own traffic is not known'
					: undefined;
			default:
				return undefined;
		}
	},
	unmeasuredSeries((row, around) =>
		isSumOfPods(row)
			? 'none of its pods reports it: their node does not, or they use the network of the node'
			: whyNoRate(row, around),
	),
);

/** For what cAdvisor reports for these kinds of rows and the summary of a kubelet does not. */
export function whyNotInSummary(
	kinds: ReadonlyArray<ObjectRow['kind']>,
): (row: ObjectRow, around: Surroundings) => string | undefined {
	return (row, around) => {
		const state = nodeOf(row, around)?.state;
		return kinds.includes(row.kind) && state?.kind === 'live' && isSummary(state.route)
			? 'the summary of a kubelet does not contain it; cAdvisor reports it'
			: undefined;
	};
}

function isSummary(route: Route): boolean {
	return route.kind === 'kubelet' && route.endpoint === 'summary';
}

export const rateUnmeasured: Why = unmeasured(whyNoRate);

export const pressureUnmeasured: Why = unmeasured((row, around) => {
	const version = nodeOf(row, around)?.info?.versions.kubelet;
	const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version ?? '') ?? [];
	return major === '1' && Number(minor) < PRESSURE_SINCE_MINOR
		? `kubelet ${version} does not report pressure: that needs 1.${PRESSURE_SINCE_MINOR} and cgroup v2`
		: `it needs Linux with PSI and cgroup v2, and kubelet 1.${PRESSURE_SINCE_MINOR} where one is read`;
});

/** /metrics/cadvisor is expensive, so ktop requests it only for the node whose page is open. */
function whyNotAsked(row: ObjectRow, around: Surroundings): string | undefined {
	const state = nodeOf(row, around)?.state;
	return state?.kind === 'live' && state.route.kind === 'kubelet'
		? (state.degraded?.brief ?? 'ktop reads it only while a page of its node is open, and needs two samples')
		: undefined;
}

export const throttlingUnmeasured: Why = firstOf(
	whyUnread,
	kept,
	row =>
		row.kind === 'container' && row.cpuLimitCores === undefined
			? 'it has no CPU limit, so it is never throttled'
			: undefined,
	whyNotAsked,
	whyNotOnRoute,
	'it needs two samples with a scheduler period between them',
);
