import {KtopError} from '../../metrics/model/failure.ts';
import {isJsonObject, parseJson} from '../../metrics/model/json.ts';
import type {NodeState} from '../../metrics/model/node-state.ts';
import {parseRoute, routeText} from '../../metrics/model/route.ts';
import {type KeyedReading, keyReading, unkeyReading} from './keyed-reading.ts';
import type {RecordedEvent, RecordedInventory, RecordingHeader} from './recorded-event.ts';
import {applyDifference, type Difference, differenceOf, type Json} from './structural-difference.ts';

const FORMAT = 'ktop-recording';
const VERSION = 1;

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
		if (typeof startedAtMs !== 'number' || typeof intervalMs !== 'number' || !(intervalMs > 0)) {
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
		if (
			typeof kind !== 'string' ||
			typeof atMs !== 'number' ||
			!Number.isFinite(atMs) ||
			typeof id !== 'string'
		) {
			throw this.#damaged('is not an event');
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
				if (
					!isJsonObject(reading) ||
					!isJsonObject(reading.pods) ||
					!isJsonObject(reading.containers) ||
					!Object.values(reading.pods).every(pod => isJsonObject(pod) && isPodReference(pod.pod)) ||
					!Object.values(reading.containers).every(isNamedContainer)
				) {
					throw this.#damaged('holds no reading');
				}

				// Within it only names are checked: the player handles a TypeError when the reading is applied.
				return {kind, atMs, id, reading: unkeyReading(reading as unknown as KeyedReading)};
			}

			case 'state': {
				const state = this.#value(kind, id, value);
				if (
					!isJsonObject(state) ||
					typeof state.kind !== 'string' ||
					(state.kind === 'live' && typeof state.route !== 'string')
				) {
					throw this.#damaged('holds no state');
				}

				return {kind, atMs, id, state: stateOf(state as never)};
			}

			case 'inventory': {
				const inventory = this.#value(kind, '', value);
				if (!isJsonObject(inventory) || !isJsonObject(inventory.nodes) || !isJsonObject(inventory.pods)) {
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
			hint: 'everything before this line can be replayed',
		});
	}
}

function isPodReference(value: unknown): boolean {
	return isJsonObject(value) && typeof value.namespace === 'string' && typeof value.name === 'string';
}

function isNamedContainer(value: unknown): boolean {
	return (
		isJsonObject(value) &&
		typeof value.id === 'string' &&
		typeof value.name === 'string' &&
		(value.pod === undefined || value.pod === null || isPodReference(value.pod))
	);
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

/** A state as recordings have it: the route of a live one is text. */
type RecordedState =
	| Exclude<NodeState, {kind: 'live'}>
	| (Omit<Extract<NodeState, {kind: 'live'}>, 'route'> & {readonly route: string});

function recordedState(state: NodeState): RecordedState {
	return state.kind === 'live' ? {...state, route: routeText(state.route)} : state;
}

function stateOf(state: RecordedState): NodeState {
	return state.kind === 'live' ? {...state, route: parseRoute(state.route)} : state;
}
