import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	decodeEnvelope,
	decodeLabelSets,
	decodeSeries,
} from '../../../source/history/prometheus/query-result.ts';

describe('an answer', () => {
	test('of a matrix gives its rows, without what is no number', () => {
		const data = {
			resultType: 'matrix',
			result: [
				{
					metric: {node: 'n1'},
					values: [
						[1_700_000_000, '1.5'],
						[1_700_000_010.5, '2e3'],
						[1_700_000_020, 'NaN'],
						[1_700_000_030, '+Inf'],
						[1_700_000_040, '-Inf'],
					],
				},
				{metric: {}, histograms: []},
			],
		};
		expect(decodeSeries(data)).toEqual([
			{
				labels: {node: 'n1'},
				points: [
					{timeMs: 1_700_000_000_000, value: 1.5},
					{timeMs: 1_700_000_010_500, value: 2000},
				],
			},
			{labels: {}, points: []},
		]);
	});

	test('of a vector gives rows of one point', () => {
		const data = {resultType: 'vector', result: [{metric: {pod: 'a'}, value: [1.5, '3']}]};
		expect(decodeSeries(data)).toEqual([{labels: {pod: 'a'}, points: [{timeMs: 1500, value: 3}]}]);
	});

	test.each([
		['no data', undefined],
		['a scalar', {resultType: 'scalar', result: [1, '1']}],
		['a row without labels', {resultType: 'vector', result: [{value: [1, '1']}]}],
		['a label that is no text', {resultType: 'vector', result: [{metric: {a: 1}, value: [1, '1']}]}],
		['a value that is no text', {resultType: 'vector', result: [{metric: {}, value: [1, 1]}]}],
		['a value that is no number', {resultType: 'vector', result: [{metric: {}, value: [1, 'one']}]}],
		['an empty value', {resultType: 'vector', result: [{metric: {}, value: [1, '']}]}],
		['a time that is no number', {resultType: 'matrix', result: [{metric: {}, values: [['1', '1']]}]}],
		['values that are no list', {resultType: 'matrix', result: [{metric: {}, values: '1'}]}],
	])('with %s is none', (_, data) => {
		expect(decodeSeries(data)).toBeUndefined();
	});

	test('says what failed, and what was left out', () => {
		expect(decodeEnvelope('{"status":"error","errorType":"bad_data","error":"no"}')).toEqual({
			kind: 'error',
			errorType: 'bad_data',
			error: 'no',
		});
		expect(decodeEnvelope('{"status":"success","data":[],"warnings":["a store is out",7]}')).toEqual({
			kind: 'ok',
			data: [],
			warnings: ['a store is out'],
		});
	});

	test.each(['', '<html>', '[]', 'null', '{}', '{"status":"success"}', '{"status":"error"}'])(
		'%j is none of Prometheus',
		body => {
			expect(decodeEnvelope(body)).toBeUndefined();
		},
	);

	test('never throws, whatever it is', () => {
		fc.assert(
			fc.property(fc.anything(), fc.string(), (data, body) => {
				decodeEnvelope(body);
				decodeSeries(data);
				decodeSeries({resultType: 'matrix', result: data});
				decodeSeries({resultType: 'vector', result: [data]});
				decodeLabelSets(data);
			}),
		);
	});
});

test('label sets are texts by texts', () => {
	expect(decodeLabelSets([{a: 'b'}, {}])).toEqual([{a: 'b'}, {}]);
	expect(decodeLabelSets([{a: 1}])).toBeUndefined();
	expect(decodeLabelSets({})).toBeUndefined();
});
