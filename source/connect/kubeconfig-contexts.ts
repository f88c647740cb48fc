import {contextsOf} from '../cluster/connection/kubeconfig/contexts.ts';
import {loadKubeconfig} from '../cluster/connection/kubeconfig/load.ts';
import type {ConnectionEnvironment} from '../cluster/connection/options.ts';
import type {ClusterContext} from '../metrics/model/cluster-context.ts';
import {type Failure, KtopError} from '../metrics/model/failure.ts';
import type {Options} from '../options/options.ts';

/** Other programs add contexts while ktop runs, so the kubeconfig is read again after this time. */
const AGAIN_MS = 3000;

export type ListedContexts = {
	/** Undefined while the kubeconfig is read for the first time. */
	readonly contexts: readonly ClusterContext[] | undefined;
	/** Why it cannot be read. */
	readonly failure: Failure | undefined;
};

/** The contexts of the kubeconfig, which is read when they are asked for. */
export class KubeconfigContexts {
	readonly #read: () => Promise<readonly ClusterContext[]>;
	readonly #onChange: () => void;
	#listed: ListedContexts = {contexts: undefined, failure: undefined};
	#readAtMs = Number.NEGATIVE_INFINITY;
	#reading: Promise<void> | undefined;

	/** `onChange` is called when a list has been read. */
	constructor(read: () => Promise<readonly ClusterContext[]>, onChange: () => void) {
		this.#read = read;
		this.#onChange = onChange;
	}

	/** As last read. Reads the kubeconfig in the background if that was long ago. */
	list(): ListedContexts {
		if (performance.now() - this.#readAtMs > AGAIN_MS) {
			void this.whenRead();
		}

		return this.#listed;
	}

	/** Resolves when the kubeconfig has been read. */
	whenRead(): Promise<void> {
		this.#reading ??= this.#readAgain();
		return this.#reading;
	}

	async #readAgain(): Promise<void> {
		try {
			this.#listed = {contexts: await this.#read(), failure: undefined};
		} catch (error) {
			if (!(error instanceof KtopError)) {
				throw error;
			}

			this.#listed = {...this.#listed, failure: error};
		} finally {
			this.#reading = undefined;
			this.#readAtMs = performance.now();
		}

		this.#onChange();
	}
}

/** Reads the contexts of the kubeconfig that the options name. Throws `KtopError`. */
export async function readContexts(
	{kubeconfig}: Options['cluster'],
	{environment, homeDirectory}: ConnectionEnvironment,
): Promise<readonly ClusterContext[]> {
	return contextsOf(await loadKubeconfig({explicit: kubeconfig, environment, homeDirectory}));
}
