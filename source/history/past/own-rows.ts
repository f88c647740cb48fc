import type {Store} from '../../metrics/store/store.ts';
import type {MomentRows} from './rows-of-moment.ts';

/** The newest rows of ktop's own samples. */
export function ownRows(live: Store, nowMs: number): MomentRows {
	return {
		nodes: live.rows('nodes', {}, 'live', nowMs),
		pods: live.rows('pods', {}, 'live', nowMs),
		containers: live.rows('containers', {}, 'live', nowMs),
	};
}
