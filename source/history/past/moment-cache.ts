import type {MomentEntry, MomentRequest} from '../store/history-request.ts';
import type {HistoryAccess} from './history-access.ts';
import type {MomentEntries} from './rows-of-moment.ts';

export type MomentCacheOptions = {
	readonly access: HistoryAccess;
	/** Called when an answer arrived. */
	readonly onChange: () => void;
};

/** A moment may hold every container of the cluster. */
const MAX_MOMENTS = 12;

/** Caches the answers to moment requests. Missing ones are queried in the background. */
export class MomentCache {
	readonly #options: MomentCacheOptions;
	/** Least recently used first. */
	readonly #moments = new Map<string, readonly MomentEntry[]>();
	readonly #pending = new Map<string, Promise<void>>();

	constructor(options: MomentCacheOptions) {
		this.#options = options;
	}

	/** The cached answer; undefined until it arrives. */
	find(request: MomentRequest): readonly MomentEntry[] | undefined {
		const key = JSON.stringify(request);
		const entries = this.#moments.get(key);
		if (entries !== undefined) {
			this.#moments.delete(key);
			this.#moments.set(key, entries);
		} else if (!this.#pending.has(key) && this.#options.access.isOpen()) {
			this.#pending.set(key, this.#ask(key, request));
		}

		return entries;
	}

	/** The answers of all kinds; undefined until they have arrived. */
	findAll(request: Omit<MomentRequest, 'kind'>): MomentEntries | undefined {
		const nodes = this.find({...request, kind: 'node'});
		const pods = this.find({...request, kind: 'pod'});
		const containers = this.find({...request, kind: 'container'});
		return nodes && pods && containers && {nodes, pods, containers};
	}

	/** Resolves when no query is pending. */
	async settled(): Promise<void> {
		await Promise.all(this.#pending.values());
	}

	async #ask(key: string, request: MomentRequest): Promise<void> {
		const entries = await this.#options.access.ask((store, signal) => store.moment(request, signal));
		this.#pending.delete(key);
		if (entries === undefined) {
			return;
		}

		this.#moments.set(key, entries);
		const [oldest] = this.#moments.keys();
		if (this.#moments.size > MAX_MOMENTS && oldest !== undefined) {
			this.#moments.delete(oldest);
		}

		this.#options.onChange();
	}
}
