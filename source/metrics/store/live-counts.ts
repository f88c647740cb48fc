import type {CountsByNamespace} from '../model/counts.ts';

type Count = {pods: number; containers: number};

/** The sum of the counts of parts that change one by one, such as nodes: a change costs no more than its part has. */
export class LiveCounts<Part extends object> {
	readonly #parts = new Map<Part, CountsByNamespace>();
	readonly #sum = new Map<string, Count>();

	#podCount = 0;

	/** Others that begin as these are. */
	fork(): LiveCounts<Part> {
		const fork = new LiveCounts<Part>();
		fork.#podCount = this.#podCount;
		for (const [part, counts] of this.#parts) {
			fork.#parts.set(part, counts);
		}

		for (const [namespace, count] of this.#sum) {
			fork.#sum.set(namespace, {...count});
		}

		return fork;
	}

	of(part: Part): CountsByNamespace | undefined {
		return this.#parts.get(part);
	}

	/** All pods. */
	get podCount(): number {
		return this.#podCount;
	}

	/** The counts over all parts. Namespaces without rows are left out. */
	get sum(): CountsByNamespace {
		return this.#sum;
	}

	/** Replaces the counts of a part; none takes it out. */
	set(part: Part, counts: CountsByNamespace | undefined): void {
		const before = this.#parts.get(part);
		if (before === counts) {
			return;
		}

		this.#add(before, -1);
		this.#add(counts, 1);
		if (counts === undefined) {
			this.#parts.delete(part);
		} else {
			this.#parts.set(part, counts);
		}
	}

	#add(counts: CountsByNamespace | undefined, sign: 1 | -1): void {
		for (const [namespace, {pods, containers}] of counts ?? []) {
			const sum = this.#sum.get(namespace) ?? {pods: 0, containers: 0};
			sum.pods += sign * pods;
			this.#podCount += sign * pods;
			sum.containers += sign * containers;
			if (sum.pods === 0 && sum.containers === 0) {
				this.#sum.delete(namespace);
			} else {
				this.#sum.set(namespace, sum);
			}
		}
	}
}
