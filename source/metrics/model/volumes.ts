import type {FilesystemReading, VolumeList, VolumeReading} from './reading.ts';

/** The figures of a volume, in their order. */
const TIME = 0;
const CAPACITY = 1;
const AVAILABLE = 2;
const USED = 3;
const INODES = 4;
const INODES_FREE = 5;
const INODES_USED = 6;

/** How many there are. */
export const VOLUME_FIGURES = 7;

type Claim = VolumeReading['claim'];

/**
 * The volumes of a pod, their figures in one array: two of each of 150,000 pods took 240 bytes each as objects. A volume is made
 * when it is asked for.
 */
export class Volumes implements VolumeList {
	static readonly NONE = new Volumes([], undefined, []);
	readonly #names: readonly string[];
	readonly #claims: readonly Claim[] | undefined;
	readonly #figures: readonly number[];

	/** `claims`: undefined where none has one. `figures`: `VOLUME_FIGURES` of each, NaN where unknown. */
	constructor(names: readonly string[], claims: readonly Claim[] | undefined, figures: readonly number[]) {
		this.#names = names;
		this.#claims = claims;
		this.#figures = figures;
	}

	static of(volumes: VolumeList): Volumes {
		if (volumes instanceof Volumes) {
			return volumes;
		}

		if (volumes.length === 0) {
			return Volumes.NONE;
		}

		const list = [...volumes];
		return new Volumes(
			list.map(({name}) => name),
			list.some(({claim}) => claim !== undefined) ? list.map(({claim}) => claim) : undefined,
			list.flatMap(volume =>
				[
					volume.timeMs,
					volume.capacityBytes,
					volume.availableBytes,
					volume.usedBytes,
					volume.inodes,
					volume.inodesFree,
					volume.inodesUsed,
				].map(figure => figure ?? Number.NaN),
			),
		);
	}

	get length(): number {
		return this.#names.length;
	}

	*[Symbol.iterator](): Iterator<VolumeReading> {
		for (const [place, name] of this.#names.entries()) {
			yield {name, claim: this.#claims?.[place], ...this.#filesystem(place)};
		}
	}

	/**
	 * Those of `before` where all their figures are the same, with the time of then: most volumes are tokens and settings, which
	 * do not change, and copies of them were a quarter of what a visit left to the garbage collector.
	 */
	keptFrom(before: Volumes): Volumes {
		return this.#isLike(before) ? before : this;
	}

	/** The share of the fullest one, see `fullness`. */
	get highestFullness(): number | undefined {
		const highest = this.#highest(CAPACITY, AVAILABLE);
		return highest && Math.max(highest, 0);
	}

	/** The share of inodes in use of the one with the fewest left, see `inodeRatio`. */
	get highestInodeRatio(): number | undefined {
		return this.#highest(INODES, INODES_FREE);
	}

	#highest(whole: number, left: number): number | undefined {
		let highest: number | undefined;
		for (let at = 0; at < this.#figures.length; at += VOLUME_FIGURES) {
			const all = this.#figures[at + whole] ?? Number.NaN;
			const share = all > 0 ? (all - (this.#figures[at + left] ?? Number.NaN)) / all : Number.NaN;
			if (share > (highest ?? Number.NEGATIVE_INFINITY)) {
				highest = share;
			}
		}

		return highest;
	}

	#filesystem(place: number): FilesystemReading {
		const figure = (own: number): number | undefined => known(this.#figures[place * VOLUME_FIGURES + own]);
		return {
			timeMs: figure(TIME),
			capacityBytes: figure(CAPACITY),
			availableBytes: figure(AVAILABLE),
			usedBytes: figure(USED),
			inodes: figure(INODES),
			inodesFree: figure(INODES_FREE),
			inodesUsed: figure(INODES_USED),
		};
	}

	#isLike(other: Volumes): boolean {
		if (this.length !== other.length) {
			return false;
		}

		for (let place = 0; place < this.length; place++) {
			if (
				this.#names[place] !== other.#names[place] ||
				!isSameClaim(this.#claims?.[place], other.#claims?.[place])
			) {
				return false;
			}
		}

		for (let at = 0; at < this.#figures.length; at++) {
			if (at % VOLUME_FIGURES !== TIME && !Object.is(this.#figures[at], other.#figures[at])) {
				return false;
			}
		}

		return true;
	}
}

function known(figure: number | undefined): number | undefined {
	return Number.isNaN(figure) ? undefined : figure;
}

function isSameClaim(one: Claim, other: Claim): boolean {
	return one?.name === other?.name && one?.namespace === other?.namespace;
}

/** How full the fullest of a pod's volumes is. */
export function highestFullnessOf(volumes: VolumeList): number | undefined {
	return Volumes.of(volumes).highestFullness;
}

/** The highest share of inodes in use of a pod's volumes. */
export function highestInodeRatioOf(volumes: VolumeList): number | undefined {
	return Volumes.of(volumes).highestInodeRatio;
}
