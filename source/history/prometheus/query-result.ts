import {isJsonObject, parseJson} from '../../metrics/model/json.ts';
import type {HistoryPoint} from '../store/history-request.ts';

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
