import type {Row} from '../model/row.ts';
import type {StatisticSeries, Statistics} from '../model/statistics.ts';
import {isSumOfPods} from '../model/sum-of-pods.ts';
import type {Span} from '../model/view.ts';
import {statisticsOfKnown} from '../rings/statistics.ts';
import type {StatisticsAdvance} from '../view/statistics-within.ts';
import type {NodeRecord} from './node-record.ts';
import {objectOfRow} from './object-of-row.ts';
import {SumStatistics, type SumStatisticsOptions} from './sum-statistics.ts';

export type RowStatisticsOptions = SumStatisticsOptions & {
	/** How many moments the rings of a node hold. */
	readonly capacity: number;
};

/** The statistics of a row within a span: of the known values of its object, or of the sum of its pods. */
export class RowStatistics {
	readonly #nodes: ReadonlyMap<string, NodeRecord>;
	readonly #sums: SumStatistics;
	/** The values that statistics are made of, in turn. */
	readonly #known: Float64Array;

	constructor(options: RowStatisticsOptions) {
		this.#nodes = options.nodes;
		this.#sums = new SumStatistics(options);
		this.#known = new Float64Array(options.capacity);
	}

	/** Undefined where nothing is known. Sums of many rows are those of before until `advanceAsked` has made them. */
	of(row: Row, series: StatisticSeries, span: Span): Statistics | undefined {
		switch (row.kind) {
			case 'tree':
			case 'problem':
				return isSumOfPods(row.of) ? this.#sums.atOnce(row.of, series, span) : this.of(row.of, series, span);
			case 'namespace':
			case 'workload':
			case 'group':
				return this.#sums.of(row, series, span);
			case 'node':
			case 'pod':
			case 'container': {
				const found = objectOfRow(this.#nodes, row, series);
				return (
					found &&
					statisticsOfKnown(this.#known, found.node.knownWithin(this.#known, found.object, series, span))
				);
			}

			case 'process':
				return undefined;
		}
	}

	/** Only those of sums take long. */
	readonly advance: StatisticsAdvance = (row, _series, span, hasTime) =>
		!isSumOfPods(row) || this.#sums.advance(row, span, hasTime);

	/** Makes what `of` was asked for as long as there is time; returns whether there was nothing to do. */
	advanceAsked(hasTime: () => boolean): boolean {
		return this.#sums.advanceAsked(hasTime);
	}
}
