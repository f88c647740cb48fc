import {KtopError} from '../../source/metrics/model/failure.ts';
import {parseRoute} from '../../source/metrics/model/route.ts';
import type {Scrape, Target} from '../../source/scrape/target.ts';

export type Script = 'answer' | 'fail' | 'hang';

export const REFUSED = new KtopError({
	code: 'refused',
	brief: 'refused',
	message: 'nothing listens there',
	hint: 'start it',
});

export const SCRAPE: Scrape = {readings: [], route: parseRoute('summary'), latencyMs: 3, degraded: undefined};

/** A target that does as scripted, read after read (the last word counts for all later ones), and logs its reads. */
export function fakeTarget(
	id: string,
	script: readonly Script[],
	log: string[],
	naturalIntervalMs = 1000,
	answer: Scrape = SCRAPE,
): Target {
	let reads = 0;
	return {
		id,
		name: id,
		naturalIntervalMs,
		readsMoreWhenViewed: false,
		async scrape() {
			log.push(id);
			const word = script[Math.min(reads++, script.length - 1)];
			if (word === 'hang') {
				return new Promise(() => {});
			}

			if (word === 'fail') {
				throw REFUSED;
			}

			return answer;
		},
		async close() {
			log.push(`${id} closed`);
		},
	};
}
