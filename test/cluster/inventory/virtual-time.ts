import {setImmediate as turn} from 'node:timers/promises';
import type {ApiReader} from '../../../source/cluster/inventory/api-reader.ts';

type Sleeper = {readonly atMs: number; readonly wake: () => void};

/** So many turns of the event loop with no request under way, and nothing more comes by itself. */
const QUIET_TURNS = 25;

/** A clock that stands while requests are under way, and then jumps to when the next sleeper wants to wake. */
export class VirtualTime {
	#nowMs: number;
	#underWay = 0;
	readonly #sleepers = new Set<Sleeper>();

	constructor(startMs: number) {
		this.#nowMs = startMs;
	}

	readonly now = (): number => this.#nowMs;

	readonly sleep = (ms: number, signal: AbortSignal): Promise<void> =>
		new Promise(resolve => {
			if (signal.aborted) {
				resolve();
				return;
			}
			const sleeper = {
				atMs: this.#nowMs + ms,
				wake: () => {
					signal.removeEventListener('abort', sleeper.wake);
					this.#sleepers.delete(sleeper);
					resolve();
				},
			};
			this.#sleepers.add(sleeper);
			signal.addEventListener('abort', sleeper.wake, {once: true});
		});

	/** The reader, whose requests time waits for; a watch only until it is opened. */
	watching(reader: ApiReader): ApiReader {
		const counted = async <T>(work: Promise<T>): Promise<T> => {
			this.#underWay++;
			try {
				return await work;
			} finally {
				this.#underWay--;
			}
		};
		return {
			get: (path, options) => counted(reader.get(path, options)),
			stream: (path, options) => counted(reader.stream(path, options)),
		};
	}

	/** Resolves when nothing is under way. */
	async settle(): Promise<void> {
		for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
			await turn();
			if (this.#underWay > 0) {
				quiet = -1;
			}
		}
	}

	/** Lets time go by to `ms`, and calls `onStep` each time that it has moved. */
	async goTo(ms: number, onStep: () => void = () => {}): Promise<void> {
		for (;;) {
			await this.settle();
			const [next] = [...this.#sleepers].sort((a, b) => a.atMs - b.atMs);
			if (next === undefined || next.atMs > ms) {
				break;
			}
			this.#nowMs = Math.max(this.#nowMs, next.atMs);
			onStep();
			next.wake();
		}
		this.#nowMs = Math.max(this.#nowMs, ms);
		onStep();
		await this.settle();
	}
}
