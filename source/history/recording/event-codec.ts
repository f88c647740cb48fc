import {KtopError} from '../../metrics/model/failure.ts';
import {type KeyedReading, keyReading, unkeyReading} from './keyed-reading.ts';
import type {RecordedEvent, RecordedInventory, RecordingHeader} from './recorded-event.ts';
import {applyDifference, type Difference, differenceOf, type Json} from './structural-difference.ts';

const FORMAT = 'ktop-recording';
const VERSION = 1;

/** What both sides remember: the last value of each series of events. */
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

/** Makes a line of each event: `[kind, time, id, difference to the last of its kind and id]`. */
export class EventEncoder {
	readonly #last = new LastValues();

	/** Undefined where the event says nothing new. */
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
				return this.#line(kind, atMs, event.id, event.state);
			case 'inventory':
				return this.#line(kind, atMs, '', event.inventory);
		}
	}

	/** The values are plain data: their types hold nothing that JSON does not. */
	#line(kind: string, atMs: number, id: string, value: object): string | undefined {
		const json = value as unknown as Json;
		const key = `${kind} ${id}`;
		const difference: Difference | undefined = differenceOf(this.#last.of(key), json);
		this.#last.keep(key, json);
		return difference === undefined ? undefined : JSON.stringify([kind, atMs, id, difference]);
	}
}

/** Turns lines back into what they were made of. Throws `KtopError` (`bad-answer`) that names the line. */
export class EventDecoder {
	readonly #last = new LastValues();
	readonly #path: string;
	#line = 0;

	constructor(path: string) {
		this.#path = path;
	}

	header(line: string): RecordingHeader {
		this.#line = 1;
		const header = parseOrNothing(line);
		if (!isFields(header) || header.format !== FORMAT) {
			throw new KtopError({
				code: 'usage',
				brief: 'no recording',
				message: `${this.#path} is no recording of ktop`,
				hint: 'name a file that ktop record --sink file:PATH has written',
			});
		}

		if (typeof header.version !== 'number' || header.version > VERSION) {
			throw new KtopError({
				code: 'unsupported',
				brief: 'newer recording',
				message: `${this.#path} was recorded by a newer ktop (format ${header.version}, this one reads ${VERSION})`,
				hint: 'replay it with a newer ktop',
			});
		}

		const {startedAtMs, label, context, kubernetesVersion, isDemo, intervalMs, hasInventory} = header;
		if (typeof startedAtMs !== 'number' || typeof intervalMs !== 'number' || !(intervalMs > 0)) {
			throw this.#damaged('has no times');
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

	/** Undefined for kinds that a newer ktop may write. */
	event(line: string): RecordedEvent | undefined {
		this.#line++;
		const parts = this.#parse(line);
		const [kind, atMs, id, value] = Array.isArray(parts) ? parts : [];
		if (
			typeof kind !== 'string' ||
			typeof atMs !== 'number' ||
			!Number.isFinite(atMs) ||
			typeof id !== 'string'
		) {
			throw this.#damaged('is no event');
		}

		switch (kind) {
			case 'node':
				return {kind, atMs, id, name: textOf(value) ?? id};
			case 'gone':
				this.#last.forget(`reading ${id}`);
				this.#last.forget(`state ${id}`);
				return {kind, atMs, id};
			case 'reading': {
				const reading = this.#value(kind, id, value);
				if (!isFields(reading) || !isFields(reading.pods) || !isFields(reading.containers)) {
					throw this.#damaged('holds no reading');
				}

				// Written by ktop itself: what is wrong further in is told when it is looked at.
				return {kind, atMs, id, reading: unkeyReading(reading as unknown as KeyedReading)};
			}

			case 'state': {
				const state = this.#value(kind, id, value);
				if (!isFields(state) || typeof state.kind !== 'string') {
					throw this.#damaged('holds no state');
				}

				return {kind, atMs, id, state: state as never};
			}

			case 'inventory': {
				const inventory = this.#value(kind, '', value);
				if (!isFields(inventory) || !isFields(inventory.nodes) || !isFields(inventory.pods)) {
					throw this.#damaged('holds no inventory');
				}

				return {kind, atMs, inventory: inventory as unknown as RecordedInventory};
			}

			default:
				return undefined;
		}
	}

	#value(kind: string, id: string, difference: unknown): Json {
		const key = `${kind} ${id}`;
		try {
			const value = applyDifference(this.#last.of(key), difference);
			this.#last.keep(key, value);
			return value;
		} catch (error) {
			throw this.#damaged(error instanceof Error ? `holds ${error.message}` : 'cannot be read');
		}
	}

	#parse(line: string): unknown {
		const parsed = parseOrNothing(line);
		if (parsed === undefined) {
			throw this.#damaged('is no JSON');
		}

		return parsed;
	}

	#damaged(how: string): KtopError {
		return new KtopError({
			code: 'bad-answer',
			brief: 'damaged recording',
			message: `line ${this.#line} of ${this.#path} ${how}`,
			hint: 'the recording is damaged from there on; what comes before it can be replayed',
		});
	}
}

function parseOrNothing(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

function isFields(value: unknown): value is {readonly [name: string]: unknown} {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}
