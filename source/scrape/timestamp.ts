/** Earlier times are unknown: sources send Go's zero time or the epoch if they have none. */
const EARLIEST_MS = Date.UTC(2001, 0, 1);

let lastText = '';
let lastMs: number | undefined;

/**
 * Parses an RFC 3339 time to Unix milliseconds; undefined if invalid or before 2001. Optimized, because a summary has
 * about 1,300 timestamps, many of them equal, and `Date.parse` would cost more than the rest of the decoder.
 */
export function parseTimestamp(value: unknown): number | undefined {
	if (typeof value !== 'string') {
		return undefined;
	}

	if (value !== lastText) {
		lastText = value;
		const timeMs = isPlainUtc(value) ? plainUtcMs(value) : Date.parse(value);
		lastMs = timeMs >= EARLIEST_MS ? timeMs : undefined;
	}

	return lastMs;
}

/** `2026-11-23T09:29:44Z`, the format of kubelets. */
function isPlainUtc(text: string): boolean {
	return (
		text.length === 20 &&
		text.charCodeAt(19) === 0x5a &&
		text.charCodeAt(4) === 0x2d &&
		text.charCodeAt(7) === 0x2d &&
		text.charCodeAt(10) === 0x54 &&
		text.charCodeAt(13) === 0x3a &&
		text.charCodeAt(16) === 0x3a
	);
}

function plainUtcMs(text: string): number {
	const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
	const month = twoDigits(text, 5);
	const day = twoDigits(text, 8);
	const hour = twoDigits(text, 11);
	const minute = twoDigits(text, 14);
	const second = twoDigits(text, 17);
	if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second < 60)) {
		return Number.NaN;
	}

	// Days since the epoch in the proleptic Gregorian calendar. Years start in March, so that leap days are last.
	const shifted = month <= 2 ? year - 1 : year;
	const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
	const days =
		shifted * 365 +
		Math.floor(shifted / 4) -
		Math.floor(shifted / 100) +
		Math.floor(shifted / 400) +
		dayOfYear -
		719_468;
	return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000;
}

/** NaN if a character is not a digit; the comparisons above are then false. */
function twoDigits(text: string, at: number): number {
	const tens = text.charCodeAt(at) - 0x30;
	const units = text.charCodeAt(at + 1) - 0x30;
	return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : Number.NaN;
}
