import type {Answer} from '../../../http/endpoint.ts';

/**
 * How long the server asks to wait before the same request, in milliseconds; `undefined` where it does not ask.
 *
 * Only a 429, and a 503 that names a time, are worth another try: a 503 without one is a node that its proxy cannot
 * reach, and the next poll is its retry. Retry-After is seconds or an HTTP date (RFC 9110, section 10.2.3).
 */
export function retryAfterMs(answer: Pick<Answer, 'status' | 'headers'>, nowMs: number): number | undefined {
	if (answer.status !== 429 && answer.status !== 503) {
		return undefined;
	}
	const text = answer.headers['retry-after']?.trim();
	if (text === undefined || text === '') {
		return answer.status === 429 ? 1_000 : undefined;
	}
	if (/^\d{1,9}$/u.test(text)) {
		return Number(text) * 1_000;
	}
	const date = Date.parse(text);
	if (Number.isNaN(date)) {
		return answer.status === 429 ? 1_000 : undefined;
	}
	return Math.max(0, date - nowMs);
}
