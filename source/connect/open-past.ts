import {PastSource, type PastSourceOptions} from '../history/past/past-source.ts';
import type {HistorySpec} from '../options/store-spec.ts';
import {openHistory} from './open-history.ts';

/** Opens a history store behind the live source. A module of its own, because most starts do not need it. */
export async function openPast(
	history: HistorySpec,
	timeoutMs: number,
	live: Omit<PastSourceOptions, 'store' | 'now'>,
): Promise<PastSource> {
	return new PastSource({...live, store: await openHistory(history, timeoutMs), now: Date.now});
}
