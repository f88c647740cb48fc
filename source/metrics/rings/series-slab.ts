import type {ColumnOfValues} from './tick-ring.ts';

/** Few enough that a node with five containers wastes little, enough that 300,000 objects need few allocations. */
const SLOTS_PER_PAGE = 8;

/**
 * The values of many objects of one kind over the moments of one `TickRing`: Float32 columns in pages of eight
 * objects. Unknown is NaN. Writing allocates nothing; a page is made when the slots run out and reused when objects
 * go. Float32 keeps seven digits, which no chart or table shows more of; exact newest values live in the rows.
 */
export class SeriesSlab {
	readonly #columns: number;
	readonly #capacity: number;
	readonly #slotsPerPage: number;
	readonly #pages: Float32Array[] = [];
	readonly #free: number[] = [];

	constructor(columns: number, capacity: number, slotsPerPage: number = SLOTS_PER_PAGE) {
		this.#columns = columns;
		this.#capacity = capacity;
		this.#slotsPerPage = slotsPerPage;
	}

	/** Bytes of all pages, used or free. */
	get byteLength(): number {
		return (
			this.#pages.length *
			this.#slotsPerPage *
			this.#columns *
			this.#capacity *
			Float32Array.BYTES_PER_ELEMENT
		);
	}

	/** A slot with every value unknown. */
	allocate(): number {
		if (this.#free.length === 0) {
			const first = this.#pages.length * this.#slotsPerPage;
			this.#pages.push(
				new Float32Array(this.#slotsPerPage * this.#columns * this.#capacity).fill(Number.NaN),
			);
			for (let slot = first + this.#slotsPerPage - 1; slot >= first; slot--) {
				this.#free.push(slot);
			}
		}

		const slot = this.#free.pop() ?? 0;
		this.#page(slot).fill(Number.NaN, this.#offset(slot, 0, 0), this.#offset(slot, this.#columns, 0));
		return slot;
	}

	release(slot: number): void {
		this.#free.push(slot);
	}

	write(slot: number, column: number, position: number, value: number | undefined): void {
		this.#page(slot)[this.#offset(slot, column, position)] = value ?? Number.NaN;
	}

	/** NaN where unknown. */
	read(slot: number, column: number, position: number): number {
		return this.#page(slot)[this.#offset(slot, column, position)] ?? Number.NaN;
	}

	/** Where all values of a column lie, by position. */
	column(slot: number, column: number): ColumnOfValues {
		return {values: this.#page(slot), offset: this.#offset(slot, column, 0)};
	}

	#page(slot: number): Float32Array {
		const page = this.#pages[Math.floor(slot / this.#slotsPerPage)];
		if (page === undefined) {
			throw new RangeError(`series slot ${slot} was never allocated`);
		}

		return page;
	}

	#offset(slot: number, column: number, position: number): number {
		return ((slot % this.#slotsPerPage) * this.#columns + column) * this.#capacity + position;
	}
}
