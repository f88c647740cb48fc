import {type CountsByNamespace, countsOfRows} from '../model/counts.ts';
import {LiveCounts} from './live-counts.ts';
import type {LiveRows, RowsOfNode} from './live-rows.ts';
import type {NodeRecord} from './node-record.ts';

/** How many pods and containers nodes report by namespace, counted again node by node where rows changed. */
export class NodeCounts {
	readonly #rows: LiveRows;
	readonly #counts = new LiveCounts<NodeRecord>();
	/** The rows of each node that are counted. */
	readonly #counted = new WeakMap<NodeRecord, RowsOfNode>();

	constructor(rows: LiveRows) {
		this.#rows = rows;
	}

	/** Others that begin as these are. */
	fork(): LiveCounts<NodeRecord> {
		return this.#counts.fork();
	}

	/** Of a node, as of its last count. */
	of(record: NodeRecord): CountsByNamespace | undefined {
		return this.#counts.of(record);
	}

	/** All pods, as of the last count of each node. */
	get podCount(): number {
		return this.#counts.podCount;
	}

	/** As of the last count of each node. */
	get sum(): CountsByNamespace {
		return this.#counts.sum;
	}

	/** Counts the rows of a node, if they are others than before. */
	count(record: NodeRecord): void {
		const rows = this.#rows.of(record);
		if (this.#counted.get(record) !== rows) {
			this.#counted.set(record, rows);
			this.#counts.set(record, countsOfRows(rows.pods, rows.containers));
		}
	}

	remove(record: NodeRecord): void {
		this.#counts.set(record, undefined);
	}
}
