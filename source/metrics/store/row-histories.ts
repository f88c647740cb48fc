import type {PodRow, Row, SeriesName} from '../model/row.ts';
import type {SumOfPods} from '../model/sum-of-pods.ts';
import type {HistoryWindow} from '../model/view.ts';
import {NumberSlab} from '../rings/number-slab.ts';
import {atOnce, ROWS_A_STEP, type Steps} from '../view/in-turns.ts';
import type {NamespacePods} from './namespace-pods.ts';
import type {NodeRecord} from './node-record.ts';
import {isTraffic, objectOfRow} from './object-of-row.ts';
import {SumEditions} from './sum-editions.ts';
import {SumHistories} from './sum-histories.ts';

/** Numbers in the pasts of the rows of a few frames. */
const PASTS_AT_ONCE = 8192;

export type RowHistoriesOptions = {
	readonly nodes: ReadonlyMap<string, NodeRecord>;
	readonly namespacePods: NamespacePods;
	/** All pods that nodes report. */
	readonly podCount: () => number;
	/** Changes with what rows of sums are made of. */
	readonly version: () => number;
	/** Whether `advance` is called, so that sums of many rows may take turns. */
	readonly isInTurns: boolean;
};

/** The past of a row in the steps of a window: from the rings of its object, or the sum of those of its pods. */
export class RowHistories {
	readonly #options: RowHistoriesOptions;
	readonly #sums = new SumHistories();
	readonly #editions = new SumEditions();
	readonly #pasts = new NumberSlab(PASTS_AT_ONCE);

	constructor(options: RowHistoriesOptions) {
		this.#options = options;
	}

	/** NaN where nothing is known. */
	of(row: Row, series: SeriesName, window: HistoryWindow): Float64Array {
		switch (row.kind) {
			case 'tree':
			case 'problem':
				return this.of(row.of, series, window);
			case 'node':
			case 'pod':
			case 'container': {
				const into = this.#pasts.take(window.points);
				const found = objectOfRow(this.#options.nodes, row, series);
				found?.node.resampleInto(into, found.object, series, window);
				return into;
			}

			case 'workload':
			case 'group':
			case 'namespace':
				return this.#ofSum(row, series, window, this.#pasts.take(window.points));
			case 'process':
				return this.#pasts.take(window.points);
		}
	}

	/** Sums what was asked for as long as there is time; returns whether there was nothing to sum. */
	advance(hasTime: () => boolean): boolean {
		return this.#sums.advance(hasTime);
	}

	#ofSum(row: SumOfPods, series: SeriesName, window: HistoryWindow, into: Float64Array): Float64Array {
		const {isInTurns, version} = this.#options;
		if (!isInTurns) {
			return atOnce(this.#summed(row, series, window, into));
		}

		const edition = `${version()} ${this.#editions.of(row)}`;
		return this.#sums.of(`${row.id} ${series}`, window, edition, this.#countOf(row), () =>
			this.#summed(row, series, window, into),
		);
	}

	/** How many pasts are looked at for a sum. */
	#countOf(row: SumOfPods): number {
		const {namespacePods, podCount, version} = this.#options;
		switch (row.kind) {
			case 'namespace':
				return Math.max(row.podCount, namespacePods.isKnown(version()) ? 0 : podCount());
			case 'group':
				return row.members.length;
			case 'workload':
				return row.pods.length;
		}
	}

	*#summed(
		row: SumOfPods,
		series: SeriesName,
		window: HistoryWindow,
		into: Float64Array,
	): Steps<Float64Array> {
		const {nodes, namespacePods, version} = this.#options;
		let count = 0;
		if (row.kind === 'namespace') {
			for (const {node, pod} of yield* namespacePods.of(row, version())) {
				if (hasPast(pod.row, series)) {
					node.resampleInto(into, pod, series, window);
				}

				if (++count % ROWS_A_STEP === 0) {
					yield;
				}
			}

			return into;
		}

		for (const member of row.kind === 'group' ? row.members : row.pods) {
			const found =
				member.kind === 'node' || hasPast(member, series) ? objectOfRow(nodes, member, series) : undefined;
			found?.node.resampleInto(into, found.object, series, window);
			if (++count % ROWS_A_STEP === 0) {
				yield;
			}
		}

		return into;
	}
}

/** Pods on the network of their node have no past of traffic. */
function hasPast(pod: Pick<PodRow, 'isHostNetwork'>, series: SeriesName): boolean {
	return !(isTraffic(series) && pod.isHostNetwork);
}
