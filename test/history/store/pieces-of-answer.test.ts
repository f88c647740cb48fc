import fc from 'fast-check';
import {expect, test} from 'vitest';
import {decodeQueryResult, decodeQueryResultInTurns} from '../../../source/history/influxdb/query-result.ts';
import {
	decodeAnswer,
	decodeSeries,
	decodeSeriesInTurns,
} from '../../../source/history/prometheus/query-result.ts';
import {piecesOfAnswer} from '../../../source/history/store/pieces-of-answer.ts';

/** Names that look like what is between two objects, too. */
const name = fc.oneof(
	fc.string(),
	fc.constantFrom(
		'},{"name":',
		'},{"metric":',
		']}]}',
		']}}',
		'"result":[',
		'"series":[',
		'},{"statement_id":',
	),
);
const RESULT = {before: '"result":[', between: '},{"metric":', behind: [']}}', ']},"']};

test('the pieces of an answer have all of its objects, each once and in their order', () => {
	fc.assert(
		fc.property(fc.array(name), fc.nat(60), (names, pieceLength) => {
			const result = names.map((each, index) => ({metric: {each}, value: [index, '1']}));
			const text = JSON.stringify({status: 'success', data: {resultType: 'vector', result}});
			const pieces = [...piecesOfAnswer(text, RESULT, pieceLength)];
			expect(pieces.flatMap(piece => JSON.parse(piece).data.result)).toEqual(result);
		}),
	);
});

test.each([
	['with statistics behind it', {stats: {seriesFetched: '2'}}],
	['with warnings behind it', {warnings: ['a store is out']}],
	['with nothing behind it', {}],
])('a large answer of Prometheus %s is what it is at once', async (_what, behind) => {
	const result = Array.from({length: 4000}, (_, index) => ({
		metric: {pod: index % 7 === 0 ? '},{"metric":' : `pod-${index}`},
		value: [index, String(index)],
	}));
	const body = JSON.stringify({status: 'success', data: {resultType: 'vector', result}, ...behind});
	const decoded = await decodeSeriesInTurns(body);
	expect(decoded).toEqual(decodeAnswer(body, decodeSeries));
	expect(decoded).toMatchObject({data: {length: 4000}});
});

test('a large answer of InfluxDB to several statements is what it is at once', async () => {
	const series = Array.from({length: 3000}, (_, index) => ({
		name: 'cpu/usage_rate',
		tags: {nodename: index % 7 === 0 ? '},{"name":' : `node-${index}`},
		columns: ['time', 'value'],
		values: [[index, index]],
	}));
	const body = JSON.stringify({
		results: [{statement_id: 0, series}, {statement_id: 1}, {statement_id: 2, series}],
	});
	const decoded = await decodeQueryResultInTurns(body);
	expect(decoded).toEqual(decodeQueryResult(body));
	expect(decoded).toMatchObject([{series: {length: 3000}}, {series: []}, {series: {length: 3000}}]);
});

test.each([
	'{"error":"no"}',
	'{"results":[{"statement_id":0,"error":"no"}]}',
	'{"results":[]}',
	'{"results":[{"statement_id":0,"series":[',
	'no JSON',
	JSON.stringify(
		{results: [{series: [{name: 'x', columns: ['time'], values: [[1]]}], statement_id: 0}]},
		null,
		2,
	),
])('what is no usual answer of InfluxDB is decoded as before: %s', async body => {
	expect(await decodeQueryResultInTurns(body)).toEqual(decodeQueryResult(body));
});
