import {PastSource, type PastSourceOptions} from '../history/past/past-source.ts';
import type {HistorySpec} from '../options/store-spec.ts';
import {openHistory} from './open-history.ts';

/** What a store knows behind what is live. A module of its own, since most start without a store. */
export async function openPast(
	history: HistorySpec,
	timeoutMs: number,
	live: Omit<PastSourceOptions, 'store' | 'now'>,
): Promise<PastSource> {
	return new PastSource({...live, store: await openHistory(history, timeoutMs), now: Date.now});
}
