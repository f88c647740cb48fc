import type {Failure} from '../metrics/model/failure.ts';
import type {ClusterRoutes, Probe, ReachableNode} from '../scrape/node/cluster-routes.ts';
import {bad, type Finding, good, skipped, warning} from './finding.ts';
import {grantForKubelet} from './missing-right.ts';

/** Nodes probed at the same time. */
const CONCURRENCY = 16;

/** A kubelet's sample is at most 20 s old; a timestamp outside of that by more than this means a wrong clock. */
const SKEW_ALLOWED_MS = 30_000;
const SAMPLE_AGE_MS = 20_000;

type Probed = {readonly node: ReachableNode; readonly probes: readonly Probe[]};

/** `common`: what nodes with the same trouble have in common, where the message names the address of one. */
type Described = Finding & {readonly common: string};

/** Probes every route to every node. Nodes with the same problem share one finding. */
export async function checkNodes(
	nodes: readonly ReachableNode[],
	routes: Pick<ClusterRoutes, 'probe'>,
	signal: AbortSignal,
): Promise<readonly Finding[]> {
	if (nodes.length === 0) {
		return [skipped('nodes', 'none to read')];
	}

	const waiting = nodes.values();
	const probed: Probed[] = [];
	const worker = async (): Promise<void> => {
		for (const node of waiting) {
			// What only a viewed node is read for costs its kubelet much: one node tells whether there is a right to it.
			probed.push({node, probes: await routes.probe(node, {signal, isViewed: node === nodes[0]})});
		}
	};
	await Promise.all(Array.from({length: Math.min(CONCURRENCY, nodes.length)}, worker));
	return [...describeRoutes(probed), ...describeClocks(probed)];
}

function describeRoutes(probed: readonly Probed[]): readonly Finding[] {
	const groups = new Map<string, {readonly finding: Finding; readonly nodes: string[]}>();
	for (const {node, probes} of probed) {
		const {common, ...finding} = describeNode(node, probes);
		const key = `${finding.verdict} ${finding.code ?? ''} ${finding.fix.join(' ')} ${common}`;
		const group = groups.get(key) ?? {finding, nodes: []};
		groups.set(key, group);
		group.nodes.push(node.name);
	}

	return [...groups.values()].map(({finding, nodes}) => ({
		...finding,
		nodes: finding.verdict === 'ok' && nodes.length === probed.length ? [] : nodes,
		message: nodes.length === 1 ? finding.message : `${nodes.length} nodes: ${finding.message}`,
	}));
}

function describeNode(node: ReachableNode, probes: readonly Probe[]): Described {
	const working = probes.find(({outcome}) => outcome.kind === 'ok');
	// Routes that rank below the one that works do not matter.
	const tried = working === undefined ? probes : probes.slice(0, probes.indexOf(working));
	const failures = tried.flatMap(({outcome}) => (outcome.kind === 'failed' ? [outcome.failure] : []));
	const [first] = failures;
	if (working === undefined) {
		if (node.isVirtual) {
			return asItIs(
				skipped('nodes', 'virtual, without a kubelet to read directly or behind the API server’s proxy'),
			);
		}

		return first === undefined
			? asItIs(skipped('nodes', 'no route was tried'))
			: {...bad('nodes', first, fixOf(first, failures)), common: ''};
	}

	const partial = partialReason(working);
	if (working.via === 'direct' && partial !== undefined) {
		return withReason('read directly, but not all of it', partial);
	}

	if (working.via === 'direct' || first === undefined || node.isVirtual) {
		return asItIs(good('nodes', `read ${working.via === 'direct' ? 'directly' : `by ${working.via}`}`));
	}

	return withReason(`read only by ${working.via}`, first);
}

function asItIs(finding: Finding): Described {
	return {...finding, common: finding.message};
}

function withReason(how: string, reason: Failure): Described {
	return {
		...warning('nodes', `${how}: ${reason.message}`, fixOf(reason, [reason])),
		code: reason.code,
		common: how,
	};
}

/** Why a kubelet that was read did not give everything. What an administrator switched off is no trouble. */
function partialReason({outcome}: Probe): Failure | undefined {
	if (outcome.kind !== 'ok' || outcome.route.kind !== 'kubelet') {
		return undefined;
	}

	const {degraded, route} = outcome;
	return degraded?.code === 'forbidden' || route.endpoint !== 'summary' ? degraded : undefined;
}

/** The fix for the best route, and for another route that only lacks a right. */
function fixOf(first: Failure, failures: readonly Failure[]): readonly string[] {
	const forbidden = failures.find(({code}) => code === 'forbidden');
	return first.code === 'forbidden' || forbidden === undefined || forbidden === first
		? first.code === 'forbidden'
			? grantForKubelet(first)
			: [first.hint]
		: [first.hint, `or: ${forbidden.hint}`];
}

/** A timestamp in the future, or much older than a kubelet's sampling interval, means a wrong clock. */
function describeClocks(probed: readonly Probed[]): readonly Finding[] {
	const skewed = probed.flatMap(({node, probes}) => {
		// Samples of metrics.k8s.io may be a minute old with correct clocks.
		const read = probes.find(({via, outcome}) => outcome.kind === 'ok' && via !== 'metrics.k8s.io')?.outcome;
		if (read?.kind !== 'ok' || read.sampleTimeMs === undefined) {
			return [];
		}

		const aheadMs = read.sampleTimeMs - read.receivedAtMs;
		return aheadMs > SKEW_ALLOWED_MS || aheadMs < -SKEW_ALLOWED_MS - SAMPLE_AGE_MS
			? [{name: node.name, aheadMs}]
			: [];
	});
	const [worst] = skewed.toSorted((a, b) => Math.abs(b.aheadMs) - Math.abs(a.aheadMs));
	if (worst === undefined) {
		return probed.some(({probes}) => probes.some(({outcome}) => outcome.kind === 'ok'))
			? [good('node clocks', 'the samples of all nodes read are as old as they should be')]
			: [];
	}

	const seconds = Math.round(Math.abs(worst.aheadMs) / 1000);
	return [
		{
			...warning(
				'node clocks',
				`${skewed.length} of ${probed.length} nodes have a wrong clock, ${worst.name} by ${seconds} s; rates stay correct, history is shifted`,
				['set the clocks of these nodes by NTP: timedatectl set-ntp true'],
			),
			nodes: skewed.map(({name}) => name),
		},
	];
}
