import type {HistoryStore} from '../history/store/history-store.ts';
import {KtopError} from '../metrics/model/failure.ts';
import {bad, type Finding, good, warning} from './finding.ts';

/** How old the newest sample of a history store may be. */
const LOOK_BACK_MS = 600_000;

/** Checks that a history store answers and has recent samples, and lists how its figures differ from live ones. */
export async function checkHistory(
	store: HistoryStore,
	nowMs: number,
	signal: AbortSignal,
): Promise<Finding> {
	try {
		const {name, differences = []} = await store.probe(signal);
		const nodes = await store.moment({kind: 'node', atMs: nowMs, lookBackMs: LOOK_BACK_MS}, signal);
		if (nodes.length === 0) {
			return warning('history', `${store.label} (${name}) has no node of the last 10 minutes`, [
				'check whether its writer runs: Heapster, Telegraf, cAdvisor, Prometheus or ktop record',
			]);
		}

		const newestMs = nodes.reduce((newest, {timeMs}) => Math.max(newest, timeMs), 0);
		const age = Math.max(Math.round((nowMs - newestMs) / 1000), 0);
		const kept = differences.map(each => `${each.kinds.join(' and ')} by ${each.kept}`).join(', ');
		const other = kept === '' ? '' : `; other than live it has ${kept}`;
		return good(
			'history',
			`${store.label} (${name}): ${nodes.length} nodes, the newest values ${age} s old${other}`,
		);
	} catch (error) {
		if (error instanceof KtopError) {
			return bad('history', error);
		}

		throw error;
	} finally {
		await store.close();
	}
}
