import {ShortTurns} from '../../http/short-turns.ts';
import {isJsonObject, parseJson} from '../../metrics/model/json.ts';
import type {HistoryPoint} from '../store/history-request.ts';
import {type LongArray, piecesOfAnswer} from '../store/pieces-of-answer.ts';

export type LabelSet = Readonly<Record<string, string>>;

/** An element of a matrix, or of a vector, which has one point. NaN and infinite values are left out. */
export type PrometheusSeries = {readonly labels: LabelSet; readonly points: readonly HistoryPoint[]};

/** The wrapper of every response (prometheus `docs/querying/api.md`). */
export type Envelope =
	| {readonly kind: 'ok'; readonly data: unknown; readonly warnings: readonly string[]}
	| {readonly kind: 'error'; readonly errorType: string; readonly error: string};

/** Undefined if the body is not a response of the Prometheus API. */
export function decodeEnvelope(body: string): Envelope | undefined {
	const answer = parseJson(body);
	if (!isJsonObject(answer)) {
		return undefined;
	}

	const {status, data, errorType, error, warnings} = answer;
	if (status === 'error' && typeof error === 'string') {
		return {kind: 'error', errorType: typeof errorType === 'string' ? errorType : '', error};
	}

	return status === 'success' && data !== undefined
		? {
				kind: 'ok',
				data,
				warnings: Array.isArray(warnings) ? warnings.filter(one => typeof one === 'string') : [],
			}
		: undefined;
}

/** The `data` of a query; undefined if any part of it is malformed. */
export function decodeSeries(data: unknown): readonly PrometheusSeries[] | undefined {
	if (!isJsonObject(data) || !Array.isArray(data.result)) {
		return undefined;
	}

	switch (data.resultType) {
		case 'matrix':
			// An element with only native histograms has no values.
			return allOf(data.result, row => decodeRow(row, isJsonObject(row) ? (row.values ?? []) : undefined));
		case 'vector':
			return allOf(data.result, row =>
				decodeRow(row, isJsonObject(row) && row.value !== undefined ? [row.value] : []),
			);
		default:
			return undefined;
	}
}

/** An answer whose data is decoded. */
export type Decoded<T> =
	| {readonly kind: 'ok'; readonly data: T; readonly warnings: readonly string[]}
	| Extract<Envelope, {readonly kind: 'error'}>;

/** Undefined if the body is not a response of the Prometheus API, or its data is malformed. */
export function decodeAnswer<T>(
	body: string,
	decode: (data: unknown) => T | undefined,
): Decoded<T> | undefined {
	const answer = decodeEnvelope(body);
	if (answer?.kind !== 'ok') {
		return answer;
	}

	const data = decode(answer.data);
	return data === undefined ? undefined : {kind: 'ok', data, warnings: answer.warnings};
}

/** Behind the result VictoriaMetrics has statistics, others have warnings. */
const RESULT: LongArray = {before: '"result":[', between: '},{"metric":', behind: [']}}', ']},"']};

/** The answer to a query, in short turns of the event loop: the series of a large cluster are some megabytes. */
export async function decodeSeriesInTurns(
	body: string,
): Promise<Decoded<readonly PrometheusSeries[]> | undefined> {
	const turns = new ShortTurns();
	const data: PrometheusSeries[] = [];
	let warnings: readonly string[] = [];
	for (const piece of piecesOfAnswer(body, RESULT)) {
		const answer = decodeAnswer(piece, decodeSeries);
		if (answer?.kind !== 'ok') {
			return decodeAnswer(body, decodeSeries);
		}

		for (const one of answer.data) {
			data.push(one);
		}

		({warnings} = answer);
		await turns.rest();
	}

	return {kind: 'ok', data, warnings};
}

/** The `data` of /api/v1/series. */
export function decodeLabelSets(data: unknown): readonly LabelSet[] | undefined {
	return Array.isArray(data) ? allOf(data, decodeLabels) : undefined;
}

function decodeRow(row: unknown, values: unknown): PrometheusSeries | undefined {
	const labels = isJsonObject(row) ? decodeLabels(row.metric) : undefined;
	const points = Array.isArray(values) ? allOf(values, decodePoint) : undefined;
	return labels === undefined || points === undefined
		? undefined
		: {labels, points: points.filter(({value}) => Number.isFinite(value))};
}

function decodeLabels(labels: unknown): LabelSet | undefined {
	return isJsonObject(labels) && Object.values(labels).every(value => typeof value === 'string')
		? Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]))
		: undefined;
}

/** `[1435781430.781, "1.5"]`: Unix seconds and a number as Go writes it. */
function decodePoint(point: unknown): HistoryPoint | undefined {
	const [seconds, text] = Array.isArray(point) ? point : [];
	if (typeof seconds !== 'number' || !Number.isFinite(seconds * 1000) || typeof text !== 'string') {
		return undefined;
	}

	const value = /^(?:NaN|[+-]?Inf)$/.test(text) ? Number.NaN : text.trim() === '' ? undefined : Number(text);
	return value === undefined || (Number.isNaN(value) && text !== 'NaN' && !text.endsWith('Inf'))
		? undefined
		: {timeMs: Math.round(seconds * 1000), value};
}

/** Undefined if one item is malformed, because then the others cannot be trusted. */
function allOf<T>(items: readonly unknown[], decode: (item: unknown) => T | undefined): T[] | undefined {
	const decoded: T[] = [];
	for (const item of items) {
		const one = decode(item);
		if (one === undefined) {
			return undefined;
		}

		decoded.push(one);
	}

	return decoded;
}
