import type {ContainerRow, NodeRow, PodRow, ProblemRow} from '../model/row.ts';
import {isContainerWithin, isPodWithin} from '../model/scope.ts';
import type {Query, Scope, View} from '../model/view.ts';
import {lastingProblems, problemsOfState} from '../problems/problem-rows.ts';
import {InTurns, STEPS_AT_ONCE, type Steps} from './in-turns.ts';
import {RowTable} from './row-table.ts';
import {selectRows} from './select-rows.ts';
import {type Suspects, suspectsAmong} from './suspects.ts';
import {TableView} from './table-view.ts';

/** Some problems begin and end with time alone: they are looked for this often. */
const CLOCK_MS = 5000;

/** How many parts, such as nodes, are searched in a step. */
const PARTS_A_STEP = 4;

/** A part, and what it has now. */
export type SuspectPart = {
	readonly part: object;
	readonly node: NodeRow | undefined;
	readonly rows: {
		readonly pods: readonly PodRow[];
		readonly containers: readonly ContainerRow[];
		/** Those of them that may have problems, where that was looked at already. */
		readonly suspects?: Suspects;
	};
};

type Known = Omit<SuspectPart, 'part'> & {
	readonly lasting: readonly ProblemRow[];
	/** Pods whose problems depend on the time. */
	readonly passing: readonly PodRow[];
};

/** The problems of all rows, looked for in turns, and again only in parts that changed. */
export class LiveProblems {
	readonly #version: () => string;
	readonly #parts: () => Iterable<SuspectPart>;
	readonly #known: Map<object, Known>;
	readonly #table: RowTable<ProblemRow>;
	readonly #view: TableView<'problems'>;
	readonly #search: InTurns<true>;
	#atMs = 0;

	/** `version` changes with what the parts have. `before` has problems at a version. */
	constructor(version: () => string, parts: () => Iterable<SuspectPart>, before?: LiveProblems) {
		this.#version = version;
		this.#parts = parts;
		if (before === undefined) {
			this.#known = new Map();
			this.#table = new RowTable();
			this.#view = new TableView('problems', this.#table);
			this.#search = new InTurns();
		} else {
			this.#known = new Map(before.#known);
			this.#table = before.#table.fork();
			this.#view = before.#view.fork(this.#table);
			this.#search = before.#search.fork();
		}
	}

	/** `atMs`: when there were the problems. */
	view(
		{scope, ...query}: Omit<Query<'problems'>, 'level'>,
		nowMs: number,
		atMs: number = nowMs,
	): View<'problems'> {
		this.#atMs = atMs;
		let steps = STEPS_AT_ONCE;
		const isReady = this.#advanceSearch(() => --steps > 0);
		const view =
			scope?.namespaces === undefined
				? this.#view.view(query, nowMs, atMs)
				: selectRows({...query, level: 'problems'}, this.#within(scope), nowMs, atMs);
		return isReady ? view : {...view, isPending: true};
	}

	/** Goes on with what was asked for last as long as there is time; returns whether a view of it can be given at once. */
	readonly advance = (hasTime: () => boolean): boolean =>
		this.#advanceSearch(hasTime) && this.#view.advance(hasTime);

	/** Makes ready what any filter of them looks at, as long as there is time; returns whether all is. */
	readonly foresee = (hasTime: () => boolean): boolean => this.#view.foresee(hasTime);

	#advanceSearch(hasTime: () => boolean): boolean {
		const key = `${this.#version()} ${Math.floor(this.#atMs / CLOCK_MS)}`;
		return (
			this.#search.advance(key, () => this.#searched(this.#atMs), hasTime) && this.#table.settle(hasTime)
		);
	}

	*#searched(atMs: number): Steps<true> {
		const gone = new Set(this.#known.keys());
		let count = 0;
		for (const suspect of this.#parts()) {
			gone.delete(suspect.part);
			this.#searchPart(suspect, atMs);
			if (++count % PARTS_A_STEP === 0) {
				yield;
			}
		}

		for (const part of gone) {
			this.#known.delete(part);
			this.#table.set(part, []);
		}

		return true;
	}

	#searchPart({part, node, rows}: SuspectPart, atMs: number): void {
		let known = this.#known.get(part);
		const hasChanged = known?.rows !== rows || known.node !== node;
		if (known === undefined || hasChanged) {
			const suspects = rows.suspects ?? suspectsAmong(rows.pods, rows.containers);
			known = {rows, node, lasting: lastingProblems(node, suspects), passing: suspects.passing};
			this.#known.set(part, known);
		}

		const {lasting, passing} = known;
		if (hasChanged || passing.length > 0) {
			this.#table.set(part, passing.length === 0 ? lasting : [...lasting, ...problemsOfState(passing, atMs)]);
		}
	}

	#within(scope: Scope): readonly ProblemRow[] {
		const rows: ProblemRow[] = [];
		for (const slot of this.#table.order) {
			const row = this.#table.rows[slot];
			if (row !== undefined && isWithin(row, scope)) {
				rows.push(row);
			}
		}

		return rows;
	}
}

/** Nodes are in the scope of every namespace. */
function isWithin({of}: ProblemRow, scope: Scope): boolean {
	switch (of.kind) {
		case 'node':
			return true;
		case 'pod':
			return isPodWithin(of, scope);
		case 'container':
			return isContainerWithin(of, scope);
	}
}
