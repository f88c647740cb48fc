import {mostLevels, placesOf, placesOfLevel} from '../rings/downsampling.ts';

const TIME_BYTES = Float64Array.BYTES_PER_ELEMENT;
const VALUE_BYTES = Uint16Array.BYTES_PER_ELEMENT;

/** Finer again only where that takes at most this share of the budget: pods that come and go are to change nothing. */
const FINER_SHARE = 3 / 4;

/** That not every sample is kept for itself. */
export type Downsampled = {
	/** How many of the newest samples are kept one by one. */
	readonly whole: number;
	/** Of how many samples the oldest values are means. */
	readonly coarsest: number;
	/** What all samples would take with the window full, and what the rings take as they are then. */
	readonly wholeBytes: number;
	readonly bytes: number;
	/** Less than `bytes` where not even the coarsest rings are small enough. */
	readonly budgetBytes: number;
};

/**
 * How coarsely the rings of all nodes are to be kept, so that they take no more than a budget once their window is full.
 * What they take then is known in advance: two bytes for each place of a series, and eight for the time of each sample of a node.
 */
export class RingBudget {
	readonly #capacity: number;
	readonly #bytes: number;
	#nodes = 0;
	#series = 0;
	#levels = 1;

	constructor(capacity: number, bytes: number) {
		this.#capacity = capacity;
		this.#bytes = bytes;
	}

	/** On how many levels rings are to be, see `Downsampling`. */
	get levels(): number {
		return this.#levels;
	}

	get downsampled(): Downsampled | undefined {
		return this.#levels === 1
			? undefined
			: {
					whole: placesOfLevel(this.#capacity, this.#levels) - 1,
					coarsest: 2 ** (this.#levels - 1),
					wholeBytes: this.#bytesOf(1),
					bytes: this.#bytesOf(this.#levels),
					budgetBytes: this.#bytes,
				};
	}

	/** Nodes or series were added, or removed where negative. */
	add(nodes: number, series: number): void {
		this.#nodes += nodes;
		this.#series += series;
		while (this.#levels > 1 && this.#bytesOf(this.#levels - 1) <= this.#bytes * FINER_SHARE) {
			this.#levels--;
		}

		const most = mostLevels(this.#capacity);
		while (this.#levels < most && this.#bytesOf(this.#levels) > this.#bytes) {
			this.#levels++;
		}
	}

	#bytesOf(levels: number): number {
		return (
			this.#nodes * this.#capacity * TIME_BYTES +
			this.#series * placesOf(this.#capacity, levels) * VALUE_BYTES
		);
	}
}
