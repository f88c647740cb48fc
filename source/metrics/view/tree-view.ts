import {columnsWithin} from '../columns/columns-within.ts';
import type {StatisticsOf} from '../model/statistics.ts';
import type {Query, View} from '../model/view.ts';
import {parseFilter} from './filter.ts';
import {narrows} from './filter-narrowing.ts';
import {InTurns, STEPS_AT_ONCE, type Steps} from './in-turns.ts';
import {type KnownLines, type TreeSource, treeInSteps} from './select-tree.ts';
import {BY_NODES} from './select-view.ts';

type Question = {
	readonly key: string;
	/** All of the question but its filter. */
	readonly shape: string;
	readonly query: Query<'tree'>;
	readonly lines: KnownLines;
	readonly nowMs: number;
	readonly statistics: StatisticsOf | undefined;
};

/** The lines of the last filter, in which those of a narrower one are; undefined where they may be others. */
function widest({query, lines}: Question, filter: string): KnownLines['wide'] {
	const columns = columnsWithin('tree', undefined);
	const [wide, narrow] = [parseFilter(query.filter ?? '', columns), parseFilter(filter, columns)];
	const isOfNow = wide.kind === 'ok' && narrow.kind === 'ok' && !wide.isTimed && !narrow.isTimed;
	if (!isOfNow || wide.alternatives.length === 0 || !narrows(wide, narrow)) {
		return undefined;
	}

	// A filter that was not finished has no lines of its own, but those that it narrows.
	return lines.byPart.size > 0 ? lines.byPart : lines.wide;
}

/** How many filters are remembered, each narrower than the one before it: letters that are deleted lead back to them. */
const MOST_FILTERS = 12;

/** They are forgotten then: most rows are others, and those of that time would be kept in memory. */
const KEPT_MS = 10_000;

/** The views of a tree that is filtered: made in turns, and again only of the roots in which something changed. */
export class TreeView {
	readonly #version: () => string;
	readonly #source: (query: Query<'tree'>, nowMs: number) => Steps<TreeSource>;
	readonly #view = new InTurns<View<'tree'>>();
	#asked: Question | undefined;
	/** What was asked before, from the widest filter to the one of now. */
	#narrowing: readonly Question[] = [];

	/** `version` changes with what is in the tree. */
	constructor(version: () => string, source: (query: Query<'tree'>, nowMs: number) => Steps<TreeSource>) {
		this.#version = version;
		this.#source = source;
	}

	view(query: Query<'tree'>, nowMs: number, statistics?: StatisticsOf): View<'tree'> {
		const {tree, ...words} = query;
		const {filter = '', ...others} = words;
		const shape = JSON.stringify([others, tree?.by, ...(tree?.open ?? [])]);
		const key = `${shape} ${filter}`;
		const before = this.#narrowing.find(asked => asked.key === key);
		const wider = this.#narrowing.filter(
			asked =>
				asked !== before &&
				asked.shape === shape &&
				nowMs - asked.nowMs < KEPT_MS &&
				widest(asked, filter) !== undefined,
		);
		const [top] = wider.slice(-1);
		const lines = before?.lines ?? {byPart: new Map(), wide: top && widest(top, filter)};
		this.#asked = {key, shape, query, lines, nowMs, statistics};
		this.#narrowing = [...wider, this.#asked].slice(-MOST_FILTERS);
		let steps = STEPS_AT_ONCE;
		const isReady = this.advance(() => --steps > 0);
		const {rows = [], total = 0} = this.#view.value ?? {};
		return {
			level: 'tree',
			columns: columnsWithin('tree', statistics),
			rows,
			total,
			atMs: nowMs,
			...(isReady ? {} : {isPending: true}),
		};
	}

	/** Goes on with what was asked for last as long as there is time; returns whether a view of it can be given at once. */
	advance(hasTime: () => boolean): boolean {
		const asked = this.#asked;
		return (
			asked === undefined ||
			this.#view.advance(`${this.#version()} ${asked.key}`, () => this.#begin(asked), hasTime)
		);
	}

	*#begin({query, lines, nowMs, statistics}: Question): Steps<View<'tree'>> {
		const {open} = query.tree ?? BY_NODES;
		const source = yield* this.#source(query, nowMs);
		return yield* treeInSteps(query, open, source, {nowMs, atMs: nowMs, statistics, known: lines});
	}
}
