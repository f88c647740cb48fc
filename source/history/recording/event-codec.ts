import {KtopError} from '../../metrics/model/failure.ts';
import {isJsonObject, parseJson} from '../../metrics/model/json.ts';
import {misfitOfChanged} from './changed-shape.ts';
import {inventoryShape} from './inventory-shape.ts';
import type {JsonShape} from './json-shape.ts';
import {keyReading, unkeyReading} from './keyed-reading.ts';
import {readingShape} from './reading-shape.ts';
import type {RecordedEvent, RecordingHeader} from './recorded-event.ts';
import {recordedState, stateOf, stateShape} from './recorded-state.ts';
import {applyDifference, type Difference, differenceOf, type Json} from './structural-difference.ts';

const FORMAT = 'ktop-recording';
const VERSION = 1;

/** The recorder's clock stands before the year 10000, so that some intervals later is still a date. */
const LATEST_MS = Date.UTC(9999, 11, 31);

/** Intervals that may be asked for are well between: rings for shorter ones would take any amount of memory. */
const SHORTEST_MS = 100;
const LONGEST_MS = 24 * 3_600_000;

/** The last value per kind and id, kept in the same way by the encoder and the decoder. */
class LastValues {
	readonly #values = new Map<string, Json>();

	of(key: string): Json | undefined {
		return this.#values.get(key);
	}

	keep(key: string, value: Json): void {
		this.#values.set(key, value);
	}

	forget(key: string): void {
		this.#values.delete(key);
	}
}

/** The first line of a recording. */
export function encodeHeader(header: RecordingHeader): string {
	return JSON.stringify({format: FORMAT, version: VERSION, ...header});
}

/** Encodes each event as a line of JSON: `[kind, time, id, difference to the last value of this kind and id]`. */
export class EventEncoder {
	readonly #last = new LastValues();

	/** Undefined if nothing changed. */
	encode(event: RecordedEvent): string | undefined {
		const {kind, atMs} = event;
		switch (kind) {
			case 'node':
				return JSON.stringify([kind, atMs, event.id, event.name]);
			case 'gone':
				this.#last.forget(`reading ${event.id}`);
				this.#last.forget(`state ${event.id}`);
				return JSON.stringify([kind, atMs, event.id]);
			case 'reading':
				return this.#line(kind, atMs, event.id, keyReading(event.reading));
			case 'state':
				return this.#line(kind, atMs, event.id, recordedState(event.state));
			case 'inventory':
				return this.#line(kind, atMs, '', event.inventory);
		}
	}

	/** `value` must be plain data that survives JSON. */
	#line(kind: string, atMs: number, id: string, value: object): string | undefined {
		const json = value as unknown as Json;
		const key = `${kind} ${id}`;
		const difference: Difference | undefined = differenceOf(this.#last.of(key), json);
		this.#last.keep(key, json);
		return difference === undefined ? undefined : JSON.stringify([kind, atMs, id, difference]);
	}
}

/** Decodes the lines of a recording, in order. Throws `KtopError` (`bad-answer`) with the line number. */
export class EventDecoder {
	readonly #last = new LastValues();
	readonly #path: string;
	#line = 0;

	constructor(path: string) {
		this.#path = path;
	}

	header(line: string): RecordingHeader {
		this.#line = 1;
		const header = parseJson(line);
		if (!isJsonObject(header) || header.format !== FORMAT) {
			throw new KtopError({
				code: 'usage',
				brief: 'no recording',
				message: `${this.#path} is not a recording of ktop`,
				hint: 'name a file that was written by ktop record --sink file:PATH',
			});
		}

		if (typeof header.version !== 'number') {
			throw this.#damaged('has no version of the format');
		}

		if (header.version > VERSION) {
			throw new KtopError({
				code: 'unsupported',
				brief: 'newer recording',
				message: `${this.#path} was recorded by a newer ktop (format ${header.version}, this one reads ${VERSION})`,
				hint: 'replay it with a newer ktop',
			});
		}

		const {startedAtMs, label, context, kubernetesVersion, isDemo, intervalMs, hasInventory} = header;
		if (!isWithin(startedAtMs, -LATEST_MS, LATEST_MS) || !isWithin(intervalMs, SHORTEST_MS, LONGEST_MS)) {
			throw this.#damaged('has no start time or interval');
		}

		return {
			startedAtMs,
			label: textOf(label) ?? '',
			context: textOf(context),
			kubernetesVersion: textOf(kubernetesVersion),
			isDemo: isDemo === true,
			intervalMs,
			hasInventory: hasInventory === true,
		};
	}

	/** Undefined for unknown kinds, which a newer ktop may have written. */
	event(line: string): RecordedEvent | undefined {
		this.#line++;
		const parts = this.#parse(line);
		const [kind, atMs, id, value] = Array.isArray(parts) ? parts : [];
		if (typeof kind !== 'string' || !isWithin(atMs, -LATEST_MS, LATEST_MS) || typeof id !== 'string') {
			throw this.#damaged('is not an event');
		}

		switch (kind) {
			case 'node':
				return {kind, atMs, id, name: textOf(value) ?? id};
			case 'gone':
				this.#last.forget(`reading ${id}`);
				this.#last.forget(`state ${id}`);
				return {kind, atMs, id};
			case 'reading':
				return {kind, atMs, id, reading: unkeyReading(this.#value(kind, id, value, readingShape))};
			case 'state':
				return {kind, atMs, id, state: stateOf(this.#value(kind, id, value, stateShape))};
			case 'inventory':
				return {kind, atMs, inventory: this.#value(kind, '', value, inventoryShape)};
			default:
				return undefined;
		}
	}

	/** The last value of this kind and id with a difference applied to it. */
	#value<T>(kind: string, id: string, difference: unknown, shape: JsonShape<T>): T {
		const key = `${kind} ${id}`;
		let value: Json;
		try {
			value = applyDifference(this.#last.of(key), difference);
		} catch (error) {
			throw this.#damaged(error instanceof TypeError ? `holds ${error.message}` : 'cannot be read');
		}

		const misfit = misfitOfChanged(shape, difference, value);
		if (misfit !== undefined) {
			throw this.#damaged(`holds no ${kind}${misfit === '' ? '' : `: ${misfit} is missing or malformed`}`);
		}

		this.#last.keep(key, value);
		return value as T;
	}

	#parse(line: string): unknown {
		const parsed = parseJson(line);
		if (parsed === undefined) {
			throw this.#damaged('is not JSON');
		}

		return parsed;
	}

	#damaged(how: string): KtopError {
		return new KtopError({
			code: 'bad-answer',
			brief: 'damaged recording',
			message: `line ${this.#line} of ${this.#path} ${how}`,
			hint:
				this.#line === 1
					? 'name a file that was written by ktop record --sink file:PATH'
					: 'everything before this line can be replayed',
		});
	}
}

function isWithin(value: unknown, least: number, most: number): value is number {
	return typeof value === 'number' && value >= least && value <= most;
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}
