import type {
	MomentEntry,
	MomentRequest,
	SeriesRequest,
} from '../../../source/history/store/history-request.ts';
import {subjectKey} from '../../../source/history/store/history-request.ts';
import type {HistoryStore} from '../../../source/history/store/history-store.ts';
import {KtopError} from '../../../source/metrics/model/failure.ts';

export const REFUSED = new KtopError({
	code: 'refused',
	brief: 'refused',
	message: 'the store refuses',
	hint: 'start it',
});

/** A store that knows what it is told to, and remembers what it was asked. */
export class FakeStore implements HistoryStore {
	readonly label = 'Fake';
	isOfPastAlone?: true;
	readonly probes: number[] = [];
	readonly seriesRequests: SeriesRequest[] = [];
	readonly momentRequests: MomentRequest[] = [];
	/** Of each series at each step; undefined for none. */
	valueAt: (timeMs: number) => number | undefined = () => 5;
	entries: readonly MomentEntry[] = [];
	failure: KtopError | undefined;
	/** Never answers. */
	isHanging = false;
	isClosed = false;

	async probe() {
		this.probes.push(1);
		await this.#answer();
		return {name: 'Heapster'};
	}

	async series(request: SeriesRequest) {
		this.seriesRequests.push(request);
		await this.#answer();
		const {startMs, endMs, stepMs} = request.range;
		const points: Array<{readonly timeMs: number; readonly value: number}> = [];
		for (let timeMs = startMs; timeMs < endMs; timeMs += stepMs) {
			const value = this.valueAt(timeMs);
			if (value !== undefined) {
				points.push({timeMs, value});
			}
		}

		return new Map(request.subjects.map(subject => [subjectKey(subject), points]));
	}

	async moment(request: MomentRequest) {
		this.momentRequests.push(request);
		await this.#answer();
		return this.entries.filter(
			({subject, timeMs}) =>
				subject.kind === request.kind && timeMs <= request.atMs && timeMs > request.atMs - request.lookBackMs,
		);
	}

	async close() {
		this.isClosed = true;
	}

	#answer(): Promise<void> {
		if (this.isHanging) {
			return new Promise(() => {});
		}

		return this.failure === undefined ? Promise.resolve() : Promise.reject(this.failure);
	}
}
