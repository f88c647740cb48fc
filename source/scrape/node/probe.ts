import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import type {Route} from '../../metrics/model/route.ts';
import type {Scrape} from '../target.ts';
import {isWorthTrying, type NodeRoute, type NodeRoutes, type RouteName} from './route.ts';

/** The result of trying one route to a node. */
export type Probe = {
	readonly via: RouteName;
	readonly outcome:
		| {
				readonly kind: 'ok';
				readonly route: Route;
				readonly latencyMs: number;
				/** Why a better endpoint was not read, or why some metrics are missing. */
				readonly degraded: Failure | undefined;
				/** The node's timestamp of the sample. */
				readonly sampleTimeMs: number | undefined;
				readonly receivedAtMs: number;
		  }
		| {readonly kind: 'failed'; readonly failure: Failure}
		| {readonly kind: 'skipped'; readonly why: string};
};

/** The terms of a probe. */
export type ProbeOptions = {
	/** Whether to read figures, too, that are too expensive to read of all nodes. */
	readonly isViewed: boolean;
	readonly signal: AbortSignal;
};

/** Throws `KtopError` where readings are not of the node. */
type CheckReadings = (readings: Scrape['readings']) => void;

/** Tries the routes one by one, each with the full timeout, and closes them. */
export async function probeRoutes(
	{routes, excluded}: NodeRoutes,
	timeoutMs: number,
	options: ProbeOptions & {readonly check: CheckReadings},
): Promise<readonly Probe[]> {
	const probes: Probe[] = [];
	if (excluded !== undefined) {
		probes.push({via: 'direct', outcome: {kind: 'failed', failure: excluded}});
	}

	let direct: Failure | undefined;
	let isKubeletRead = false;
	try {
		for (const route of routes) {
			const why = reasonToSkip(route.name, isKubeletRead, direct);
			const outcome =
				why === undefined ? await probeRoute(route, timeoutMs, options) : {kind: 'skipped' as const, why};
			probes.push({via: route.name, outcome});
			isKubeletRead ||= outcome.kind === 'ok';
			if (route.name === 'direct' && outcome.kind === 'failed') {
				direct = outcome.failure;
			}
		}
	} finally {
		await Promise.all(routes.map(route => route.close()));
	}

	return probes;
}

function reasonToSkip(
	route: RouteName,
	isKubeletRead: boolean,
	direct: Failure | undefined,
): string | undefined {
	if (isKubeletRead && route !== 'metrics.k8s.io') {
		return 'a better route works';
	}

	return isWorthTrying(route, direct) ? undefined : 'the address is unreachable';
}

async function probeRoute(
	route: NodeRoute,
	timeoutMs: number,
	{isViewed, signal, check}: ProbeOptions & {readonly check: CheckReadings},
): Promise<Probe['outcome']> {
	try {
		const deadlineMs = performance.now() + timeoutMs;
		const scrape = await route.read({signal, deadlineMs, isViewed: () => isViewed});
		check(scrape.readings);
		return worked(scrape);
	} catch (error) {
		if (error instanceof KtopError && error.code !== 'aborted') {
			return {kind: 'failed', failure: error.toFailure()};
		}

		throw error;
	}
}

function worked({readings, route, latencyMs, degraded}: Scrape): Probe['outcome'] {
	const reading = readings.at(-1);
	if (reading === undefined) {
		return {kind: 'skipped', why: 'there are no samples yet'};
	}

	const {node, receivedAtMs} = reading;
	const sampleTimeMs = node?.cpu?.timeMs ?? node?.memory?.timeMs;
	return {kind: 'ok', route, latencyMs, degraded, sampleTimeMs, receivedAtMs};
}
