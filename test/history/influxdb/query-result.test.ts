import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	influxdbAnswerFailure,
	influxdbStatementFailure,
} from '../../../source/history/influxdb/query-failure.ts';
import {decodeQueryResult} from '../../../source/history/influxdb/query-result.ts';
import {recorded} from './recorded-influxdb.ts';

const ASKED = {origin: 'http://influx:8086', database: 'k8s'};

describe('a recorded answer', () => {
	test('gives series with their tags, columns and rows', () => {
		const [result] = decodeQueryResult(recorded('cpu-node-1m').body) ?? [];
		expect(result).toMatchObject({
			kind: 'ok',
			isPartial: false,
			series: [{name: 'cpu/usage_rate', tags: {nodename: 'node-a'}, columns: ['time', 'mean']}],
		});
		const [series] = result?.kind === 'ok' ? result.series : [];
		expect(series?.values.slice(0, 2)).toEqual([
			['2026-11-23T09:29:00Z', null],
			['2026-11-23T09:30:00Z', 1356],
		]);
	});

	test('gives a result for each statement, one without data too', () => {
		const results = decodeQueryResult(recorded('multi-statement').body);
		expect(results?.map(result => result.kind === 'ok' && result.series.length)).toEqual([1, 1, 0]);
	});

	test.each(['unknown-measurement', 'empty-result'])('without data (%s) is no failure', name => {
		expect(decodeQueryResult(recorded(name).body)).toEqual([{kind: 'ok', series: [], isPartial: false}]);
	});

	test.each([
		['error-unknown-db', 'not-found', 'no such database', /DBRP/],
		['error-no-db', 'usage', 'no database', /db=/],
		['error-max-select-buckets', 'too-large', 'history too large', /shorter window/],
	])('of 200 with an error (%s) has its own reason', (name, code, brief, hint) => {
		const [result] = decodeQueryResult(recorded(name).body) ?? [];
		const failure = influxdbStatementFailure(result?.kind === 'error' ? result.error : '', ASKED);
		expect(failure).toMatchObject({code, brief, hint: expect.stringMatching(hint)});
		expect(failure.message).toContain('http://influx:8086');
	});

	test.each([
		['auth-401-none', 'unauthorized', /password/],
		['auth-401-wrong', 'unauthorized', /password/],
		['auth-403-no-privilege', 'forbidden', /GRANT READ ON "k8s"/],
		['error-syntax-400', 'bad-answer', /version/],
	])('of another status (%s) has its own reason', (name, code, hint) => {
		const {status, body} = recorded(name);
		expect(influxdbAnswerFailure(status, body, ASKED)).toMatchObject({
			code,
			hint: expect.stringMatching(hint),
		});
	});
});

test('an answer that is cut by a limit says so', () => {
	const series = [{name: 'cpu', columns: ['time', 'mean'], values: [], partial: true}];
	const [result] = decodeQueryResult(JSON.stringify({results: [{series}]})) ?? [];
	expect(result).toMatchObject({isPartial: true});
});

test.each(['', '<html>', '[]', '{"results":7}', 'null'])('%j is no answer', body => {
	expect(decodeQueryResult(body)).toBeUndefined();
});

test('no answer breaks the decoder', () => {
	fc.assert(
		fc.property(fc.json(), body => {
			expect(() => decodeQueryResult(`{"results":[${body}]}`)).not.toThrow();
		}),
	);
});
