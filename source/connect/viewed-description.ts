import type {DescribedObject, Description} from '../metrics/model/description.ts';
import type {Describe} from './open-source.ts';

/** How often an object is read again while its facts are on the screen. */
const AGAIN_MS = 10_000;

/** Descriptions that are kept to go back to a page without another request. */
const MOST_KEPT = 20;

type Kept = {readonly description: Description; readonly atMs: number};

/** Reads what the API server says about the one object whose facts are on the screen, at most every ten seconds. */
export class ViewedDescription {
	readonly #describe: () => Describe | undefined;
	readonly #onChange: () => void;
	readonly #kept = new Map<string, Kept>();
	#viewed: string | undefined;
	#reader: Describe | undefined;
	#reading: AbortController | undefined;
	#timer: NodeJS.Timeout | undefined;

	/** `describe` returns the reader of the cluster that is shown; undefined if there is none. */
	constructor(describe: () => Describe | undefined, onChange: () => void) {
		this.#describe = describe;
		this.#onChange = onChange;
	}

	/** Whether objects can be described. */
	get isAvailable(): boolean {
		return this.#describe() !== undefined;
	}

	/** Sets the object whose facts are on the screen. Called with each frame. */
	setViewed(object: DescribedObject | undefined): void {
		const reader = this.#describe();
		const key = object && keyOf(object);
		if (key === this.#viewed && reader === this.#reader) {
			return;
		}

		this.close();
		if (reader !== this.#reader) {
			this.#kept.clear();
			this.#reader = reader;
		}

		this.#viewed = key;
		if (object !== undefined && key !== undefined && reader !== undefined) {
			const kept = this.#kept.get(key);
			const waitMs = kept === undefined ? 0 : kept.atMs + AGAIN_MS - performance.now();
			this.#schedule(object, key, reader, Math.max(waitMs, 0));
		}
	}

	/** The last description of an object; undefined if none is read. */
	of(object: DescribedObject): Description | undefined {
		return this.#kept.get(keyOf(object))?.description;
	}

	/** Stops reading. */
	close(): void {
		clearTimeout(this.#timer);
		this.#reading?.abort();
		this.#reading = undefined;
		this.#viewed = undefined;
	}

	#schedule(object: DescribedObject, key: string, reader: Describe, waitMs: number): void {
		this.#timer = setTimeout(() => void this.#read(object, key, reader), waitMs);
	}

	async #read(object: DescribedObject, key: string, reader: Describe): Promise<void> {
		const reading = new AbortController();
		this.#reading = reading;
		try {
			this.#keep(key, await reader(object, reading.signal));
		} catch (error) {
			if (!reading.signal.aborted) {
				throw error;
			}

			return;
		}

		if (!reading.signal.aborted) {
			this.#schedule(object, key, reader, AGAIN_MS);
			this.#onChange();
		}
	}

	#keep(key: string, description: Description): void {
		this.#kept.delete(key);
		this.#kept.set(key, {description, atMs: performance.now()});
		const [oldest] = this.#kept.keys();
		if (oldest !== undefined && this.#kept.size > MOST_KEPT) {
			this.#kept.delete(oldest);
		}
	}
}

function keyOf({kind, cluster = '', namespace = '', name, container = ''}: DescribedObject): string {
	return `${kind}/${namespace}/${name}/${container}/${cluster}`;
}
