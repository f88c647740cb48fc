import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	noPrometheus,
	prometheusAnswerFailure,
	prometheusQueryFailure,
} from '../../../source/history/prometheus/query-failure.ts';

const ORIGIN = 'http://prometheus:9090';
const HTML = '<html><head><title>404</title></head>\n<body><h1>Not Found</h1></body></html>';
const errorOf = (errorType: string, error: string): string =>
	JSON.stringify({status: 'error', errorType, error});

// The bodies are what Prometheus 2.42, Mimir 2, VictoriaMetrics 1 and nginx answer.
describe('an answer that is none', () => {
	test.each([
		[401, HTML, 'unauthorized', '401 history', /user and password/],
		[401, 'no org id\n', 'unauthorized', '401 history', /X-Scope-OrgID/],
		[403, '', 'forbidden', '403 history', /tenant/],
		[404, HTML, 'not-found', '404 history', /\/select\/0\/prometheus/],
		[302, '', 'bad-answer', '302 history', /token/],
		[429, 'too many requests', 'throttled', '429 history', /again/],
		[
			400,
			errorOf('bad_data', 'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing …'),
			'too-large',
			'history too large',
			/shorter window/,
		],
		[400, errorOf('bad_data', '1:5: parse error: unexpected end'), 'bad-answer', 'history error', /matchers/],
		[
			422,
			errorOf('execution', 'query processing would load too many samples into memory in query execution'),
			'too-large',
			'history too large',
			/limit/,
		],
		[422, errorOf('execution', 'many-to-many matching not allowed'), 'bad-answer', 'history error', /labels/],
		[
			422,
			errorOf('422', 'cannot select more than -search.maxSamplesPerQuery; the number of points exceeds'),
			'too-large',
			'history too large',
			/limit/,
		],
		[
			503,
			errorOf('timeout', 'query timed out in expression evaluation'),
			'timeout',
			'history too slow',
			/query.timeout/,
		],
		[503, 'Service Unavailable', 'server-error', 'history server error', /log/],
		[
			500,
			errorOf('internal', 'connection limit of the ingester'),
			'server-error',
			'history server error',
			/log/,
		],
	] as const)('with %d %s is %s', (status, body, code, brief, hint) => {
		const failure = prometheusAnswerFailure(status, body, ORIGIN);
		expect(failure).toMatchObject({code, brief, hint: expect.stringMatching(hint)});
		expect(failure.message).toMatch(new RegExp(`^Prometheus http://prometheus:9090: ${status}(?:: .+)?$`));
	});

	test('shows what a page says and not its tags', () => {
		expect(prometheusAnswerFailure(404, HTML, ORIGIN).message).toBe(
			`Prometheus ${ORIGIN}: 404: 404 Not Found`,
		);
	});

	test('is one short printable line, whatever the store says', () => {
		fc.assert(
			fc.property(fc.nat({max: 599}), fc.string({unit: 'binary', maxLength: 500}), (status, said) => {
				for (const failure of [
					prometheusAnswerFailure(status, said, ORIGIN),
					prometheusAnswerFailure(status, errorOf('execution', said), ORIGIN),
					prometheusQueryFailure('bad_data', said, ORIGIN),
				]) {
					// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
					expect(failure.message).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
					expect([...failure.message].length).toBeLessThan(240);
					expect(failure.brief.length).toBeLessThanOrEqual(24);
				}
			}),
		);
	});
});

test('a server that is not Prometheus is reported', () => {
	expect(noPrometheus(ORIGIN)).toMatchObject({
		code: 'bad-answer',
		brief: 'no Prometheus',
		message: `${ORIGIN} does not answer like Prometheus`,
	});
});
