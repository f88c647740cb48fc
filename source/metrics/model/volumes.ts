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
 * when it is asked for. Private methods would be a field more of each.
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
			yield {name, claim: this.#claims?.[place], ...this.filesystem(place)};
		}
	}

	/**
	 * As a row keeps them: without times, which none shows. Those of `before` where all their figures are the same: most volumes
	 * are tokens and settings, which do not change, and copies of them were a quarter of what a visit left to the garbage
	 * collector.
	 */
	keptFrom(before: Volumes): Volumes {
		return this.isLike(before)
			? before
			: new Volumes(this.#names, this.#claims, sharedFigures(this.#figures));
	}

	/** The share of the fullest one, see `fullness`. */
	get highestFullness(): number | undefined {
		const highest = this.highest(CAPACITY, AVAILABLE);
		return highest && Math.max(highest, 0);
	}

	/** The share of inodes in use of the one with the fewest left, see `inodeRatio`. */
	get highestInodeRatio(): number | undefined {
		return this.highest(INODES, INODES_FREE);
	}

	private highest(whole: number, left: number): number | undefined {
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

	private filesystem(place: number): FilesystemReading {
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

	private isLike(other: Volumes): boolean {
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

		return isSameFigures(this.#figures, other.#figures);
	}
}

/** For some thousands of nodes with pods of the same kinds; a power of two. */
const MOST_SHARED = 1024;

const shared = new Array<readonly number[] | undefined>(MOST_SHARED).fill(undefined);

/**
 * The figures of some volumes without their times: one array for many pods. Volumes of tokens are as large as the memory of
 * their node or the limit of their pod, and hold the same, so that most pods of a node have equal ones.
 */
function sharedFigures(figures: readonly number[]): readonly number[] {
	let hash = figures.length;
	for (let at = 0; at < figures.length; at++) {
		const figure = at % VOLUME_FIGURES === TIME ? 0 : (figures[at] ?? 0);
		hash = (Math.imul(hash, 31) + (figure | 0) + ((figure / 2 ** 32) | 0)) | 0;
	}

	// The upper bits as well: sizes are multiples of large powers of two.
	const place = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (MOST_SHARED - 1);
	const known = shared[place];
	if (known !== undefined && isSameFigures(known, figures)) {
		return known;
	}

	const timeless = figures.map((figure, at) => (at % VOLUME_FIGURES === TIME ? Number.NaN : figure));
	shared[place] = timeless;
	return timeless;
}

/** Times may be others. */
function isSameFigures(one: readonly number[], other: readonly number[]): boolean {
	for (let at = 0; at < one.length; at++) {
		if (at % VOLUME_FIGURES !== TIME && !Object.is(one[at], other[at])) {
			return false;
		}
	}

	return one.length === other.length;
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
