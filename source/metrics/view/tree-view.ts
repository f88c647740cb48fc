import {columnsWithin} from '../columns/columns-within.ts';
import type {StatisticsOf} from '../model/statistics.ts';
import type {Query, View} from '../model/view.ts';
import {InTurns, STEPS_AT_ONCE, type Steps} from './in-turns.ts';
import {type TreeSource, treeInSteps} from './select-tree.ts';
import {BY_NODES} from './select-view.ts';

type Question = {
	readonly key: string;
	readonly query: Query<'tree'>;
	readonly nowMs: number;
	readonly statistics: StatisticsOf | undefined;
};

/** The views of a tree, made in turns. */
export class TreeView {
	readonly #version: () => string;
	readonly #source: (query: Query<'tree'>, nowMs: number) => Steps<TreeSource>;
	readonly #view = new InTurns<View<'tree'>>();
	#asked: Question | undefined;

	/** `version` changes with what is in the tree. */
	constructor(version: () => string, source: (query: Query<'tree'>, nowMs: number) => Steps<TreeSource>) {
		this.#version = version;
		this.#source = source;
	}

	view(query: Query<'tree'>, nowMs: number, statistics?: StatisticsOf): View<'tree'> {
		const {tree, ...words} = query;
		this.#asked = {key: JSON.stringify([words, tree?.by, ...(tree?.open ?? [])]), query, nowMs, statistics};
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

	*#begin({query, nowMs, statistics}: Question): Steps<View<'tree'>> {
		const {open} = query.tree ?? BY_NODES;
		const source = yield* this.#source(query, nowMs);
		return yield* treeInSteps(query, open, source, {nowMs, atMs: nowMs, statistics});
	}
}
