import type {Answer} from '../../../http/endpoint.ts';

/**
 * The delay before a retry in milliseconds; undefined if the request should not be retried.
 *
 * Only a 429, and a 503 with Retry-After, are retried. A 503 without it means that the proxy cannot reach a node; the
 * next scrape retries that. Retry-After is in seconds or an HTTP date (RFC 9110, section 10.2.3).
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
