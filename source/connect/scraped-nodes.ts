import type {Log} from '../metrics/model/log.ts';
import type {Reading} from '../metrics/model/reading.ts';
import type {Store} from '../metrics/store/store.ts';
import type {RosterChange} from '../scrape/node/node-roster.ts';
import type {FailedState, LiveState, ScrapeListener} from '../scrape/outcome.ts';
import {takeReadings} from '../scrape/take-readings.ts';
import type {Scrape, Target} from '../scrape/target.ts';
import {NodeLog} from './node-log.ts';

export type ScrapedNodesOptions = {
	readonly store: Store;
	/** Whether to scrape a node; all by default. */
	readonly accepts?: (target: Target) => boolean;
	/** Called before the node's first reading. */
	readonly onNode?: (target: Target) => void;
	/** Called when a node is gone; its target is closed. */
	readonly onGone?: (id: string) => void;
	readonly onReadings?: (target: Target, readings: readonly Reading[], state: LiveState) => void;
	readonly onFailed?: (target: Target, state: FailedState) => void;
	readonly log?: Log | undefined;
};

/**
 * The nodes that are scraped: keeps the targets and the store's nodes in step, and stores the result of every scrape.
 * Closes the target of a node that is gone or whose address has changed.
 */
export class ScrapedNodes implements ScrapeListener {
	readonly #options: ScrapedNodesOptions;
	readonly #targets = new Map<string, Target>();
	readonly #log: NodeLog | undefined;

	constructor(options: ScrapedNodesOptions) {
		this.#options = options;
		this.#log = options.log && new NodeLog(options.log);
	}

	get targets(): readonly Target[] {
		return [...this.#targets.values()];
	}

	get size(): number {
		return this.#targets.size;
	}

	/** Adds and removes nodes; returns the targets that were added. */
	update({added, removed}: RosterChange): readonly Target[] {
		const {store, accepts = () => true, onNode, onGone} = this.#options;
		this.#log?.removed(removed.flatMap(id => this.#targets.get(id) ?? []));
		for (const id of removed) {
			if (this.#close(id)) {
				store.removeNode(id);
				onGone?.(id);
			}
		}

		const accepted = added.filter(accepts);
		this.#log?.added(accepted.filter(({id}) => !this.#targets.has(id)));
		for (const target of accepted) {
			this.#close(target.id);
			this.#targets.set(target.id, target);
			store.addNode(target.id, target.name, target.cluster);
			onNode?.(target);
		}

		return accepted;
	}

	readonly onScrape = (target: Target, scrape: Scrape, state: LiveState): void => {
		const readings = takeReadings(scrape);
		this.#options.store.apply(target.id, readings, state);
		this.#options.onReadings?.(target, readings, state);
		this.#log?.read(target, state);
	};

	readonly onFailure = (target: Target, state: FailedState): void => {
		this.#options.store.setState(target.id, state);
		this.#options.onFailed?.(target, state);
		this.#log?.failed(target, state);
	};

	async close(): Promise<void> {
		await Promise.allSettled(this.targets.map(target => target.close()));
	}

	/** Removes a target and closes it in the background; false if there is none. */
	#close(id: string): boolean {
		const target = this.#targets.get(id);
		void target?.close().catch(() => {});
		return this.#targets.delete(id);
	}
}
