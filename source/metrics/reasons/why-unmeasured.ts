import type {ObjectRow, Surroundings, Why} from '../model/column.ts';
import {failureOf} from '../model/node-state.ts';
import type {NodeRow} from '../model/row.ts';
import {firstOf} from './missing.ts';
import {whyNotRunning} from './why-not-running.ts';

/** Routes that tell CPU and memory and nothing else. */
const NARROW_ROUTES = ['cpu+mem', 'resource', 'metrics.k8s.io'];

/** Two samples of a kubelet are at most so far apart, so that the second is still to come before that. */
const SECOND_SAMPLE_MS = 60_000;

/** The first kubelet that tells pressure by itself: PSI is beta there (KEP-4205). */
const PRESSURE_SINCE_MINOR = 34;

function nodeOf(row: ObjectRow, {node}: Surroundings): NodeRow | undefined {
	return row.kind === 'node' ? row : node;
}

/** Why there is no sample of a row at all; undefined where there is one. */
export function whyUnread(row: ObjectRow, around: Surroundings): string | undefined {
	if (row.kind === 'namespace') {
		return row.cpuCores !== undefined || row.memoryWorkingSetBytes !== undefined
			? undefined
			: row.podCount === 0
				? 'none of its pods runs'
				: around.isPast
					? 'no sample of that moment is kept of its pods'
					: 'none of its pods was read; each of them says why';
	}

	if (row.receivedAtMs !== undefined) {
		return undefined;
	}

	return around.isPast
		? 'no sample of that moment is kept'
		: (whyNotRunning(row) ?? whyNodeSilent(row, around));
}

function whyNodeSilent(row: Exclude<ObjectRow, {kind: 'namespace'}>, around: Surroundings): string {
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
				? `${name} is virtual, and neither the API server’s proxy nor metrics-server tells of it`
				: `${name} cannot be read: ${node.state.failure.brief}`;
		case 'stored':
			return `${node.state.store} has nothing of it, and ${name} cannot be read${failure === undefined ? '' : `: ${failure.brief}`}`;
		case 'waiting':
			return `${name} has not answered yet`;
		case 'past':
		case 'live':
			return row.kind === 'node'
				? 'what the node sends speaks of its pods alone'
				: `${name} answers and does not report it${mayBeGone(row)}`;
	}
}

function mayBeGone(row: Exclude<ObjectRow, {kind: 'namespace' | 'node'}>): string {
	return row.isFrozen ? ': it may be gone, since the API server does not tell who is there now' : '';
}

/** What is not told on the way that the node is read, or where it comes from. */
function whyNotTold(row: ObjectRow, around: Surroundings): string | undefined {
	const node = nodeOf(row, around);
	switch (node?.state.kind) {
		case 'live': {
			const {route, degraded} = node.state;
			return NARROW_ROUTES.some(narrow => route.endsWith(narrow))
				? `${route} tells CPU and memory alone${degraded === undefined ? '' : `; a better way: ${degraded.brief}`}`
				: undefined;
		}

		case 'stored':
			return `${node.state.store} does not tell it, and its node cannot be read`;
		case 'failed':
			return `it was not in the last sample, and since then: ${node.state.failure.brief}`;
		default:
			return undefined;
	}
}

/** Of what the rings keep: CPU, memory, RSS, network, the fullest file system, and throttling. */
const kept = (row: ObjectRow, {isPast}: Surroundings): string | undefined =>
	isPast ? (row.kind === 'namespace' ? undefined : 'the sample of that moment does not have it') : undefined;

const notKept = (_row: ObjectRow, {isPast}: Surroundings): string | undefined =>
	isPast ? 'its past is not kept' : undefined;

/** What every route tells. */
export const cpuUnmeasured: Why = firstOf(whyUnread, kept, whyNotRunning, whyNoRate);
export const memoryUnmeasured: Why = firstOf(
	whyUnread,
	kept,
	whyNotRunning,
	'the newest sample does not have it',
);

/** What only richer routes tell; `otherwise` is why one of these has nothing either. */
export const unmeasured = (otherwise: Why | string): Why =>
	firstOf(whyUnread, notKept, whyNotTold, otherwise);
export const unmeasuredSeries = (otherwise: Why | string): Why =>
	firstOf(whyUnread, kept, whyNotTold, otherwise);

export function whyNoRate(row: ObjectRow, {watchedMs, nowMs}: Surroundings): string {
	const startedMs = row.kind === 'namespace' ? undefined : row.startTimeMs;
	const isYoung = startedMs !== undefined && nowMs - startedMs < SECOND_SAMPLE_MS;
	return watchedMs < SECOND_SAMPLE_MS || isYoung
		? 'a rate takes two samples, and the second is still to come'
		: 'what the node sends does not count it, or its counter began anew';
}

export const networkUnmeasured: Why = firstOf(
	row => {
		switch (row.kind) {
			case 'container':
				return row.pod === undefined ? undefined : 'a container has no network of its own; its pod has';
			case 'pod':
				return row.isHostNetwork
					? 'it uses the network of its node, whose traffic is not its own'
					: undefined;
			default:
				return undefined;
		}
	},
	unmeasuredSeries((row, around) =>
		row.kind === 'namespace'
			? 'none of its pods tells it: their node does not, or they use its network'
			: whyNoRate(row, around),
	),
);

/** What cAdvisor tells of some kinds of rows, and the summary of a kubelet does not. */
export function whyNotInSummary(
	kinds: ReadonlyArray<ObjectRow['kind']>,
): (row: ObjectRow, around: Surroundings) => string | undefined {
	return (row, around) => {
		const state = nodeOf(row, around)?.state;
		return kinds.includes(row.kind) && state?.kind === 'live' && state.route.endsWith('summary')
			? 'the summary of a kubelet does not tell it; cAdvisor does'
			: undefined;
	};
}

export const rateUnmeasured: Why = unmeasured(whyNoRate);

export const pressureUnmeasured: Why = unmeasured((row, around) => {
	const version = nodeOf(row, around)?.info?.versions.kubelet;
	const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version ?? '') ?? [];
	return major === '1' && Number(minor) < PRESSURE_SINCE_MINOR
		? `kubelet ${version} does not tell pressure: that takes 1.${PRESSURE_SINCE_MINOR} and cgroup v2`
		: `it takes Linux with PSI and cgroup v2, and a kubelet of 1.${PRESSURE_SINCE_MINOR} where one is read`;
});

/** A kubelet tells throttling where it costs a lot, and so is asked for it of one node at a time. */
function whyNotAsked(row: ObjectRow, around: Surroundings): string | undefined {
	const state = nodeOf(row, around)?.state;
	return state?.kind === 'live' && KUBELET_ROUTE.test(state.route)
		? (state.degraded?.brief ??
				'a kubelet is asked for it while a page of its node is open, and it takes two samples')
		: undefined;
}

const KUBELET_ROUTE = /(?:summary|cpu\+mem|resource)$/;

export const throttlingUnmeasured: Why = firstOf(
	whyUnread,
	kept,
	row =>
		row.kind === 'container' && row.cpuLimitCores === undefined
			? 'without a CPU limit nothing stops it'
			: undefined,
	whyNotAsked,
	whyNotTold,
	'it takes two samples with a scheduler period between them',
);
