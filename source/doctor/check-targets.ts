import {KtopError} from '../metrics/model/failure.ts';
import {routeText} from '../metrics/model/route.ts';
import type {Target} from '../scrape/target.ts';
import {visit} from '../scrape/visit.ts';
import {bad, type Finding, good, warning} from './finding.ts';

/** Scrapes each target once, for sources without an API server. */
export async function checkTargets(
	targets: readonly Target[],
	timeoutMs: number,
	signal: AbortSignal,
): Promise<readonly Finding[]> {
	return Promise.all(targets.map(target => checkTarget(target, timeoutMs, signal)));
}

async function checkTarget(target: Target, timeoutMs: number, signal: AbortSignal): Promise<Finding> {
	try {
		const {route, latencyMs, degraded} = await visit(target, {timeoutMs, signal});
		const said = `${target.name} was read by ${routeText(route)} in ${Math.round(latencyMs)} ms`;
		return degraded === undefined
			? good('source', said)
			: {...warning('source', `${said}: ${degraded.message}`, [degraded.hint]), code: degraded.code};
	} catch (error) {
		if (error instanceof KtopError) {
			return bad('source', error);
		}

		throw error;
	} finally {
		await target.close();
	}
}
