import type {NodeState} from '../../metrics/model/node-state.ts';
import type {Store} from '../../metrics/store/store.ts';
import type {RecordingReader} from './read-recording.ts';
import type {RecordedEvent} from './recorded-event.ts';
import type {ReplayedInventory} from './replayed-inventory.ts';

export type PlayerOptions = {
	readonly recording: RecordingReader;
	readonly store: Store;
	readonly inventory: ReplayedInventory;
};

/** Applies the events of a recording to a store, up to a time of the recording. */
export class Player {
	readonly #options: PlayerOptions;
	readonly #events: AsyncIterator<RecordedEvent>;
	/** The last state of each node. */
	readonly #states = new Map<string, NodeState>();
	#next: RecordedEvent | undefined;
	#hasEnded = false;
	#newestMs: number;

	constructor(options: PlayerOptions) {
		this.#options = options;
		this.#events = options.recording.events[Symbol.asyncIterator]();
		this.#newestMs = options.recording.header.startedAtMs;
	}

	/** True once all events are applied. */
	get hasEnded(): boolean {
		return this.#hasEnded;
	}

	/** The time of the last applied event. */
	get newestMs(): number {
		return this.#newestMs;
	}

	/** Why the rest of the recording cannot be replayed; undefined if it is complete. */
	get cut(): string | undefined {
		return this.#options.recording.cut();
	}

	/** The time of the next event; undefined at the end. */
	async peekMs(): Promise<number | undefined> {
		if (this.#next === undefined && !this.#hasEnded) {
			const {done, value} = await this.#events.next();
			this.#hasEnded = done === true;
			this.#next = done === true ? undefined : value;
		}

		return this.#next?.atMs;
	}

	/** Applies all events up to a time. Resolves with true if there were any. */
	async playTo(timeMs: number): Promise<boolean> {
		let hasPlayed = false;
		for (;;) {
			const nextMs = await this.peekMs();
			if (nextMs === undefined || nextMs > timeMs || this.#next === undefined) {
				return hasPlayed;
			}

			this.#apply(this.#next);
			// Readings may be some steps older than what came before them. More means that the recorder's clock was set back.
			const isSetBack = this.#newestMs - nextMs > this.#options.store.staleAfterMs;
			this.#newestMs = isSetBack ? nextMs : Math.max(this.#newestMs, nextMs);
			this.#next = undefined;
			hasPlayed = true;
		}
	}

	#apply(event: RecordedEvent): void {
		const {store, inventory} = this.#options;
		switch (event.kind) {
			case 'node':
				store.addNode(event.id, event.name);
				break;
			case 'gone':
				this.#states.delete(event.id);
				store.removeNode(event.id);
				break;
			case 'reading':
				// The node's state follows as an event of its own, but only where it is another one.
				store.apply(event.id, [event.reading], this.#states.get(event.id) ?? {kind: 'waiting'});
				break;
			case 'state':
				this.#states.set(event.id, event.state);
				store.setState(event.id, event.state);
				break;
			case 'inventory':
				inventory.update(event.inventory);
		}
	}
}
