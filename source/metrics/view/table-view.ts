import {layoutOf} from '../columns/columns.ts';
import {columnsWithin} from '../columns/columns-within.ts';
import {type Column, isText} from '../model/column.ts';
import type {StatisticsOf} from '../model/statistics.ts';
import type {PrintedLevel, Query, RowOf, View} from '../model/view.ts';
import {ROWS_A_SLICE} from './changed-slots.ts';
import {type Filter, parseFilter} from './filter.ts';
import {OrderedRows} from './ordered-rows.ts';
import type {RowTable} from './row-table.ts';
import {MOST_NUMBERS, MOST_RANKS, SlotColumns} from './slot-columns.ts';
import {SlotFilter} from './slot-filter.ts';
import {type SlotList, slotsAsListed} from './slot-list.ts';
import {SlotsByNumber, SortRoom} from './slots-by-number.ts';
import {sortingOf} from './sort-rows.ts';

/** How many slices of work one answer takes at most: some milliseconds, which a frame more would take too. */
const SLICES_AT_ONCE = 160;

/** What may be asked for next is made ready for tables of more rows than this. */
const LARGE = 24 * ROWS_A_SLICE;

/** How many letters the filters of a rehearsal have: three that are typed, and two that are deleted. */
const REHEARSED = [1, 2, 3, 2, 1];

/** About as many as a screen has lines. */
const ROWS_A_PAGE = 64;

type Asked<R extends RowOf[PrintedLevel]> = {
	readonly key: string;
	readonly column: Column<R> | undefined;
	readonly isDescending: boolean;
	readonly windowMs: number;
	/** The filter's words, and what the answers to them depend on beside the rows. */
	readonly text: string;
	readonly filter: Filter<R>;
	readonly nowMs: number;
	/** Whether the view was given. */
	isAnswered: boolean;
};

type Question<L extends PrintedLevel> = Pick<Query<L>, 'sort' | 'filter' | 'windowMs'>;

/**
 * The views of a table with many rows, the same as `selectRows` gives. What columns say of rows, their order and which
 * pass the filter is kept: a longer filter, another column or new samples ask no more rows than have to be. An answer
 * that takes longer is the last one, marked as such; `advance` goes on with it.
 */
export class TableView<L extends PrintedLevel> {
	readonly #level: L;
	readonly #slicesAtOnce: number;
	readonly #table: RowTable<RowOf[L]>;
	readonly #columns: SlotColumns<RowOf[L]>;
	#filter: SlotFilter<RowOf[L]>;
	readonly #room = new SortRoom();
	/** See `#rehearse`; undefined when that is done. */
	#rehearsal: {readonly filter: SlotFilter<RowOf[L]>; letters: number} | undefined;
	#asked: Asked<RowOf[L]> | undefined;
	#last: Pick<View<L>, 'rows' | 'total'> | undefined;
	/** The longest texts of some slots, by the ids of columns: in another order, the same rows are measured. */
	#measured:
		| {readonly version: number; readonly slots: Uint32Array; readonly longest: Map<string, number>}
		| undefined;

	constructor(
		level: L,
		table: RowTable<RowOf[L]>,
		slicesAtOnce: number = SLICES_AT_ONCE,
		columns = new SlotColumns(table),
	) {
		this.#level = level;
		this.#slicesAtOnce = slicesAtOnce;
		this.#table = table;
		this.#columns = columns;
		this.#filter = new SlotFilter(table, this.#columns);
		this.#rehearsal = {filter: new SlotFilter(table, this.#columns), letters: 0};
	}

	/** What columns say of the rows. */
	get columns(): SlotColumns<RowOf[L]> {
		return this.#columns;
	}

	/** The views of a fork of the table. */
	fork(table: RowTable<RowOf[L]>): TableView<L> {
		const fork = new TableView(this.#level, table, this.#slicesAtOnce, this.#columns.fork(table));
		fork.#last = this.#last;
		fork.#rehearsal = undefined;
		return fork;
	}

	/** From now on statistics are those of another window. */
	forgetStatistics(): void {
		this.#columns.forgetStatistics();
		this.#filter = new SlotFilter(this.#table, this.#columns);
		this.#asked = undefined;
	}

	view(query: Question<L>, nowMs: number, atMs: number, statistics?: StatisticsOf): View<L> {
		const columns = columnsWithin(this.#level, statistics);
		const asked = this.#ask(query, columns, nowMs);
		let slices = this.#slicesAtOnce;
		const isReady = this.#prepare(asked, () => --slices > 0);
		if (isReady) {
			asked.isAnswered = true;
			this.#last = this.#answer(asked);
		}

		this.#last ??= this.#list(slotsAsListed(this.#table.order), this.#table.order.length);
		return {
			level: this.#level,
			columns,
			...this.#last,
			atMs,
			...(isReady ? {} : {isPending: true}),
		};
	}

	/** Goes on with what was asked for last as long as there is time; returns whether a view of it can be given at once. */
	advance(hasTime: () => boolean): boolean {
		return this.#asked === undefined || this.#prepare(this.#asked, hasTime);
	}

	/**
	 * Makes ready what is likely to be asked for next, as long as there is time: orders by the columns that are shown, those
	 * near the current one first, and any filter. Returns whether all is ready.
	 */
	foresee(hasTime: () => boolean): boolean {
		const {column: current} = this.#asked ?? {};
		if (current === undefined || this.#table.order.length < LARGE) {
			return true;
		}

		const columns = columnsWithin(this.#level, undefined);
		const texts = columns.filter(({unit}) => isText(unit));
		return (
			texts.every(column => this.#columns.textsOf(column).join(hasTime)) &&
			this.#likely(columns, current.id).every(column => this.#advanceKeys(column, 0, 0, hasTime)) &&
			this.#rehearse(columns, texts, current, hasTime)
		);
	}

	/**
	 * Filters once by some letters of a text, as keys would. Code that was never run takes several times as long, which would
	 * be the first letters that are typed.
	 */
	#rehearse(
		columns: ReadonlyArray<Column<RowOf[L]>>,
		texts: ReadonlyArray<Column<RowOf[L]>>,
		current: Column<RowOf[L]>,
		hasTime: () => boolean,
	): boolean {
		const [first] = texts;
		if (this.#rehearsal === undefined || first === undefined || current.ofWindow !== undefined) {
			return true;
		}

		const {filter} = this.#rehearsal;
		const text = this.#columns.textsOf(first).texts.find(({length}) => length > REHEARSED.length) ?? '';
		for (; this.#rehearsal.letters < REHEARSED.length; this.#rehearsal.letters++) {
			const word = text.slice(0, REHEARSED[this.#rehearsal.letters]);
			if (!filter.advance(word, parseFilter<RowOf[L]>(word, columns), 0, hasTime)) {
				return false;
			}

			const {places} = this.#table;
			const listed = {places, passes: filter.passes};
			new SlotsByNumber(listed, this.#keysOf(current, 0), true, this.#room).slice(0, ROWS_A_PAGE);
		}

		this.#rehearsal = undefined;
		return true;
	}

	/** Makes ready what the table is in the order of when it is shown next, as long as there is time; returns whether it is. */
	keepOrder(hasTime: () => boolean): boolean {
		const column = this.#asked?.column ?? sortingOf(columnsWithin(this.#level, undefined)).column;
		return (
			column === undefined ||
			column.ofWindow !== undefined ||
			this.#table.order.length < LARGE ||
			this.#advanceKeys(column, 0, 0, hasTime)
		);
	}

	/** Columns that the table may be sorted by next, as many as are kept. */
	#likely(columns: ReadonlyArray<Column<RowOf[L]>>, current: string): ReadonlyArray<Column<RowOf[L]>> {
		const {defaults} = layoutOf(this.#level);
		const ids = defaults.flatMap(({id, series}) => (series === undefined ? [id] : []));
		const place = ids.indexOf(current);
		const distanceOf = ({id}: Column<RowOf[L]>): number => Math.abs(ids.indexOf(id) - place);
		const shown = columns
			.filter(({id}) => ids.includes(id))
			.sort((one, other) => distanceOf(one) - distanceOf(other));
		const numbers = shown.filter(({unit}) => !isText(unit));
		const texts = shown.filter(({unit}) => isText(unit));
		// One of each is left for what is asked for beside these.
		return [...numbers.slice(0, MOST_NUMBERS - 1), ...texts.slice(0, MOST_RANKS - 1)];
	}

	/** Times pass on with each question, but not with those for an answer that is not ready. */
	#ask(
		{sort, filter: words = '', windowMs = 0}: Question<L>,
		columns: ReadonlyArray<Column<RowOf[L]>>,
		nowMs: number,
	): Asked<RowOf[L]> {
		const {column, isDescending} = sortingOf(columns, sort);
		const text = words.trim() === '' ? '' : `${windowMs} ${columns.length} ${words}`;
		const key = `${column?.id} ${isDescending} ${windowMs} ${text}`;
		const before = this.#asked;
		if (before?.key === key && !(before.isAnswered && before.nowMs !== nowMs)) {
			return before;
		}

		const filter = before?.text === text ? before.filter : parseFilter<RowOf[L]>(words, columns);
		this.#asked = {key, column, isDescending, windowMs, text, filter, nowMs, isAnswered: false};
		return this.#asked;
	}

	#prepare({column, windowMs, text, filter, nowMs}: Asked<RowOf[L]>, hasTime: () => boolean): boolean {
		return (
			(column === undefined || this.#advanceKeys(column, windowMs, nowMs, hasTime)) &&
			(isAll(filter, text) || this.#filter.advance(text, filter, nowMs, hasTime))
		);
	}

	#advanceKeys(column: Column<RowOf[L]>, windowMs: number, nowMs: number, hasTime: () => boolean): boolean {
		return isText(column.unit)
			? this.#columns.ranksOf(column).advance(hasTime)
			: this.#columns.numbersOf(column, windowMs).advance(nowMs, hasTime);
	}

	#answer({column, isDescending, windowMs, text, filter}: Asked<RowOf[L]>): Pick<View<L>, 'rows' | 'total'> {
		const {order, places} = this.#table;
		const passes = isAll(filter, text) ? undefined : this.#filter.passes;
		const sorted =
			column === undefined
				? slotsAsListed(passes === undefined ? order : order.filter(slot => passes[slot] === 1))
				: new SlotsByNumber({places, passes}, this.#keysOf(column, windowMs), isDescending, this.#room);
		return this.#list(sorted, order.length);
	}

	#list(slots: SlotList, total: number): Pick<View<L>, 'rows' | 'total'> {
		const rows = new OrderedRows(this.#table.lend(), slots, this.#table, this.#longestText);
		return {rows, total};
	}

	readonly #longestText = (columnId: string, slots: Uint32Array): number => {
		const {version} = this.#table;
		if (this.#measured?.version !== version || !isSame(this.#measured.slots, slots)) {
			this.#measured = {version, slots, longest: new Map()};
		}

		const {longest} = this.#measured;
		const column = columnsWithin(this.#level, undefined).find(({id}) => id === columnId);
		const length =
			longest.get(columnId) ?? (column === undefined ? 0 : this.#columns.textsOf(column).longestOf(slots));
		longest.set(columnId, length);
		return length;
	};

	/** Numbers by slot in whose order rows are. */
	#keysOf(column: Column<RowOf[L]>, windowMs: number): Float64Array {
		return isText(column.unit)
			? this.#columns.ranksOf(column).ranksAt(this.#table.version)
			: this.#columns.numbersOf(column, windowMs).lend();
	}
}

/** Whether a filter hides nothing. */
function isAll(filter: {readonly kind: string}, text: string): boolean {
	return text === '' || filter.kind === 'problem';
}

function isSame(some: Uint32Array, others: Uint32Array): boolean {
	return (
		some === others || (some.length === others.length && some.every((slot, place) => slot === others[place]))
	);
}
