import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import {DEADLINE_MARGIN_MS} from '../kubelet/target.ts';
import type {Scrape} from '../target.ts';
import {isWorthTrying, type NodeWays, type Way, type WayName} from './way.ts';

/** How one way to a node turned out. */
export type Probe = {
	readonly way: WayName;
	readonly outcome:
		| {
				readonly kind: 'ok';
				readonly route: string;
				readonly latencyMs: number;
				/** The node's own stamp. */
				readonly sampleTimeMs: number | undefined;
				readonly receivedAtMs: number;
		  }
		| {readonly kind: 'failed'; readonly failure: Failure}
		| {readonly kind: 'skipped'; readonly why: string};
};

/** Tries the ways one after the other, each with the time of a whole visit, and closes them. */
export async function probeWays(
	{ways, leftOut}: NodeWays,
	timeoutMs: number,
	signal: AbortSignal,
): Promise<readonly Probe[]> {
	const probes: Probe[] = [];
	if (leftOut !== undefined) {
		probes.push({way: 'direct', outcome: {kind: 'failed', failure: leftOut}});
	}

	let direct: Failure | undefined;
	let isKubeletRead = false;
	try {
		for (const way of ways) {
			const why = reasonToSkip(way.name, isKubeletRead, direct);
			const outcome =
				why === undefined ? await probeWay(way, timeoutMs, signal) : {kind: 'skipped' as const, why};
			probes.push({way: way.name, outcome});
			isKubeletRead ||= outcome.kind === 'ok';
			if (way.name === 'direct' && outcome.kind === 'failed') {
				direct = outcome.failure;
			}
		}
	} finally {
		await Promise.all(ways.map(way => way.close()));
	}

	return probes;
}

function reasonToSkip(way: WayName, isKubeletRead: boolean, direct: Failure | undefined): string | undefined {
	if (isKubeletRead && way !== 'metrics.k8s.io') {
		return 'a better way works';
	}

	return isWorthTrying(way, direct) ? undefined : 'no machine answers at that address';
}

async function probeWay(way: Way, timeoutMs: number, signal: AbortSignal): Promise<Probe['outcome']> {
	try {
		return worked(await way.read(signal, performance.now() + timeoutMs - DEADLINE_MARGIN_MS));
	} catch (error) {
		if (error instanceof KtopError && error.code !== 'aborted') {
			return {kind: 'failed', failure: error.toFailure()};
		}

		throw error;
	}
}

function worked({readings, route, latencyMs}: Scrape): Probe['outcome'] {
	const reading = readings.at(-1);
	if (reading === undefined) {
		return {kind: 'skipped', why: 'it has no samples yet'};
	}

	const {node, receivedAtMs} = reading;
	const sampleTimeMs = node?.cpu?.timeMs ?? node?.memory?.timeMs;
	return {kind: 'ok', route, latencyMs, sampleTimeMs, receivedAtMs};
}
