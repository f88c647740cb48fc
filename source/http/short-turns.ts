import {ownTurn} from './own-turn.ts';

/** Longer work would be felt in a key press. */
const TURN_MS = 8;

/** Divides long work into short turns of the event loop. */
export class ShortTurns {
	#startMs = performance.now();

	/** Gives way to key presses and timers, if some milliseconds of work were done since it did so last. */
	async rest(): Promise<void> {
		if (performance.now() - this.#startMs > TURN_MS) {
			await ownTurn();
			this.#startMs = performance.now();
		}
	}
}
