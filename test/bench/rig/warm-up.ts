import {setTimeout} from 'node:timers/promises';
import type {Rig} from './start-rig.ts';

const LEAST_INTERVALS = 2;
const LEAST_VISITS = 2;
const MOST_INTERVALS = 12;

/**
 * Waits until every node was visited twice: connections, lists, first readings and compilation are behind then. On few
 * processors thousands of nodes take longer than the intervals.
 */
export async function warmUp(rig: Rig, intervalMs: number): Promise<void> {
	const {served} = await rig.counts();
	for (let interval = 1; interval <= MOST_INTERVALS; interval++) {
		await setTimeout(intervalMs);
		const visits = (await rig.counts()).served - served;
		if (interval >= LEAST_INTERVALS && visits >= LEAST_VISITS * rig.size.nodes) {
			return;
		}
	}
}
